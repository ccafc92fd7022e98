import { PlannedAction, targetKey } from '@headroom/common';
import { kindOfManager, ownersOf } from '@headroom/plugin-clusters-node';
import { OwnedMeta } from './keptInGit';

/**
 * The same actions, with who had set each field before.
 *
 * @param metaOf - of the object of a target, as its API server has it now, by `targetKey`
 */
export function withSetters(
  actions: readonly PlannedAction[],
  metaOf: ReadonlyMap<string, OwnedMeta>,
): PlannedAction[] {
  return actions.map(action => {
    const meta = metaOf.get(targetKey(action.target));
    return {
      ...action,
      changes: action.changes.map(change => {
        const setBy = ownersOf(meta?.managedFields, change.path)
          .filter(
            ({ scope, manager }) =>
              scope !== 'within' && kindOfManager(manager) !== 'headroom',
          )
          .at(-1)?.manager;
        return setBy === undefined ? change : { ...change, setBy };
      }),
    };
  });
}
