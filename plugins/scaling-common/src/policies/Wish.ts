/**
 * What a window wants of a workload while it lasts:
 *
 * - `untouched`: as its owner has it. What Headroom changed is put back, and nothing
 *   else is touched; the "awake" of a policy that is down outside of its windows.
 * - `bounds`: at least `floor`, at most `ceiling` replicas (either or both); its
 *   autoscaler works inside them. They are set exactly, so they can also lower a
 *   minimum. A CronJob is as with `untouched`.
 * - `fixed`: this many replicas, 1 or more.
 * - `zero`: none. A ScaledObject is paused at 0, a CronJob suspended.
 *
 * @public
 */
export type Wish =
  | { type: 'untouched' }
  | {
      type: 'bounds';
      floor?: number;
      ceiling?: number;
      /**
       * The floor takes nothing away: where its owner wants more, that stays. Of what
       * a person or a lead adds to what holds; no window says so.
       */
      raises?: true;
    }
  | { type: 'fixed'; replicas: number }
  | { type: 'zero' };

/**
 * Whether it takes capacity away from what holds otherwise, by default what its owner
 * wants. Times of a window that does are read so that it is rather too short than too
 * long; of all others the other way round (S5).
 *
 * @public
 */
export function takesCapacity(
  wish: Wish,
  outside: Wish = { type: 'untouched' },
): boolean {
  const [least, otherwise] = [leastOf(wish), leastOf(outside)];
  if (least !== undefined && otherwise !== undefined) {
    return least < otherwise;
  }
  if (wish.type === 'bounds' && least === undefined) {
    // A ceiling alone: against a floor that is below it, it takes nothing.
    return otherwise === undefined || (wish.ceiling ?? Infinity) < otherwise;
  }
  return wish.type === 'zero';
}

/** Replicas that it has at least; undefined = its owner says. */
function leastOf(wish: Wish): number | undefined {
  switch (wish.type) {
    case 'zero':
      return 0;
    case 'fixed':
      return wish.replicas;
    case 'bounds':
      return wish.floor;
    default:
      return undefined;
  }
}

/** Whether both want the same. @public */
export function sameWish(a: Wish, b: Wish): boolean {
  if (a.type === 'bounds' && b.type === 'bounds') {
    return (
      a.floor === b.floor && a.ceiling === b.ceiling && a.raises === b.raises
    );
  }
  return a.type === 'fixed' && b.type === 'fixed'
    ? a.replicas === b.replicas
    : a.type === b.type;
}
