import { FieldPath } from '@headroom/common';
import {
  FieldOwner as ManagedFieldOwner,
  managerOf,
  ManagerKind,
  OwnedObject,
} from '@headroom/plugin-clusters-node';
import { FieldOwner, GitOpsTool } from '@headroom/plugin-scaling-common';

const GIT_OPS: Partial<Record<ManagerKind, GitOpsTool>> = {
  argocd: 'argocd',
  flux: 'flux',
  helm: 'helm',
  infrastructure: 'infrastructure',
};

/**
 * Who owns a field, and whether it comes from Git.
 *
 * @param object - what the object with the field says of itself
 * @public
 */
export function toFieldOwner(
  path: FieldPath,
  owner: ManagedFieldOwner,
  object: OwnedObject,
): FieldOwner {
  const { kind, source } = managerOf(owner, object);
  const gitOps = GIT_OPS[kind];
  return {
    path,
    manager: owner.manager,
    ...(gitOps && { gitOps }),
    ...(gitOps && source && { source }),
  };
}
