import { HOUR_MS } from '@headroom/common';
import { createTargetFilter } from '../policies/matchesFilter';
import { Policy, PolicyOverride } from '../policies/Policy';
import { ScalingTarget } from '../targets/ScalingTarget';
import { Calendars, Occurrences, occurrencesOf } from './occurrencesOf';
import { WantedState } from './types';
import { decideWanted } from './decideWanted';

/** What a policy is read with. @public */
export interface PolicyContext {
  /** Calendars of holidays by their id; one that isn't known has no days. */
  calendars?: Calendars;
  /** Whether the kill switch is on: then nothing is wanted, of anything. */
  killSwitch?: boolean;
}

/** A lead is never longer than a day. */
const LONGEST_LEAD_MS = 24 * HOUR_MS;

/**
 * What one policy wants, and when: a function of the policy and the instant alone
 * (S1), in whatever order it is asked. What is read of the schedules is kept for the
 * hour around, so that asking for many workloads is cheap.
 *
 * @public
 */
export class PolicyClock {
  readonly #policy: Policy;
  readonly #context: PolicyContext;
  readonly #exclusions: ReadonlyArray<{
    matches: (target: ScalingTarget) => boolean;
    exclusion: Policy['exclusions'][number];
    untilMs: number;
  }>;
  readonly #overrides: ReadonlyArray<{
    matches: (target: ScalingTarget) => boolean;
    override: PolicyOverride;
    fromMs: number;
    untilMs: number;
  }>;
  #kept?: { fromMs: number; toMs: number; leadMs: number; found: Occurrences };

  static create(policy: Policy, context: PolicyContext = {}): PolicyClock {
    return new PolicyClock(policy, context);
  }

  private constructor(policy: Policy, context: PolicyContext) {
    this.#policy = policy;
    this.#context = context;
    this.#exclusions = policy.exclusions.map(exclusion => ({
      exclusion,
      matches: createTargetFilter(exclusion.targets),
      untilMs: exclusion.until ? Date.parse(exclusion.until) : Infinity,
    }));
    this.#overrides = policy.overrides.map(override => ({
      override,
      matches: createTargetFilter(override.targets ?? {}),
      fromMs: Date.parse(override.from),
      untilMs: Date.parse(override.until),
    }));
  }

  get policy(): Policy {
    return this.#policy;
  }

  /**
   * What is wanted at an instant.
   *
   * @param target - without one, exclusions and overrides of some workloads alone
   * and a measured lead are left out
   */
  stateAt(atMs: number, target?: ScalingTarget): WantedState {
    const leadMs = this.leadMs(target);
    return decideWanted({
      atMs,
      policy: this.#policy,
      killSwitch: this.#context.killSwitch ?? false,
      exclusion: this.#exclusions.find(
        ({ matches, untilMs, exclusion }) =>
          atMs < untilMs &&
          (target ? matches(target) : saysNothing(exclusion.targets)),
      )?.exclusion,
      overrides: this.#overrides
        .filter(
          ({ matches, fromMs, untilMs, override }) =>
            fromMs <= atMs &&
            atMs < untilMs &&
            (target ? matches(target) : saysNothing(override.targets)),
        )
        .map(({ override }) => override),
      occurrences: this.#occurrences(atMs, leadMs),
      leadMs,
    });
  }

  /**
   * Instants in `(fromMs, toMs)`, in order, at which something may be wanted that
   * wasn't before.
   */
  edges(fromMs: number, toMs: number, target?: ScalingTarget): number[] {
    const { occurrences } = occurrencesOf(
      this.#policy,
      { fromMs, toMs, leadMs: this.leadMs(target) },
      this.#context.calendars,
    );
    const edges = new Set<number>();
    const aheadMs = this.leadMs(target);
    for (const { startMs, endMs, leadMs } of occurrences) {
      edges
        .add(startMs - leadMs)
        .add(startMs)
        .add(endMs - aheadMs)
        .add(endMs);
    }
    for (const { fromMs: startMs, untilMs } of this.#overrides) {
      edges.add(startMs).add(untilMs);
    }
    for (const { untilMs } of this.#exclusions) {
      edges.add(untilMs);
    }
    return [...edges]
      .filter(edge => edge > fromMs && edge < toMs)
      .sort((a, b) => a - b);
  }

  /** How much earlier capacity is wanted, in milliseconds; 0 where it isn't known. */
  leadMs(target?: ScalingTarget): number {
    const { lead } = this.#policy;
    const seconds =
      lead.type === 'fixed'
        ? lead.seconds
        : (lead.type === 'measured' && target?.startUpSeconds) || 0;
    return Math.min(Math.ceil(seconds) * 1000, LONGEST_LEAD_MS);
  }

  #occurrences(atMs: number, leadMs: number): Occurrences['occurrences'] {
    const kept = this.#kept;
    if (
      !kept ||
      kept.leadMs < leadMs ||
      atMs < kept.fromMs ||
      atMs >= kept.toMs
    ) {
      const fromMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
      const toMs = fromMs + HOUR_MS;
      this.#kept = {
        fromMs,
        toMs,
        leadMs,
        found: occurrencesOf(
          this.#policy,
          { fromMs, toMs, leadMs },
          this.#context.calendars,
        ),
      };
    }
    const { found } = this.#kept!;
    return this.#kept!.leadMs === leadMs
      ? found.occurrences
      : found.occurrences.map(occurrence => ({
          ...occurrence,
          leadMs: Math.min(occurrence.leadMs, leadMs),
        }));
  }
}

/** Whether it is for all workloads alike. */
function saysNothing(filter: object | undefined): boolean {
  return Object.values(filter ?? {}).every(value => value === undefined);
}
