import { FieldChange, Json, KubernetesTarget } from '@headroom/common';
import {
  ContainerResize,
  ObjectMeta,
  ownersOf,
} from '@headroom/plugin-clusters-node';
import { elementOf } from './fieldValues';

/** Who Headroom is among the managers of fields. */
const OURS = 'headroom';

/** A pod that runs can be changed in one way only: what its containers ask for, in place. */
export function isPod({ group, kind }: KubernetesTarget): boolean {
  return group === '' && kind === 'Pod';
}

/**
 * Changes of a pod as its `resize` subresource takes them.
 *
 * @returns undefined when something else of the pod is to change, or is to be taken away
 */
export function resizeOf(
  changes: readonly FieldChange[],
): ContainerResize[] | undefined {
  const containers = new Map<string, Required<ContainerResize>>();
  for (const { path, after } of changes) {
    const [spec, list, element, resources, part, resource, ...more] = path;
    const named = elementOf(element ?? '');
    if (
      [spec, list, resources].join('.') !== 'spec.containers.resources' ||
      named?.key !== 'name' ||
      (part !== 'requests' && part !== 'limits') ||
      resource === undefined ||
      more.length > 0 ||
      typeof after !== 'string'
    ) {
      return undefined;
    }
    const name = named.value;
    const known = containers.get(name) ?? { name, requests: {}, limits: {} };
    containers.set(name, {
      ...known,
      [part]: { ...known[part], [resource]: after },
    });
  }
  return [...containers.values()];
}

/**
 * Whether all that a resize changes was set last by one of ours. The subresource takes
 * no annotation that could say by which action; who set a field, it notes.
 */
export function isResizedByUs(
  { managedFields }: ObjectMeta,
  changes: readonly FieldChange[],
  values: readonly Json[],
): boolean {
  return changes.every(
    ({ path, after }, at) =>
      values[at] === after &&
      ownersOf(managedFields, path).some(
        ({ manager, subresource }) =>
          manager === OURS && subresource === 'resize',
      ),
  );
}
