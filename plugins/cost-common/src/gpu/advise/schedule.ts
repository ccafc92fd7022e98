import { HOURS_OF_WEEK } from '../HeatMap';
import { SCHEDULE_DAYS } from './limits';
import { Candidate, GpuWorkloadUse } from './types';
import { percent } from './words';

/** Busy in more hours of the week than this is busy all week. */
const MAX_BUSY_HOURS = 112;

/** Hold GPUs only in the hours of the week in which something was computed in any week. */
export function proposeSchedule(use: GpuWorkloadUse): Candidate[] {
  const busyHoursOfWeek = use.week.flatMap(({ computing }, hour) =>
    computing > 0 ? [hour] : [],
  );
  const held = use.week.reduce((sum, hour) => sum + hour.held, 0);
  const outside = use.week.reduce(
    (sum, hour) => sum + (hour.computing > 0 ? 0 : hour.held),
    0,
  );
  if (
    busyHoursOfWeek.length === 0 ||
    busyHoursOfWeek.length > MAX_BUSY_HOURS ||
    held === 0
  ) {
    return [];
  }
  const once = use.week.some(({ seen }) => seen === 1);
  return [
    {
      kind: 'schedule',
      proposal: { kind: 'schedule', busyHoursOfWeek },
      summary: `Hold GPUs only when they are needed: something was computed in ${
        busyHoursOfWeek.length
      } of the ${HOURS_OF_WEEK} hours of the week, and ${percent(
        outside / held,
      )} of the time held was outside them.`,
      tradeOff:
        'Starting takes time, loading a model more; what comes outside the hours waits or has to start it.',
      evidence: { busyHoursOfWeek: busyHoursOfWeek.length },
      savedShare: outside / held,
      ...((use.days < SCHEDULE_DAYS || once) && {
        withheld: `Not every hour of the week was seen twice yet: that takes ${SCHEDULE_DAYS} days.`,
      }),
    },
  ];
}
