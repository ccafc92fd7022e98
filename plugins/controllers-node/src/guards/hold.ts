import { sayActing, targetKey } from '@headroom/common';
import { HoldFacts } from './facts';
import { Guard } from './Guard';

/**
 * Somebody wants a target to be left alone, for a time or until they say otherwise.
 * What was changed before is put back: it is left as its owner had it.
 */
export const hold: Guard = ({ asked: { action, undoOf }, world, engine }) =>
  undoOf !== undefined || action.direction === 'restore'
    ? []
    : (world.targets.get(targetKey(action.target))?.holds ?? [])
        .filter(
          ({ until }) =>
            until === undefined || Date.parse(until) > Date.parse(engine.now),
        )
        .map(each => ({ guard: 'hold', reason: say(each) }));

function say({ by, reason, until }: HoldFacts) {
  if (reason === undefined) {
    return until === undefined
      ? sayActing('holdBare', { by })
      : sayActing('holdBareUntil', { by, until });
  }
  return until === undefined
    ? sayActing('hold', { by, reason })
    : sayActing('holdUntil', { by, reason, until });
}
