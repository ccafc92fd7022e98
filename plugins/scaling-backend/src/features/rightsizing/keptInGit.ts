import {
  formatFieldPath,
  PlannedAction,
  targetKey,
  Worded,
} from '@headroom/common';
import { ObjectMeta, ownersOf } from '@headroom/plugin-clusters-node';
import {
  keeperOf,
  MAY_WRITE_ANNOTATION,
  wordRightsizing,
} from '@headroom/plugin-scaling-common';
import { toFieldOwner } from '@headroom/plugin-scaling-node';

/** Of an object, what says who writes its fields. */
export type OwnedMeta = Pick<
  ObjectMeta,
  'annotations' | 'labels' | 'managedFields'
>;

/**
 * Why actions aren't done on the cluster: a GitOps tool keeps a field that they would
 * change, and would put it back.
 *
 * @param metaOf - of the object of a target, as its API server has it now, by `targetKey`
 * @returns undefined when nothing of it is kept in Git
 */
export function keptInGit(
  actions: readonly PlannedAction[],
  metaOf: ReadonlyMap<string, OwnedMeta>,
): Worded | undefined {
  for (const { target, changes } of actions) {
    const meta = metaOf.get(targetKey(target));
    if (meta && target.type === 'kubernetes') {
      const { annotations = {}, managedFields } = meta;
      for (const { path } of changes) {
        const fieldOwners = ownersOf(managedFields, path)
          .filter(({ scope }) => scope !== 'within')
          .map(owner => toFieldOwner(path, owner, meta));
        const keeper = keeperOf({ annotations, fieldOwners }, path);
        if (keeper) {
          const { manager, source } = keeper;
          return wordRightsizing('keptInGit', {
            field: formatFieldPath(path),
            object: `${target.kind} ${target.namespace}/${target.name}`,
            manager: source ? `${manager} (${source})` : manager,
            annotation: MAY_WRITE_ANNOTATION,
          });
        }
      }
    }
  }
  return undefined;
}
