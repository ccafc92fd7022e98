import { KustomizeError } from './KustomizeError';
import { isObj, Obj } from './objects';

function keysOf(pointer: unknown): string[] {
  if (typeof pointer !== 'string' || !/^(\/.*)?$/.test(pointer)) {
    throw new KustomizeError(
      `A patch has the path ${JSON.stringify(
        pointer,
      )}; it must be a pointer such as /spec/replicas.`,
    );
  }
  return pointer
    .split('/')
    .slice(1)
    .map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function indexIn(list: readonly unknown[], key: string, pointer: string) {
  const index = key === '-' ? list.length : Number(key);
  if (!Number.isInteger(index) || index < 0 || index > list.length) {
    throw new KustomizeError(
      `A patch has the path ${pointer}; the list has ${list.length} items.`,
    );
  }
  return index;
}

function holderOf(object: Obj, keys: readonly string[], pointer: string) {
  let node: unknown = object;
  for (const key of keys.slice(0, -1)) {
    node = Array.isArray(node)
      ? node[indexIn(node, key, pointer)]
      : (node as Obj | undefined)?.[key];
    if (!isObj(node) && !Array.isArray(node)) {
      throw new KustomizeError(
        `A patch has the path ${pointer}; there is nothing at ${key}.`,
      );
    }
  }
  return node as Obj | unknown[];
}

function get(object: Obj, pointer: string): unknown {
  const keys = keysOf(pointer);
  const holder = holderOf(object, keys, pointer);
  const last = keys[keys.length - 1];
  const value = Array.isArray(holder)
    ? holder[indexIn(holder, last, pointer)]
    : holder[last];
  if (value === undefined) {
    throw new KustomizeError(
      `A patch has the path ${pointer}, where there is nothing.`,
    );
  }
  return value;
}

function put(object: Obj, pointer: string, value: unknown, over: boolean) {
  const keys = keysOf(pointer);
  const holder = holderOf(object, keys, pointer);
  const last = keys[keys.length - 1];
  if (Array.isArray(holder)) {
    holder.splice(indexIn(holder, last, pointer), over ? 1 : 0, value);
  } else {
    holder[last] = value;
  }
}

function remove(object: Obj, pointer: string) {
  get(object, pointer);
  const keys = keysOf(pointer);
  const holder = holderOf(object, keys, pointer);
  const last = keys[keys.length - 1];
  if (Array.isArray(holder)) {
    holder.splice(indexIn(holder, last, pointer), 1);
  } else {
    delete holder[last];
  }
}

/** Applies the operations of RFC 6902 to an object, which is changed. */
export function applyJsonPatch(object: Obj, operations: readonly unknown[]) {
  for (const operation of operations) {
    const { op, path, from, value } = isObj(operation) ? operation : {};
    const pointer = String(path);
    keysOf(path);
    if (op === 'add') {
      put(object, pointer, structuredClone(value), false);
    } else if (op === 'replace') {
      get(object, pointer);
      put(object, pointer, structuredClone(value), true);
    } else if (op === 'remove') {
      remove(object, pointer);
    } else if (op === 'copy' || op === 'move') {
      const moved = structuredClone(get(object, String(from)));
      if (op === 'move') {
        remove(object, String(from));
      }
      put(object, pointer, moved, false);
    } else if (op === 'test') {
      if (JSON.stringify(get(object, pointer)) !== JSON.stringify(value)) {
        throw new KustomizeError(
          `A patch tests that ${pointer} is ${JSON.stringify(
            value,
          )}, and it isn't.`,
        );
      }
    } else {
      throw new KustomizeError(
        `A patch has the operation ${JSON.stringify(
          op,
        )}; it must be add, remove, replace, move, copy or test.`,
      );
    }
  }
}
