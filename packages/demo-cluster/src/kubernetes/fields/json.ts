/** Part of an object, as JSON has it. */
export type Json = unknown;

/** A map of JSON. */
export interface JsonMap {
  [key: string]: Json;
}

export function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values are the same, in whatever order their maps have their keys. */
export function isEqual(a: Json, b: Json): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  }
  if (!isMap(a) || !isMap(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isEqual(a[key], b[key]))
  );
}

/** What is at a path of maps; undefined when there is nothing. */
export function valueAt(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>(
    (inside, key) =>
      isMap(inside) && Object.hasOwn(inside, key) ? inside[key] : undefined,
    value,
  );
}

/** A copy with something else at a path of maps; undefined takes it away. */
export function withValueAt(
  value: Json,
  [key, ...rest]: readonly string[],
  put: Json,
): JsonMap {
  const map = isMap(value) ? value : {};
  const inside = rest.length > 0 ? withValueAt(map[key], rest, put) : put;
  const { [key]: _before, ...others } = map;
  return inside === undefined ? others : { ...others, [key]: inside };
}

/** A copy without nulls and, in maps, what is left empty: how an API server keeps what it has a type for. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (!isMap(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inside]) => inside !== null && inside !== undefined)
      .map(([key, inside]) => [key, withoutNulls(inside)]),
  );
}
