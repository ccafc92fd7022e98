import { HOURS_OF_WEEK } from '../HeatMap';
import { SCHEDULE_DAYS } from './limits';
import { waitsLoaded } from './role';
import { Candidate, GpuWorkloadUse } from './types';
import { count, percent } from './words';

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
        ? `Scale it to zero until somebody asks: it computed nothing over ${count(
            use.days,
            'day',
          )} and held its model in memory all the time.`
        : `Hold GPUs only when they are needed: something was computed in ${
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
