/** More names than these only make a sentence long. */
const MOST_NAMES = 8;

/** Adds a name to those of which the same is assumed. */
export function addTo(
  map: Map<string, Set<string>>,
  key: string,
  name: string,
): void {
  const found = map.get(key);
  if (found) {
    found.add(name);
  } else {
    map.set(key, new Set([name]));
  }
}

/** `a, b (what was assumed); c (…)`, in an order that doesn't depend on that of the input. */
export function listed(types: Map<string, Set<string>>): string {
  return [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([assumed, of]) => `${names(of)} (${assumed})`)
    .join('; ');
}

/** `a, b and 3 more`. */
export function names(of: ReadonlySet<string>): string {
  const sorted = [...of].sort();
  const more = sorted.length - MOST_NAMES;
  return more > 0
    ? `${sorted.slice(0, MOST_NAMES).join(', ')} and ${more} more`
    : sorted.join(', ');
}
