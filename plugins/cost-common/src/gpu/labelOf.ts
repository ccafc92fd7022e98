/** The value of a label in its own form or as Prometheus mangles it. */
export function labelOf(
  labels: Readonly<Record<string, string>>,
  key: string,
): string | undefined {
  return labels[key] ?? labels[key.replace(/[^a-zA-Z0-9_]/g, '_')];
}
