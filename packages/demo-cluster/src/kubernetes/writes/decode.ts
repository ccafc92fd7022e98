import { parseQuantity } from '@headroom/common';
import { isMap, Json, JsonMap } from '../fields/json';
import { cpuQuantity, exactMemoryQuantity } from '../quantities';
import { Shape } from './shapes';

/** A field that holds what it can't. */
export class DecodeError extends Error {}

/** A value as its shape has it, and where it has what the shape doesn't know. */
export interface Decoded {
  value: Json;
  /** Paths, e.g. `spec.replica`. */
  unknown: string[];
}

function isText(value: Json): boolean {
  return typeof value === 'string';
}

function isAmount(value: Json): boolean {
  return (
    (typeof value === 'string' || typeof value === 'number') &&
    parseQuantity(value) !== undefined
  );
}

const CHECKS: Record<string, (value: Json) => boolean> = {
  any: () => true,
  integer: value => Number.isInteger(value),
  boolean: value => typeof value === 'boolean',
  string: isText,
  strings: value => isMap(value) && Object.values(value).every(isText),
  quantities: value => isMap(value) && Object.values(value).every(isAmount),
};

/**
 * Reads an object that was sent. What the kind doesn't have is named and left
 * out. Throws 400 where a field holds something it can't.
 */
export function decode(value: Json, shape: Shape, path = ''): Decoded {
  // Null is a field that is not there.
  if (value === null || value === undefined) {
    return { value: undefined, unknown: [] };
  }
  if (typeof shape === 'string') {
    const kept =
      shape === 'strings' || shape === 'quantities'
        ? withoutNull(value)
        : value;
    if (!CHECKS[shape](kept)) {
      throw cannot(path, shape);
    }
    return {
      value: shape === 'quantities' ? canonical(kept) : kept,
      unknown: [],
    };
  }
  if ('items' in shape) {
    if (!Array.isArray(value)) {
      throw cannot(path, 'list');
    }
    const items = value.map((item, index) =>
      decode(item, shape.items, `${path}[${index}]`),
    );
    return {
      value: items.map(item => item.value),
      unknown: items.flatMap(item => item.unknown),
    };
  }
  if (!isMap(value)) {
    throw cannot(path, 'map');
  }
  const kept: JsonMap = {};
  const unknown: string[] = [];
  for (const [key, inside] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    const known = shape.fields[key];
    if (known === undefined) {
      unknown.push(at);
      continue;
    }
    const decoded = decode(inside, known, at);
    unknown.push(...decoded.unknown);
    if (decoded.value !== undefined) {
      kept[key] = decoded.value;
    }
  }
  return { value: kept, unknown };
}

/** Amounts as an API server writes them: a thousand thousandths are one. */
function canonical(amounts: Json): Json {
  const written = (resource: string, value: number) => {
    if (resource === 'cpu') {
      return cpuQuantity(value);
    }
    return resource === 'memory' ? exactMemoryQuantity(value) : undefined;
  };
  return Object.fromEntries(
    Object.entries(amounts as JsonMap).map(([resource, value]) => [
      resource,
      written(resource, parseQuantity(value as string)!) ?? String(value),
    ]),
  );
}

function withoutNull(value: Json): Json {
  return isMap(value)
    ? Object.fromEntries(
        Object.entries(value).filter(([, inside]) => inside !== null),
      )
    : value;
}

function cannot(path: string, wanted: string): DecodeError {
  return new DecodeError(
    `json: cannot unmarshal into field ${path} of type ${wanted}`,
  );
}
