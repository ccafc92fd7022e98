/**
 * A label key as Prometheus can hold it: every character outside `[a-zA-Z0-9_]`
 * is an underscore.
 *
 * @public
 */
export function sanitizeLabelKey(key: string): string {
  return key.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** Reads labels by their Kubernetes key, also when the keys are sanitised. @internal */
export function labelReader(of: {
  labels: Record<string, string>;
  labelsSanitized?: boolean;
}): (key: string) => string | undefined {
  const { labels, labelsSanitized } = of;
  const at = (key: string) =>
    Object.hasOwn(labels, key) ? labels[key] : undefined;
  return labelsSanitized ? key => at(sanitizeLabelKey(key)) : at;
}
