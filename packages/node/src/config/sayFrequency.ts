import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { durationToMilliseconds } from '@backstage/types';

const UNITS = [
  { name: 'hour', ms: 3_600_000 },
  { name: 'minute', ms: 60_000 },
  { name: 'second', ms: 1_000 },
];

/**
 * How often something is done, for the end of a sentence: `every 15 seconds`,
 * `by the cron schedule 0 * * * *`, `when somebody asks for it`.
 *
 * @public
 */
export function sayFrequency({
  frequency,
}: Pick<SchedulerServiceTaskScheduleDefinition, 'frequency'>): string {
  if ('cron' in frequency) {
    return `by the cron schedule ${frequency.cron}`;
  }
  if ('trigger' in frequency) {
    return 'when somebody asks for it';
  }
  const ms =
    'toMillis' in frequency
      ? frequency.toMillis()
      : durationToMilliseconds(frequency);
  const { name, ms: size } =
    UNITS.find(unit => ms >= unit.ms && ms % unit.ms === 0) ?? UNITS[2];
  const count = Math.max(1, Math.round(ms / size));
  return count === 1 ? `every ${name}` : `every ${count} ${name}s`;
}
