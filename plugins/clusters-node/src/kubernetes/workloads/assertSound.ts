import { WorkloadFacts } from '@headroom/common';
import { isName, isStorable } from '../malformed';

/**
 * Throws when facts are not of the form that those who use them rely on: custom
 * resources may hold anything.
 *
 * @internal
 */
export function assertSound(
  facts: WorkloadFacts,
  labels: Record<string, string>,
): void {
  const { name, replicas, containers, nodeLabels = {} } = facts;
  const { volumeClaims = [] } = facts;
  const sound =
    isName(name) &&
    (replicas === undefined || Number.isInteger(replicas)) &&
    containers.every(
      ({ name: container, spec: { image } }) =>
        isName(container) && (image === undefined || isText(image)),
    ) &&
    Object.values(labels).every(isText) &&
    Object.values(nodeLabels).every(isText) &&
    volumeClaims.every(
      ({ storageClass }) => storageClass === undefined || isText(storageClass),
    ) &&
    isStorable({ facts, labels });
  if (!sound) {
    throw new TypeError(`Malformed ${facts.kind}`);
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
