/** Label sets an object had in an hour, and how often each was seen. */
export type LabelSets = Array<{
  labels: Record<string, string>;
  count: number;
  /** It is the one at the end of the hour. */
  atEnd?: boolean;
}>;

/**
 * One label set out of those that several exporters say: that of the one seen
 * most, and of the others what it doesn't say. An exporter that is not allowed to
 * show labels says none, which means nothing.
 */
export function mergeLabels(sets: LabelSets): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const { labels } of [...sets].sort((a, b) => b.count - a.count)) {
    for (const [key, value] of Object.entries(labels)) {
      merged[key] ??= value;
    }
  }
  return merged;
}
