import { Json } from '@headroom/common';
import { editYaml, YamlEditError } from '../rightsizing/manifests/editYaml';
import { at, isMap } from './json';
import { JsonPatchOperation, ManifestFix } from './ManifestFinding';
import { KubernetesJson, ManifestObject, ManifestPath } from './ManifestObject';
import { ManifestEdit } from './ManifestRule';

/** What sets values of an object, as a patch and as the lines of its file. */
export function fixOf(
  on: ManifestObject,
  edits: readonly ManifestEdit[],
): ManifestFix | undefined {
  let object: KubernetesJson = on.object;
  const patch: JsonPatchOperation[] = [];
  for (const edit of edits) {
    const operation = operationOf(object, edit);
    if (operation) {
      patch.push(operation);
      object = applied(object, operation) as KubernetesJson;
    }
  }
  if (patch.length === 0) {
    return undefined;
  }
  const lines = linesOf(on, edits);
  return { patch, ...(lines && { lines }) };
}

/**
 * An object with its finding mended.
 *
 * @throws RangeError when the patch is of another object.
 * @public
 */
export function applyManifestFix(
  object: KubernetesJson,
  fix: Pick<ManifestFix, 'patch'>,
): KubernetesJson {
  return fix.patch.reduce<Json>(applied, object) as KubernetesJson;
}

/**
 * Maps that aren't there are added with what they hold, and go with the last that
 * they held. Nothing is done where the object is of another shape.
 */
function operationOf(
  object: KubernetesJson,
  { path, value }: ManifestEdit,
): JsonPatchOperation | undefined {
  if (value === null) {
    return hasAt(object, path)
      ? { op: 'remove', path: pointerOf(emptied(object, path)) }
      : undefined;
  }
  for (let depth = 1; depth <= path.length; depth += 1) {
    const upTo = path.slice(0, depth);
    const rest = path.slice(depth);
    const holder = at(object, ...upTo.slice(0, -1));
    if (typeof path[depth - 1] === 'string' && !isMap(holder)) {
      return undefined;
    }
    const found = at(object, ...upTo);
    if (found === undefined || rest.length === 0) {
      return {
        op: hasAt(object, upTo) ? 'replace' : 'add',
        path: pointerOf(upTo),
        value: rest.reduceRight<Json>(
          (inner, key) => ({ [key]: inner }),
          value,
        ),
      };
    }
  }
  return undefined;
}

/** The outermost map that would hold nothing without what is at a path. */
function emptied(object: Json, path: ManifestPath): ManifestPath {
  const above = path.slice(0, -1);
  const holder = at(object, ...above);
  return above.length > 1 &&
    isMap(holder) &&
    Object.keys(holder).length === 1 &&
    typeof above[above.length - 1] === 'string'
    ? emptied(object, above)
    : path;
}

function hasAt(object: Json, path: ManifestPath): boolean {
  const holder = at(object, ...path.slice(0, -1));
  return (
    typeof holder === 'object' &&
    holder !== null &&
    Object.hasOwn(holder, path[path.length - 1])
  );
}

function pointerOf(path: ManifestPath): string {
  return path
    .map(key => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}

function applied(object: Json, { op, path, value }: JsonPatchOperation): Json {
  const keys = path
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
  const set = (node: Json | undefined, depth: number): Json => {
    if (depth === keys.length) {
      return value ?? null;
    }
    if (typeof node !== 'object' || node === null) {
      throw new RangeError(`There is nothing at ${path} to patch.`);
    }
    const key = keys[depth];
    const isLast = depth === keys.length - 1;
    if (Array.isArray(node)) {
      const list: Json[] = [...(node as readonly Json[])];
      const index = key === '-' ? list.length : Number(key);
      if (isLast && op === 'remove') {
        list.splice(index, 1);
      } else if (isLast && op === 'add') {
        list.splice(index, 0, value ?? null);
      } else {
        list[index] = set(list[index], depth + 1);
      }
      return list;
    }
    const { [key]: before, ...others } = node as Record<string, Json>;
    return isLast && op === 'remove'
      ? others
      : { ...(node as Record<string, Json>), [key]: set(before, depth + 1) };
  };
  return set(object, 0);
}

function linesOf(
  { source }: ManifestObject,
  edits: readonly ManifestEdit[],
): ManifestFix['lines'] {
  if (!source) {
    return undefined;
  }
  let after: string;
  try {
    after = editYaml(
      source.text,
      source.document,
      edits.map(({ path, value }) => ({
        path: [...source.within, ...path],
        value,
        isTyped: true,
      })),
    );
  } catch (error) {
    if (error instanceof YamlEditError) {
      return undefined;
    }
    throw error;
  }
  const was = source.text.split('\n');
  const is = after.split('\n');
  const shorter = Math.min(was.length, is.length);
  let from = 0;
  while (from < shorter && was[from] === is[from]) {
    from += 1;
  }
  let tail = 0;
  while (
    tail < shorter - from &&
    was[was.length - 1 - tail] === is[is.length - 1 - tail]
  ) {
    tail += 1;
  }
  return {
    from: from + 1,
    before: was.slice(from, was.length - tail),
    after: is.slice(from, is.length - tail),
  };
}
