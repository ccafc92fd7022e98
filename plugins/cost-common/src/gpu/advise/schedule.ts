import { HOURS_OF_WEEK } from '../HeatMap';
import { percent, wordGpuAdvice, wordGpuPart } from '../messages';
import { SCHEDULE_DAYS } from './limits';
import { waitsLoaded } from './role';
import { Candidate, GpuWorkloadUse } from './types';

/** Busy in more hours of the week than this is busy all week. */
const MAX_BUSY_HOURS = 112;

/**
 * Hold GPUs only in the hours of the week in which something was computed in any
 * week. An inference server that waits with its model loaded, and was never
 * asked, is scaled to zero: no hours at all.
 */
export function proposeSchedule(use: GpuWorkloadUse): Candidate[] {
  const busyHoursOfWeek = use.week.flatMap(({ computing }, hour) =>
    computing > 0 ? [hour] : [],
  );
  const held = use.week.reduce((sum, hour) => sum + hour.held, 0);
  const outside = use.week.reduce(
    (sum, hour) => sum + (hour.computing > 0 ? 0 : hour.held),
    0,
  );
  const never = busyHoursOfWeek.length === 0;
  if (
    busyHoursOfWeek.length > MAX_BUSY_HOURS ||
    held === 0 ||
    (never && !waitsLoaded(use))
  ) {
    return [];
  }
  const once = use.week.some(({ seen }) => seen === 1);
  return [
    {
      kind: 'schedule',
      proposal: { kind: 'schedule', busyHoursOfWeek },
      summary: never
        ? wordGpuAdvice('scaleToZero', {
            days: wordGpuPart('days', { count: use.days }),
          })
        : wordGpuAdvice('schedule', {
            hours: busyHoursOfWeek.length,
            all: HOURS_OF_WEEK,
            outside: percent(outside / held),
          }),
      tradeOff: wordGpuAdvice('scheduleCosts'),
      evidence: { busyHoursOfWeek: busyHoursOfWeek.length },
      savedShare: outside / held,
      ...((use.days < SCHEDULE_DAYS || once) && {
        withheld: wordGpuAdvice('scheduleSeenOnce', { days: SCHEDULE_DAYS }),
      }),
    },
  ];
}
