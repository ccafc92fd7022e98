import { Micros, Said } from '@headroom/common';
import { MonthlyRange } from '../estimates/costEstimate';

/**
 * What a guardrail says of a change, the least severe first. `unknown`: what is known
 * is fine, and the rest isn't known.
 *
 * @public
 */
export const GUARD_VERDICTS = ['ok', 'unknown', 'warn', 'deny'] as const;

/** @public */
export type GuardVerdict = (typeof GUARD_VERDICTS)[number];

/** What is left of the budget that a change falls under. Money in the currency of the report. @public */
export interface GuardBudget {
  id: string;
  /** Its title, else what it is for. */
  title: string;
  /** First day of the period, `YYYY-MM-DD`. */
  start: string;
  /** Day after its last one. */
  end: string;
  limit: Micros;
  spent: Micros;
  /** By the end of the period at the current rate; absent = there is no forecast. */
  forecast?: Micros;
  /** Limit − forecast, or − spent where there is none; negative = it is overspent. */
  left: Micros;
  /** Days of it, what it carries over, or other budgets are not known: less may be left. */
  atMost: boolean;
  /** Months that a period lasts. */
  months: number;
}

/** How one rule of the policy went. @public */
export interface GuardRuleResult {
  tier: 'warn' | 'deny';
  rule: 'increase' | 'percent' | 'budget';
  state: 'held' | 'broken' | 'undecided' | 'skipped';
  said: Said;
}

/** Somebody lets a change pass that is denied. @public */
export interface GuardOverride {
  person: string;
  reason: string;
  /** ISO 8601 UTC; from then on it counts no more. */
  until: string;
}

/** A side of a row, see {@link GuardReportRow}. @public */
export interface GuardReportSide {
  /** Of what has a price; the least that it costs with anything in `unknown`. */
  monthly: MonthlyRange;
  unknown: Said[];
  /** How its pods are counted. */
  scaling?: Said;
  /** Why volumes of pods that a change takes away are in it. */
  kept?: Said;
}

/** What something costs before and after a change. @public */
export interface GuardReportRow {
  name: string;
  status: 'added' | 'removed' | 'changed' | 'same';
  before?: GuardReportSide;
  after?: GuardReportSide;
  /** After − before at one load, of what has a price; absent = nothing is known of before. */
  difference?: MonthlyRange;
}

/**
 * What a change costs a month and what the policy says of it. Money in micros of
 * `currency`, from the fewest replicas to the most; a difference from the least that it
 * may be to the most.
 *
 * @public
 */
export interface GuardReport {
  verdict: GuardVerdict;
  source: 'manifests' | 'infracost';
  /** Absent = nothing could be priced, see `outage`. */
  currency?: string;
  /** Which end of the differences was judged: `fewest` = the least, `most` = the most. */
  judged: 'fewest' | 'most';
  /** Absent = not known. `complete: false` = it is that much at least. */
  before?: { monthly: MonthlyRange; complete: boolean };
  after?: { monthly: MonthlyRange; complete: boolean };
  /**
   * Absent = not known. `complete: false` = something of it isn't known; with
   * `atLeast` that can make it greater only.
   */
  difference?: { monthly: MonthlyRange; complete: boolean; atLeast: boolean };
  rows: GuardReportRow[];
  unknown: Array<{ name?: string; side: 'before' | 'after'; said: Said }>;
  unknownCount: number;
  rules: GuardRuleResult[];
  /** The one with least room; absent = none, or not known. */
  budget?: GuardBudget;
  /** Why what is left of the budget isn't known. */
  budgetUnknown?: Said;
  /** What would be the verdict without it is `overridden`. */
  override?: GuardOverride & { said: Said; counts: boolean };
  overridden?: GuardVerdict;
  /** Why nothing could be priced. */
  outage?: Said;
  /** Whom to ask when it is too much. */
  ask?: string;
  remarks: Said[];
  /** False = the change is fine and small: an older comment is brought up to date, and none is begun. */
  commentDue: boolean;
}
