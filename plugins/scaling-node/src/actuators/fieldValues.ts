import { FieldPath, Json } from '@headroom/common';

/**
 * `[name=web]`: the element of a list whose `name` is `web`;
 * `[resource.name=cpu]`: the one whose `resource` has that name.
 */
const ELEMENT = /^\[([\w.-]+)=(.*)\]$/;

/** What a segment of a path chooses from a list; undefined = it is a key of an object. */
export function elementOf(
  segment: string,
): { key: string; value: string } | undefined {
  const match = ELEMENT.exec(segment);
  return match ? { key: match[1], value: match[2] } : undefined;
}

/** Whether a path leads through a list, which a merge patch would replace. */
export function leadsThroughList(path: FieldPath): boolean {
  return path.some(segment => elementOf(segment) !== undefined);
}

/** Where in a list the chosen element is; -1 = it isn't there. */
export function indexIn(
  list: readonly unknown[],
  { key, value }: { key: string; value: string },
): number {
  return list.findIndex(
    each =>
      valueAt(each, [key]) === value ||
      (key.includes('.') && valueAt(each, key.split('.')) === value),
  );
}

/** The value of a field of an object; null = it isn't there. */
export function valueAt(object: unknown, path: FieldPath): Json {
  let at: unknown = object;
  for (const segment of path) {
    const element = elementOf(segment);
    if (element) {
      at = Array.isArray(at) ? at[indexIn(at, element)] : undefined;
    } else {
      at =
        typeof at === 'object' && at !== null && Object.hasOwn(at, segment)
          ? Reflect.get(at, segment)
          : undefined;
    }
  }
  return (at ?? null) as Json;
}
