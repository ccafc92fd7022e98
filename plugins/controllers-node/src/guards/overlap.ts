import { sayActing, targetKey } from '@headroom/common';
import { takesCapacity } from './direction';
import { Guard } from './Guard';
import { anyOverlap } from './paths';

/**
 * One at a time: nothing is done to a target while nobody knows what became of the
 * last write to it, nor to a field that another policy wants in the same run; and while
 * another policy's write settles in a field nothing is taken away by it. What gives
 * capacity doesn't wait for that.
 */
export const overlap: Guard = ({ asked, engine, run }) => {
  const { action, policyId, controller, id } = asked;
  const paths = action.changes.map(({ path }) => path);
  const others = engine.inEffect.get(targetKey(action.target)) ?? [];
  return [
    ...others.flatMap(other => {
      if (other.actionId === id) {
        return [];
      }
      if (other.open) {
        return [sayActing('overlapOpen', { policy: other.policyTitle })];
      }
      const isAnother =
        other.policyId !== policyId || other.controller !== controller;
      return isAnother &&
        takesCapacity(action) &&
        anyOverlap(other.paths, paths)
        ? [sayActing('overlapSettling', { policy: other.policyTitle })]
        : [];
    }),
    ...run.wantedBefore.map(({ policyTitle }) =>
      sayActing('overlapWanted', { policy: policyTitle }),
    ),
  ].map(reason => ({ guard: 'overlap', reason }));
};
