import { z } from 'zod';
import { isEqual, isMap, Json } from '../fields/json';
import { badRequest, StatusError } from '../status';

const pointer = z.string().regex(/^(\/|$)/);
const operationsSchema = z
  .array(
    z.discriminatedUnion('op', [
      z.object({ op: z.literal('add'), path: pointer, value: z.unknown() }),
      z.object({ op: z.literal('replace'), path: pointer, value: z.unknown() }),
      z.object({ op: z.literal('test'), path: pointer, value: z.unknown() }),
      z.object({ op: z.literal('remove'), path: pointer }),
      z.object({ op: z.literal('move'), from: pointer, path: pointer }),
      z.object({ op: z.literal('copy'), from: pointer, path: pointer }),
    ]),
  )
  .max(10_000);

/** An operation that finds nothing to work on, or finds something else than it tests for. */
function impossible(): StatusError {
  return new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}

function segments(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(each => each.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function indexOf(segment: string, most: number): number {
  const index = /^(0|[1-9]\d*)$/.test(segment) ? Number(segment) : NaN;
  if (!(index <= most)) {
    throw impossible();
  }
  return index;
}

function inside(document: Json, [segment, ...rest]: string[]): Json {
  if (segment === undefined) {
    return document;
  }
  if (Array.isArray(document)) {
    const index = indexOf(segment, document.length - 1);
    return inside(document[index], rest);
  }
  if (!isMap(document) || !Object.hasOwn(document, segment)) {
    throw impossible();
  }
  return inside(document[segment], rest);
}

/** A copy of a document in which the map or list around a path was changed. */
function around(
  document: Json,
  [segment, ...rest]: string[],
  change: {
    ofList(list: Json[], segment: string): Json[];
    ofMap(map: Record<string, Json>, segment: string): Json;
  },
): Json {
  if (segment === undefined) {
    throw impossible();
  }
  if (rest.length === 0) {
    if (Array.isArray(document)) {
      return change.ofList(document, segment);
    }
    if (!isMap(document)) {
      throw impossible();
    }
    return change.ofMap(document, segment);
  }
  const below = around(inside(document, [segment]), rest, change);
  return Array.isArray(document)
    ? document.map((item, index) => (index === Number(segment) ? below : item))
    : { ...(document as object), [segment]: below };
}

function add(document: Json, path: string[], value: Json): Json {
  if (path.length === 0) {
    return value;
  }
  return around(document, path, {
    ofList: (list, segment) =>
      list.toSpliced(
        segment === '-' ? list.length : indexOf(segment, list.length),
        0,
        value,
      ),
    ofMap: (map, segment) => ({ ...map, [segment]: value }),
  });
}

function remove(document: Json, path: string[]): Json {
  return around(document, path, {
    ofList: (list, segment) =>
      list.toSpliced(indexOf(segment, list.length - 1), 1),
    ofMap: (map, segment) => {
      if (!Object.hasOwn(map, segment)) {
        throw impossible();
      }
      const { [segment]: _gone, ...rest } = map;
      return rest;
    },
  });
}

/**
 * A document after the operations of RFC 6902. Throws 400 for what are none,
 * 422 where one of them is impossible.
 */
export function jsonPatched(document: Json, operations: unknown): Json {
  const parsed = operationsSchema.safeParse(operations);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw badRequest(`error decoding patch: ${[...path, message].join(': ')}`);
  }
  return parsed.data.reduce<Json>((before, operation) => {
    const path = segments(operation.path);
    switch (operation.op) {
      case 'add':
        return add(before, path, operation.value);
      case 'replace':
        inside(before, path);
        return path.length === 0
          ? operation.value
          : around(before, path, {
              ofList: (list, segment) =>
                list.with(Number(segment), operation.value),
              ofMap: (map, segment) => ({ ...map, [segment]: operation.value }),
            });
      case 'test':
        if (!isEqual(inside(before, path), operation.value)) {
          throw impossible();
        }
        return before;
      case 'remove':
        return remove(before, path);
      case 'move': {
        const from = segments(operation.from);
        return add(remove(before, from), path, inside(before, from));
      }
      default:
        return add(before, path, inside(before, segments(operation.from)));
    }
  }, document);
}
