import { FieldPath } from '@headroom/common';
import { asRecord } from '../malformed';
import { ManagedFields } from '../objects';
import { FieldOwner } from './FieldOwner';

/**
 * Which managers own a field of an object, by its `managedFields` (`fieldsV1`: `f:` a
 * field, `k:` an element of a list by its keys, `v:` an element of a set, `.` the
 * whole itself), in the order in which the object has them. Nobody where the API
 * server filled in a default.
 *
 * A write of a field by `Update` takes it from all others: who owned it before is
 * then no longer to be seen.
 *
 * @param path - as actions have it; `[name=web]` is the element of a list, `[=v]` that of a set
 * @public
 */
export function ownersOf(
  managedFields: readonly ManagedFields[] | undefined,
  path: FieldPath,
): FieldOwner[] {
  return (managedFields ?? []).flatMap(entry => {
    const scope = scopeOf(entry.fieldsV1, path);
    return scope && entry.manager ? [toOwner(entry, entry.manager, scope)] : [];
  });
}

function toOwner(
  { operation, subresource, time }: ManagedFields,
  manager: string,
  scope: FieldOwner['scope'],
): FieldOwner {
  return {
    manager,
    operation: operation === 'Apply' ? 'Apply' : 'Update',
    ...(subresource && { subresource }),
    ...(time && { time }),
    scope,
  };
}

/** What one manager has of a field; undefined = nothing. */
function scopeOf(
  fieldsV1: unknown,
  path: FieldPath,
): FieldOwner['scope'] | undefined {
  let fields = asRecord(fieldsV1);
  for (const [depth, segment] of path.entries()) {
    const key = keyOf(fields, segment);
    if (key === undefined) {
      // A leaf above it: a list or map that is owned as one.
      return depth > 0 && Object.keys(fields).length === 0
        ? 'around'
        : undefined;
    }
    fields = asRecord(fields[key]);
  }
  return '.' in fields || Object.keys(fields).length === 0 ? 'field' : 'within';
}

function keyOf(
  fields: Record<string, unknown>,
  segment: string,
): string | undefined {
  const element = /^\[([\w.-]*)=(.*)\]$/.exec(segment);
  if (!element) {
    const key = `f:${segment}`;
    return Object.hasOwn(fields, key) ? key : undefined;
  }
  const [, name, value] = element;
  return Object.keys(fields).find(key =>
    name
      ? key.startsWith('k:') && String(asRecord(parse(key))[name]) === value
      : key.startsWith('v:') && String(parse(key)) === value,
  );
}

/** The JSON of `k:{"name":"web"}` or `v:"x"`. */
function parse(key: string): unknown {
  try {
    return JSON.parse(key.slice(2));
  } catch {
    return undefined;
  }
}
