import { KustomizeError } from './KustomizeError';
import { isBuiltIn, isObj, Obj, textOf } from './objects';

/** Keys by which items of lists are the same, by the field and what holds it. */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  resourceClaims: ['name'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
};

/**
 * Merges a patch into an object as kustomize does: maps are merged, `null` takes
 * away, lists of the types that Kubernetes itself has are merged by their keys (what
 * is new comes first), all others are replaced.
 *
 * @returns undefined where the patch deletes the object
 */
export function strategicMerge(object: Obj, patch: Obj): Obj | undefined {
  return merge(object, patch, isBuiltIn(object), textOf(object.kind)) as
    | Obj
    | undefined;
}

function merge(
  before: unknown,
  patch: unknown,
  byKeys: boolean,
  within: string,
): unknown {
  if (Array.isArray(patch)) {
    return byKeys ? mergeList(before, patch, within) : withoutDirectives(patch);
  }
  if (!isObj(patch)) {
    return patch;
  }
  const directive = patch.$patch;
  if (directive === 'delete') {
    return undefined;
  }
  if (directive !== undefined && !/^(replace|merge)$/.test(String(directive))) {
    throw new KustomizeError(
      `A patch has $patch: ${String(
        directive,
      )}; it must be delete, replace or merge.`,
    );
  }
  const merged: Obj =
    isObj(before) && directive !== 'replace' ? { ...before } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch') {
      continue;
    }
    if (key.startsWith('$')) {
      throw new KustomizeError(
        `A patch has ${key}, which is not built here; build it with kustomize first.`,
      );
    }
    const result =
      value === null ? undefined : merge(merged[key], value, byKeys, key);
    if (result === undefined) {
      delete merged[key];
    } else {
      merged[key] = result;
    }
  }
  return merged;
}

function mergeList(
  before: unknown,
  patch: readonly unknown[],
  field: string,
): unknown {
  const keys = keysOf(field, patch, before);
  if (
    !keys ||
    !Array.isArray(before) ||
    patch.some(
      item => isObj(item) && item.$patch === 'replace' && !item[keys[0]],
    )
  ) {
    return withoutDirectives(patch);
  }
  const isSame = (a: unknown, b: unknown) =>
    isObj(a) &&
    isObj(b) &&
    keys.every(key => valueOf(a, key) === valueOf(b, key));
  const kept = before.flatMap(item => {
    const change = patch.find(each => isSame(item, each));
    const result =
      change === undefined ? item : merge(item, change, true, field);
    return result === undefined ? [] : [result];
  });
  const added = patch.filter(
    item =>
      !before.some(each => isSame(each, item)) &&
      !(isObj(item) && item.$patch === 'delete'),
  );
  return [...withoutDirectives(added), ...kept];
}

function keysOf(
  field: string,
  patch: readonly unknown[],
  before: unknown,
): readonly string[] | undefined {
  if (field !== 'ports') {
    return MERGE_KEYS[field];
  }
  const items = [...patch, ...(Array.isArray(before) ? before : [])];
  return items.some(item => isObj(item) && 'containerPort' in item)
    ? ['containerPort', 'protocol']
    : ['port', 'protocol'];
}

function valueOf(item: Obj, key: string): unknown {
  return key === 'protocol' ? item[key] ?? 'TCP' : item[key];
}

function withoutDirectives(items: readonly unknown[]): unknown[] {
  return items.flatMap(item => {
    if (!isObj(item) || item.$patch === undefined) {
      return [item];
    }
    const { $patch, ...rest } = item;
    return $patch === 'delete' || Object.keys(rest).length === 0 ? [] : [rest];
  });
}
