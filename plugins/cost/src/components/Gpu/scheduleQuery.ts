import { GpuAdvice } from '@headroom/plugin-cost-common';

/** `8-17,32-41`: hours in order as spans, each with both of its ends. */
export function hourSpans(hours: readonly number[]): string {
  const spans: Array<[number, number]> = [];
  for (const hour of [...hours].sort((a, b) => a - b)) {
    const last = spans[spans.length - 1];
    if (last && hour <= last[1] + 1) {
      last[1] = hour;
    } else {
      spans.push([hour, hour]);
    }
  }
  return spans
    .map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
    .join(',');
}

/**
 * What fills in the form of a new policy, so that a workload holds GPUs only in the
 * hours that advice says.
 *
 * @param timezone - in which the hours of the week are counted
 */
export function scheduleQuery(
  advice: Pick<GpuAdvice, 'workload'>,
  busyHoursOfWeek: readonly number[],
  timezone: string,
  title: string,
): URLSearchParams {
  const { namespace, kind, name } = advice.workload;
  return new URLSearchParams({
    title,
    workload: [namespace, kind, name].join('/'),
    hours: hourSpans(busyHoursOfWeek),
    zone: timezone,
  });
}
