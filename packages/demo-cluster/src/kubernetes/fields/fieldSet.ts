import { OwnedFields } from '../../world/interventions/Intervention';
import { MergeHints } from './hints';
import { isEqual, isMap, Json, JsonMap } from './json';

/**
 * Sets of fields, as `managedFields` writes them: `f:name` leads into a map,
 * `k:{…}` to an element of a list by its keys, `v:…` to one by itself; `.` says
 * that what it stands in belongs to the set, and so does what leads nowhere.
 */
const ITSELF = '.';

const isLeaf = (set: OwnedFields) => Object.keys(set).length === 0;
const isMember = (set: OwnedFields) => isLeaf(set) || ITSELF in set;

/** The elements of a list that is taken apart, each under its key; undefined when it is one value. */
function elementsOf(
  list: Json[],
  keys: readonly string[] | 'set' | undefined,
): Map<string, Json> | undefined {
  if (keys === undefined) {
    return undefined;
  }
  if (keys === 'set') {
    return new Map(list.map(item => [`v:${JSON.stringify(item)}`, item]));
  }
  const found = new Map<string, Json>();
  for (const item of list) {
    if (!isMap(item)) {
      return undefined;
    }
    const key = keys.flatMap(name =>
      // A port is one of TCP unless it says otherwise.
      name === 'protocol' || item[name] !== undefined
        ? [[name, item[name] ?? 'TCP']]
        : [],
    );
    found.set(`k:${JSON.stringify(Object.fromEntries(key))}`, item);
  }
  return found;
}

/** All fields of a value. `name` is what it is called in the map around it. */
export function fieldsOf(
  value: Json,
  hints: MergeHints,
  name = '',
): OwnedFields {
  if (isMap(value) && !hints.isAtomic(name)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inside]) => [
        `f:${key}`,
        fieldsOf(inside, hints, key),
      ]),
    );
  }
  if (Array.isArray(value)) {
    const keys = hints.keysOf(name);
    const elements = elementsOf(value, keys);
    return Object.fromEntries(
      [...(elements ?? [])].map(([key, item]) => [
        key,
        keys === 'set' ? {} : { [ITSELF]: {}, ...fieldsOf(item, hints) },
      ]),
    );
  }
  return {};
}

/** What two values differ in: fields that are new or other in the second, and fields only the first has. */
export function compareFields(
  before: Json,
  after: Json,
  hints: MergeHints,
  name = '',
): { changed?: OwnedFields; removed?: OwnedFields } {
  if (isEqual(before, after)) {
    return {};
  }
  if (after === undefined) {
    return { removed: fieldsOf(before, hints, name) };
  }
  if (before === undefined) {
    return { changed: fieldsOf(after, hints, name) };
  }
  const parts = partsOf(before, after, hints, name);
  if (!parts) {
    return { changed: {} };
  }
  const changed: OwnedFields = {};
  const removed: OwnedFields = {};
  for (const { key, field, pair } of parts) {
    const found = compareFields(pair[0], pair[1], hints, field);
    const isItem = key.startsWith('k:');
    if (found.changed) {
      const isNew = isItem && pair[0] === undefined;
      changed[key] = isNew ? { [ITSELF]: {}, ...found.changed } : found.changed;
    }
    if (found.removed) {
      const isGone = isItem && pair[1] === undefined;
      removed[key] = isGone
        ? { [ITSELF]: {}, ...found.removed }
        : found.removed;
    }
  }
  return {
    ...(!isLeaf(changed) && { changed }),
    ...(!isLeaf(removed) && { removed }),
  };
}

/** The parts of two values side by side; undefined where they are compared as a whole. */
function partsOf(
  before: Json,
  after: Json,
  hints: MergeHints,
  name: string,
): Array<{ key: string; field: string; pair: [Json, Json] }> | undefined {
  if (isMap(before) && isMap(after) && !hints.isAtomic(name)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].map(field => ({
      key: `f:${field}`,
      field,
      pair: [before[field], after[field]],
    }));
  }
  if (!Array.isArray(before) || !Array.isArray(after)) {
    return undefined;
  }
  const was = elementsOf(before, hints.keysOf(name));
  const is = elementsOf(after, hints.keysOf(name));
  return (
    was &&
    is &&
    [...new Set([...was.keys(), ...is.keys()])].map(key => ({
      key,
      field: '',
      pair: [was.get(key), is.get(key)],
    }))
  );
}

/** Fields that are in either set. */
export function union(a: OwnedFields, b: OwnedFields): OwnedFields {
  const joined: OwnedFields = { ...a };
  for (const [key, inside] of Object.entries(b)) {
    const known = joined[key];
    joined[key] = known ? joinedInside(known, inside) : inside;
  }
  return joined;
}

function joinedInside(a: OwnedFields, b: OwnedFields): OwnedFields {
  const both = union(a, b);
  return !isLeaf(both) && (isLeaf(a) || isLeaf(b))
    ? { [ITSELF]: {}, ...both }
    : both;
}

/** Fields of the first set that are not in the second. */
export function difference(a: OwnedFields, b: OwnedFields): OwnedFields {
  const left: OwnedFields = {};
  for (const [key, inside] of Object.entries(a)) {
    const other = b[key];
    if (!other) {
      left[key] = inside;
      continue;
    }
    const { [ITSELF]: _itself, ...deeper } = difference(inside, other);
    const stays = isMember(inside) && !isMember(other);
    if (!isLeaf(deeper)) {
      left[key] = stays ? { [ITSELF]: {}, ...deeper } : deeper;
    } else if (stays) {
      left[key] = isLeaf(inside) ? {} : { [ITSELF]: {} };
    }
  }
  return left;
}

/** Fields that are in both sets. */
export function intersection(a: OwnedFields, b: OwnedFields): OwnedFields {
  return difference(a, difference(a, b));
}

export function isEmpty(set: OwnedFields): boolean {
  return isLeaf(set);
}

/** The paths of a set, as an API server says them: `.spec.template.spec.containers[name="web"].image`. */
export function pathsOf(set: OwnedFields, prefix = ''): string[] {
  return Object.entries(set).flatMap(([key, inside]) => {
    if (key === ITSELF) {
      return [prefix];
    }
    const path = `${prefix}${segmentOf(key)}`;
    return isLeaf(inside) ? [path] : pathsOf(inside, path);
  });
}

function segmentOf(key: string): string {
  const text = key.slice(2);
  if (key.startsWith('f:')) {
    return `.${text}`;
  }
  if (key.startsWith('v:')) {
    return `[=${text}]`;
  }
  const keys = Object.entries(JSON.parse(text));
  return `[${keys
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}]`;
}

/** A copy of a value without the fields of a set, and without the maps that are left empty. */
export function withoutFields(
  value: Json,
  set: OwnedFields,
  hints: MergeHints,
  name = '',
): Json {
  if (isMap(value)) {
    const kept: JsonMap = {};
    for (const [key, inside] of Object.entries(value)) {
      const gone = set[`f:${key}`];
      if (!gone) {
        kept[key] = inside;
      } else if (!isLeaf(gone)) {
        const left = withoutFields(inside, gone, hints, key);
        const emptied = isMap(left) && isLeaf(left as OwnedFields);
        if (!emptied) {
          kept[key] = left;
        }
      }
    }
    return kept;
  }
  if (!Array.isArray(value)) {
    return value;
  }
  const elements = elementsOf(value, hints.keysOf(name)) ?? new Map();
  return [...elements].flatMap(([key, item]) => {
    const gone = set[key];
    if (!gone) {
      return [item];
    }
    return isMember(gone) ? [] : [withoutFields(item, gone, hints)];
  });
}

/** A value with what was applied put over it. */
export function applied(
  live: Json,
  config: Json,
  hints: MergeHints,
  name = '',
): Json {
  if (isMap(live) && isMap(config) && !hints.isAtomic(name)) {
    const joined: JsonMap = { ...live };
    for (const [key, inside] of Object.entries(config)) {
      joined[key] = applied(live[key], inside, hints, key);
    }
    return joined;
  }
  const keys = hints.keysOf(name);
  if (!Array.isArray(live) || !Array.isArray(config) || !keys) {
    return config;
  }
  const was = elementsOf(live, keys);
  const is = elementsOf(config, keys);
  if (!was || !is) {
    return config;
  }
  const all = new Map(was);
  is.forEach((item, key) => all.set(key, applied(was.get(key), item, hints)));
  return [...all.values()];
}
