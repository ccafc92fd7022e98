/** What JSON can say. @public */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * Where a field of an object is: keys from the top, e.g.
 * `['spec', 'minReplicas']`. An element of a list is chosen by what it is called:
 * `['spec', 'template', 'spec', 'containers', '[name=web]', 'resources']`.
 *
 * @public
 */
export type FieldPath = readonly string[];

/** One field of an object that an action sets. @public */
export interface FieldChange {
  path: FieldPath;
  /** What it was when the action was planned; null = it wasn't there. */
  before: Json;
  /** What it is set to; null = it is taken away. */
  after: Json;
  /**
   * The field manager who had set it before Headroom did, as the object said then;
   * absent = nobody is noted, or it is put back.
   */
  setBy?: string;
}

/**
 * A path as people write it, and as it is a key of JSON: `spec.minReplicas`,
 * `metadata.annotations["headroom.io/restore"]`, `spec.containers[name=web].image`.
 *
 * @public
 */
export function formatFieldPath(path: FieldPath): string {
  return path
    .map((segment, index) => {
      if (/^\[[\w.-]+=.*\]$/.test(segment)) {
        return segment;
      }
      if (/^[A-Za-z_$][\w$-]*$/.test(segment)) {
        return index === 0 ? segment : `.${segment}`;
      }
      return `[${JSON.stringify(segment)}]`;
    })
    .join('');
}
