/** The value of a key; made when there is none yet. */
export function getOrCreate<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}

/** The middle of some numbers, the higher one of two; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  return [...values].sort((left, right) => left - right)[
    Math.floor(values.length / 2)
  ];
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}
