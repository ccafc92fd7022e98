import { canonicalJson, FieldChange, Json } from '@headroom/common';
import { Sighting } from '../actuators';

/** Whether two values of a field are the same. */
export function isSame(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** How a target compares with what an action was planned on, and with what it wants. */
export type Standing =
  | { is: 'asPlanned' }
  | { is: 'asWanted' }
  | { is: 'other'; change: FieldChange };

/** Compares the fields that were seen with an action's changes. */
export function standingOf(
  changes: readonly FieldChange[],
  { values }: Pick<Sighting, 'values'>,
): Standing {
  if (changes.every(({ after }, at) => isSame(after, values[at]))) {
    return { is: 'asWanted' };
  }
  const change = changes.find(({ before }, at) => !isSame(before, values[at]));
  return change ? { is: 'other', change } : { is: 'asPlanned' };
}

/**
 * The first change that others have taken back, or turned elsewhere. A number that went
 * on the same way is none: an autoscaler that was woken decides from there.
 */
export function takenBack(
  changes: readonly FieldChange[],
  { values }: Pick<Sighting, 'values'>,
): FieldChange | undefined {
  return changes.find(({ before, after }, at) => {
    const now = values[at];
    return !isSame(after, now) && !isBeyond({ before, after }, now);
  });
}

function isBeyond(
  { before, after }: Pick<FieldChange, 'before' | 'after'>,
  now: Json,
): boolean {
  return (
    typeof before === 'number' &&
    typeof after === 'number' &&
    typeof now === 'number' &&
    Math.sign(now - after) === Math.sign(after - before)
  );
}

/**
 * What a look at a target tells of a write whose outcome isn't known:
 *
 * - `done`: the target says itself that it was this action's write.
 * - `mayLand`: it wasn't made, and may be yet: the version it was prepared on is
 *   still the target's. It has to be fenced off.
 * - `notDone`: it wasn't made, or nothing is left of it, and it can't be any more.
 * - `unknown`: something of what it wanted is there, and nothing says by whom.
 */
export type Finding = 'done' | 'mayLand' | 'notDone' | 'unknown';

/** Judges an intent by a look. Pure. */
export function judge(
  intent: {
    actionId: string;
    version: string;
    changes: readonly FieldChange[];
  },
  sighting: Sighting,
  oncePer: 'version' | 'action' = 'version',
): Finding {
  if (sighting.marker === intent.actionId) {
    return 'done';
  }
  if (sighting.fenced) {
    return 'notDone';
  }
  if (oncePer === 'action' || sighting.version === intent.version) {
    return 'mayLand';
  }
  const isThere = intent.changes.some(
    ({ before, after }, at) =>
      !isSame(before, after) && isSame(after, sighting.values[at]),
  );
  if (isThere && sighting.ours) {
    // It was otherwise at the intent, and nothing else of ours was done to it since.
    return 'done';
  }
  return isThere ? 'unknown' : 'notDone';
}
