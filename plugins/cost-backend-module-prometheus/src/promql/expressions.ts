/**
 * Ranges that mean one hour. Prometheus 2 includes the left end of a range and
 * Prometheus 3 doesn't; a millisecond less is `(t − 1h, t]` in both.
 */
export const HOUR_RANGE = '59m59s999ms';

/** `(t − 5m, t]`, as {@link HOUR_RANGE}. */
export const SLOT_RANGE = '4m59s999ms';

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

/**
 * The object's own label under its own name: Prometheus renames `pod` to
 * `exported_pod` when the scraped target has a label of that name. So two
 * exporters of which one is renamed speak of the same object.
 */
export function unrenamed(expression: string, ...labels: string[]): string {
  return labels.reduce(
    (inner, label) =>
      `label_replace(${inner}, "${label}", "$1", "exported_${label}", "(.+)")`,
    expression,
  );
}
