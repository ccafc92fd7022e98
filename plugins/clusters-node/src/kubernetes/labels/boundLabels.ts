/** Characters of keys and values together; no object needs more to be linked or priced. */
const MAX_SIZE = 16_384;

/** Node feature discovery adds a label for every feature of the hardware; nobody prices or links by them. */
const FEATURE = /^feature\.node\.kubernetes\.io\//;

/**
 * Labels of an object as they are kept: those that hardware discovery adds by
 * the hundred are left out, and what is left is bounded in size.
 *
 * @internal
 */
export function boundLabels(
  labels: Record<string, string> | undefined,
): Record<string, string> {
  const all = Object.entries(labels ?? {});
  const kept: Array<[string, string]> = [];
  let size = 0;
  for (const [key, value] of all) {
    if (!FEATURE.test(key)) {
      size += key.length + value.length;
      if (size > MAX_SIZE) {
        break;
      }
      kept.push([key, value]);
    }
  }
  // What was parsed takes half the memory of what is put together.
  return labels && kept.length === all.length
    ? labels
    : Object.fromEntries(kept);
}
