import { FieldPath, formatFieldPath } from '@headroom/common';
import { boundLabels } from '../../labels/boundLabels';
import { isStorable } from '../../malformed';
import { KubernetesObject, ManagedFields } from '../../objects';
import { FieldOwner } from '../../ownership/FieldOwner';
import { kindOfManager, OwnedObject } from '../../ownership/managers';
import { ownersOf } from '../../ownership/ownersOf';
import { controllerOf } from '../../workloads/resolveWorkload';
import { keptAnnotations } from './annotations';
import { CachedValue, LastChange } from './CachedValue';

const NONE: CachedValue['owners'] = Object.freeze({});

/**
 * What is kept of an object of any kind.
 *
 * @param paths - fields whose owners are kept
 * @throws TypeError when it is malformed.
 * @internal
 */
export function projectBase<TKind extends string>(
  { metadata }: KubernetesObject,
  apiVersion: string,
  kind: TKind,
  paths: readonly FieldPath[],
): CachedValue & { kind: TKind } {
  const controller = controllerOf(metadata);
  const labels = boundLabels(metadata.labels);
  const annotations = keptAnnotations(metadata.annotations);
  if (!isStorable(labels) || !isStorable(annotations)) {
    throw new TypeError(`Malformed ${kind}`);
  }
  const lastChange = lastChangeOf(metadata.managedFields, metadata);
  return {
    apiVersion,
    kind,
    labels,
    annotations,
    owners: ownersByPath(metadata.managedFields, paths),
    ...(metadata.creationTimestamp && {
      createdAt: metadata.creationTimestamp,
    }),
    ...(controller && {
      controller: {
        apiVersion: controller.apiVersion,
        kind: controller.kind,
        name: controller.name,
        uid: controller.uid,
      },
    }),
    ...(metadata.deletionTimestamp && { deleting: true as const }),
    ...(lastChange && { lastChange }),
  };
}

/** Owners of each path that has some; paths with the same owners share them. */
function ownersByPath(
  managedFields: ManagedFields[] | undefined,
  paths: readonly FieldPath[],
): CachedValue['owners'] {
  const share = sharer<FieldOwner>();
  const owners: Record<string, readonly FieldOwner[]> = {};
  for (const path of paths) {
    const found = ownersOf(managedFields, path);
    if (found.length > 0) {
      owners[formatFieldPath(path)] = share(found);
    }
  }
  return Object.keys(owners).length > 0 ? owners : NONE;
}

/**
 * Gives the first of lists that say the same, so that it is kept once.
 *
 * @internal
 */
export function sharer<T>(): (list: readonly T[]) => readonly T[] {
  const lists = new Map<string, readonly T[]>();
  return list => {
    const key = JSON.stringify(list);
    const same = lists.get(key) ?? list;
    lists.set(key, same);
    return same;
  };
}

/** By somebody who is neither a controller nor Headroom, and of the spec. */
function lastChangeOf(
  managedFields: ManagedFields[] | undefined,
  object: OwnedObject,
): LastChange | undefined {
  let last: LastChange | undefined;
  for (const { manager, time, fieldsV1, subresource } of managedFields ?? []) {
    const counts =
      manager &&
      time &&
      subresource !== 'status' &&
      fieldsV1 &&
      'f:spec' in fieldsV1 &&
      !['controller', 'headroom'].includes(kindOfManager(manager, object));
    if (counts && (!last || Date.parse(time) > Date.parse(last.at))) {
      last = { at: time, manager };
    }
  }
  return last;
}
