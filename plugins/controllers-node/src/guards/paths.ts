import { FieldPath } from '@headroom/common';

/** Whether one of two fields is the other, or a part of it. */
export function pathsOverlap(a: FieldPath, b: FieldPath): boolean {
  const shorter = Math.min(a.length, b.length);
  return a.slice(0, shorter).every((segment, index) => segment === b[index]);
}

/** Whether any of some fields overlaps any of others. */
export function anyOverlap(
  some: readonly FieldPath[],
  others: readonly FieldPath[],
): boolean {
  return some.some(a => others.some(b => pathsOverlap(a, b)));
}
