/**
 * Ranges that mean one hour. Prometheus 2 includes the left end of a range and
 * Prometheus 3 doesn't; a millisecond less is `(t − 1h, t]` in both.
 */
export const HOUR_RANGE = '59m59s999ms';

/** One hour and the last sample before it: 3600 s plus a scrape interval, less a millisecond. */
export function bridgedHourRange(intervalSeconds: number): string {
  return `${3_600_000 + Math.round(intervalSeconds * 1000) - 1}ms`;
}

/** Name of the label that tells the parts of a {@link together} apart. */
export const PART_LABEL = 'headroom_part';

/**
 * Several expressions in one query. Functions over ranges drop the metric's
 * name, so each part gets a label of its own.
 */
export function together(parts: Record<string, string>): string {
  return Object.entries(parts)
    .map(
      ([part, expression]) =>
        `label_replace(${expression}, "${PART_LABEL}", "${part}", "", "")`,
    )
    .join('\nor\n');
}
