import { DAY_MS } from '@headroom/common';
import {
  PolicyClock,
  ScalingBounds,
  ScalingStretch,
  ScalingTarget,
  ScheduledTurn,
  timelineOf,
  nextChanges,
  WantedState,
} from '@headroom/plugin-scaling-common';

/** How far is looked for the next change of a workload. */
export const NEXT_HORIZON_MS = 8 * 24 * 3_600_000;
/** Turns of a policy are kept for an hour and hold for a day from then on. */
const KEPT_MS = 3_600_000;
const KEPT_HORIZON_MS = 25 * 3_600_000;
/** Policies of which nothing changes within a day are looked at further, so many in one request. */
const MOST_FAR = 500;

/** What is wanted, as a page shows it; undefined = as its owner has it. */
export function boundsOf(
  state: WantedState,
  kind: string,
): ScalingBounds | undefined {
  const { wish } = state;
  switch (wish.type) {
    case 'bounds':
      return kind === 'CronJob'
        ? undefined
        : {
            ...(wish.floor !== undefined && { floor: wish.floor }),
            ...(wish.ceiling !== undefined && { ceiling: wish.ceiling }),
          };
    case 'fixed':
      return kind === 'CronJob'
        ? undefined
        : { floor: wish.replicas, ceiling: wish.replicas };
    case 'zero':
      return kind === 'CronJob'
        ? { suspended: true }
        : { floor: 0, ceiling: 0 };
    default:
      return undefined;
  }
}

function toStretch(
  state: WantedState,
  kind: string,
  fromMs: number,
  toMs: number,
): ScalingStretch {
  const wanted = boundsOf(state, kind);
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    ...(wanted && { wanted }),
    ...(state.lead && { lead: true }),
    because: state.reason,
  };
}

/** What is wanted from an instant to another, without a gap. */
export function stretchesOf(
  clock: PolicyClock,
  {
    fromMs,
    toMs,
    target,
  }: { fromMs: number; toMs: number; target?: ScalingTarget },
): ScalingStretch[] {
  const kind = target?.workload.kind ?? '';
  return timelineOf(clock, fromMs, toMs, target).map(stretch =>
    toStretch(stretch.state, kind, stretch.startMs, stretch.endMs),
  );
}

/** The next stretch that wants something else; undefined = there is none for days. */
export function nextStretch(
  clock: PolicyClock,
  fromMs: number,
  target: ScalingTarget,
): ScalingStretch | undefined {
  const [first, second] = nextChanges(clock, fromMs, NEXT_HORIZON_MS, target);
  return (
    first &&
    toStretch(
      first.after,
      target.workload.kind,
      first.atMs,
      second?.atMs ?? fromMs + NEXT_HORIZON_MS,
    )
  );
}

/** Turns of the coming day, kept by policy: many workloads have the same. */
export class Turns {
  readonly #kept = new WeakMap<
    PolicyClock,
    { fromMs: number; turns: ScheduledTurn[] }
  >();

  readonly #far = new WeakMap<
    PolicyClock,
    { fromMs: number; turns: ScheduledTurn[] }
  >();

  static create(): Turns {
    return new Turns();
  }

  private constructor() {}

  /**
   * Finds the next change of workloads within eight days: of one request, which looks
   * far for so many policies; what it leaves out the next one finds.
   */
  finder(
    fromMs: number,
  ): (clock: PolicyClock, target: ScalingTarget) => ScalingStretch | undefined {
    let left = MOST_FAR;
    return (clock, target) => {
      const toMs = fromMs + DAY_MS;
      const [soon] = this.within(clock, { fromMs, toMs, target });
      if (soon) {
        return soon;
      }
      let kept = this.#far.get(clock);
      if (!kept || fromMs < kept.fromMs || fromMs - kept.fromMs > KEPT_MS) {
        if (left <= 0) {
          return undefined;
        }
        left -= 1;
        kept = { fromMs, turns: nextChanges(clock, fromMs, NEXT_HORIZON_MS) };
        this.#far.set(clock, kept);
      }
      const index = kept.turns.findIndex(({ atMs }) => atMs > fromMs);
      return index < 0
        ? undefined
        : toStretch(
            kept.turns[index].after,
            target.workload.kind,
            kept.turns[index].atMs,
            kept.turns[index + 1]?.atMs ?? fromMs + NEXT_HORIZON_MS,
          );
    };
  }

  /** In `(fromMs, toMs)`, which is a day at most. */
  within(
    clock: PolicyClock,
    {
      fromMs,
      toMs,
      target,
    }: { fromMs: number; toMs: number; target: ScalingTarget },
  ): ScalingStretch[] {
    let kept = this.#kept.get(clock);
    if (!kept || fromMs < kept.fromMs || fromMs - kept.fromMs > KEPT_MS) {
      kept = { fromMs, turns: nextChanges(clock, fromMs, KEPT_HORIZON_MS) };
      this.#kept.set(clock, kept);
    }
    const turns = kept.turns.filter(({ atMs }) => fromMs < atMs && atMs < toMs);
    return turns.map((turn, index) =>
      toStretch(
        turn.after,
        target.workload.kind,
        turn.atMs,
        turns[index + 1]?.atMs ?? toMs,
      ),
    );
  }
}
