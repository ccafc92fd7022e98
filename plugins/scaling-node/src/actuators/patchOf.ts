import { FieldPath, Json } from '@headroom/common';
import {
  JsonPatchOperation,
  KubernetesPatch,
} from '@headroom/plugin-clusters-node';
import { elementOf, indexIn, leadsThroughList } from './fieldValues';

/** A field and what it is set to; null = it is taken away. */
export interface FieldValue {
  path: FieldPath;
  value: Json;
}

/**
 * One patch that sets fields of an object: a merge patch, or a JSON patch where a list
 * is in the way, whose places hold as the object's version does.
 *
 * @param object - as it was read
 * @returns undefined when an element of a list isn't there.
 */
export function patchOf(
  object: object,
  fields: readonly FieldValue[],
): KubernetesPatch | undefined {
  if (!fields.some(({ path }) => leadsThroughList(path))) {
    const patch = {};
    for (const { path, value } of fields) {
      setIn(patch, path, value);
    }
    return { type: 'merge', patch };
  }
  // Worked on, so that a later field finds what an earlier one made.
  const copy: unknown = structuredClone(object);
  const operations: JsonPatchOperation[] = [];
  for (const field of fields) {
    if (!addOperations(operations, copy, field)) {
      return undefined;
    }
  }
  return { type: 'json', operations };
}

type Tree = { [key: string]: unknown };

function setIn(tree: Tree, path: FieldPath, value: Json): void {
  let at = tree;
  for (const segment of path.slice(0, -1)) {
    at[segment] ??= {};
    at = at[segment] as Tree;
  }
  at[path[path.length - 1]] = value;
}

/** @returns whether the field, or where it goes, is there. */
function addOperations(
  operations: JsonPatchOperation[],
  object: unknown,
  { path, value }: FieldValue,
): boolean {
  let at = object as Tree;
  let pointer = '';
  for (const [depth, segment] of path.entries()) {
    const isLast = depth === path.length - 1;
    const element = elementOf(segment);
    const key = element ? indexOf(at, element) : segment;
    if (key === undefined) {
      return false;
    }
    pointer += `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    const isThere = at[key] !== undefined && at[key] !== null;
    if (isLast) {
      if (value !== null) {
        operations.push({ op: 'add', path: pointer, value });
        at[key] = value;
      } else if (isThere) {
        operations.push({ op: 'remove', path: pointer });
        delete at[key];
      }
      return true;
    }
    if (!isThere) {
      if (value === null) {
        return true; // taken away from what isn't there
      }
      operations.push({ op: 'add', path: pointer, value: {} });
      at[key] = {};
    }
    at = at[key] as Tree;
  }
  return false;
}

function indexOf(
  list: unknown,
  element: { key: string; value: string },
): string | undefined {
  const index = Array.isArray(list) ? indexIn(list, element) : -1;
  return index < 0 ? undefined : String(index);
}
