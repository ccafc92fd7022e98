import { isEqual, isMap, Json, JsonMap } from '../fields/json';
import { badRequest } from '../status';

/** A document after a patch of RFC 7386: lists are replaced, null takes away. */
export function mergePatched(document: Json, patch: Json): Json {
  if (!isMap(patch)) {
    return patch;
  }
  const merged: JsonMap = isMap(document) ? { ...document } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[key];
    } else {
      merged[key] = mergePatched(merged[key], value);
    }
  }
  return merged;
}

/** By what the elements of lists are told apart in a strategic merge patch. */
const MERGE_KEYS: Record<string, string> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  imagePullSecrets: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  conditions: 'type',
  ownerReferences: 'uid',
};

const DELETE_FROM = '$deleteFromPrimitiveList/';

/**
 * A document after a strategic merge patch, as Kubernetes' own kinds take them:
 * lists whose elements have names are merged by them, others are replaced.
 * Throws 400 where an element has no name.
 */
export function strategicallyPatched(document: Json, patch: Json): Json {
  if (!isMap(patch)) {
    return patch;
  }
  const { $patch, ...rest } = patch;
  if ($patch === 'delete') {
    return {};
  }
  const merged: JsonMap =
    isMap(document) && $patch !== 'replace' ? { ...document } : {};
  for (const [key, value] of Object.entries(rest)) {
    if (key.startsWith(DELETE_FROM)) {
      const name = key.slice(DELETE_FROM.length);
      const gone = Array.isArray(value) ? value : [];
      const list = merged[name];
      merged[name] = Array.isArray(list)
        ? list.filter(item => !gone.some(each => isEqual(each, item)))
        : list;
    } else if (key.startsWith('$')) {
      // The order of elements and what is retained make no difference here.
      continue;
    } else if (value === null) {
      delete merged[key];
    } else {
      merged[key] = Array.isArray(value)
        ? mergedList(key, merged[key], value)
        : strategicallyPatched(merged[key], value);
    }
  }
  return merged;
}

function mergedList(name: string, list: Json, patch: Json[]): Json[] {
  const before = Array.isArray(list) ? list : [];
  if (name === 'finalizers') {
    const isNew = (item: Json) => !before.some(each => isEqual(each, item));
    return [...before, ...patch.filter(isNew)];
  }
  const mergeKey = MERGE_KEYS[name];
  const replaces = patch.some(item => isMap(item) && item.$patch === 'replace');
  if (!mergeKey || replaces) {
    return patch.filter(item => !(isMap(item) && item.$patch === 'replace'));
  }
  const after = [...before];
  for (const item of patch) {
    if (!isMap(item) || item[mergeKey] === undefined) {
      throw badRequest(
        `map: ${JSON.stringify(
          item,
        )} does not contain declared merge key: ${mergeKey}`,
      );
    }
    const index = after.findIndex(
      each => isMap(each) && each[mergeKey] === item[mergeKey],
    );
    if (item.$patch === 'delete') {
      if (index >= 0) {
        after.splice(index, 1);
      }
    } else if (index >= 0) {
      after[index] = strategicallyPatched(after[index], item);
    } else {
      after.push(strategicallyPatched({}, item));
    }
  }
  return after;
}
