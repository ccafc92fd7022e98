import { OwnedFields } from '../../world/interventions/Intervention';
import {
  applied,
  compareFields,
  difference,
  fieldsOf,
  intersection,
  isEmpty,
  pathsOf,
  union,
  withoutFields,
} from '../fields/fieldSet';
import { MergeHints } from '../fields/hints';
import { isMap, Json, JsonMap, withoutNulls } from '../fields/json';
import { ManagedFieldsEntry } from '../ownership/managedFields';
import { StatusError } from '../status';
import { KubeObject } from '../types';

/** What belongs to a manager of an object: not what the API server keeps to itself. */
export function ownable(object: Json): JsonMap {
  const kept = withoutNulls(object);
  const {
    metadata,
    apiVersion: _apiVersion,
    kind: _kind,
    status: _status,
    ...body
  } = isMap(kept) ? kept : ({} as JsonMap);
  const { labels, annotations, finalizers, ownerReferences } = isMap(metadata)
    ? metadata
    : ({} as JsonMap);
  const own = defined({ labels, annotations, finalizers, ownerReferences });
  return {
    ...(Object.keys(own).length > 0 && { metadata: own }),
    ...defined(body),
  };
}

function defined(map: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(map).filter(([, value]) => value !== undefined),
  );
}

/** How an error calls a manager. */
function nameOf(entry: ManagedFieldsEntry): string {
  const { manager, subresource, operation, apiVersion } = entry;
  const name = `"${manager}"${
    subresource ? ` with subresource "${subresource}"` : ''
  }`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

function conflicting(
  found: Array<{ entry: ManagedFieldsEntry; fields: OwnedFields }>,
): StatusError {
  const causes = found.flatMap(({ entry, fields }) =>
    pathsOf(fields).map(field => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${nameOf(entry)}`,
      field,
    })),
  );
  const said =
    causes.length === 1
      ? `1 conflict: ${causes[0].message}: ${causes[0].field}`
      : `${causes.length} conflicts: ${found
          .map(
            ({ entry, fields }) =>
              `conflicts with ${nameOf(entry)}:\n${pathsOf(fields)
                .map(path => `- ${path}`)
                .join('\n')}`,
          )
          .join('\n')}`;
  return new StatusError(409, 'Conflict', `Apply failed with ${said}`, {
    causes,
  });
}

/** What an object becomes when a manager applies its fields. */
export interface Application {
  object: Json;
  /** All that the manager owns from then on. */
  owns: OwnedFields;
  /** What others lose. */
  takes: OwnedFields;
  /** It owned the same before. */
  sameOwner: boolean;
}

/**
 * Server-side apply: the fields are put over the object, and what the manager
 * applied before and doesn't any more is taken away, unless others own it, too.
 * Throws 409 with causes where others own what it would change, without force.
 */
export function apply(options: {
  live: KubeObject;
  config: Json;
  managers: ManagedFieldsEntry[];
  by: { manager: string; apiVersion: string; subresource?: string };
  force: boolean;
  hints: MergeHints;
}): Application {
  const { live, config, managers, by, force, hints } = options;
  const wanted = ownable(config);
  const owns = fieldsOf(wanted, hints);
  const mine = managers.find(
    entry =>
      entry.operation === 'Apply' &&
      entry.manager === by.manager &&
      entry.apiVersion === by.apiVersion &&
      entry.subresource === by.subresource,
  );
  const others = managers.filter(entry => entry !== mine);
  const merged = applied(live, wanted, hints);
  const { changed = {} } = compareFields(ownable(live), ownable(merged), hints);
  const conflicts = others
    .map(entry => ({ entry, fields: intersection(changed, entry.fieldsV1) }))
    .filter(({ fields }) => !isEmpty(fields));
  if (conflicts.length > 0 && !force) {
    throw conflicting(conflicts);
  }
  const takes = conflicts.reduce<OwnedFields>(
    (all, { fields }) => union(all, fields),
    {},
  );
  const left = others.reduce(
    (lost, entry) => difference(lost, entry.fieldsV1),
    difference(mine?.fieldsV1 ?? {}, owns),
  );
  const before = mine?.fieldsV1 ?? {};
  return {
    object: withoutFields(merged, left, hints),
    owns,
    takes,
    sameOwner:
      mine !== undefined &&
      isEmpty(difference(before, owns)) &&
      isEmpty(difference(owns, before)),
  };
}
