import { HOUR_MS } from '@headroom/common';
import { CostRule } from './costRule';
import { RuleReading } from './ruleReadings';

/**
 * Where a rule stands with a subject. Instants are ISO 8601 UTC, the beginnings of hours.
 *
 * @public
 */
export interface RuleState {
  /** It has held, and isn't over. */
  over: boolean;
  /** First hour of the hours in a row that made it so, the latest time it was. */
  since?: string;
  /** First hour of those in a row after which it was over, when it was. */
  easedSince?: string;
}

/** Something that people may be told. @public */
export interface RuleStep {
  kind: 'began' | 'ended';
  /** The hour that made it so. */
  at: string;
  /** First of the hours in a row. */
  since: string;
}

/** What hours made of a state. @public */
export interface RuleFold {
  state: RuleState;
  steps: RuleStep[];
}

/** What a value has to be on the good side of the threshold by, as a part of it, before it is over. */
const MARGIN = 0.05;

/** What hours are judged by. @public */
export type JudgedRule = Pick<
  CostRule,
  'measure' | 'side' | 'threshold' | 'holdHours' | 'floorMicros'
>;

/**
 * Takes hours in a row and says where a rule stands after them. It begins when a value
 * was beyond the threshold for `holdHours` in a row, and is over when it was clearly
 * back for as many, or there was nothing to measure. An hour between the two, such as of
 * a value that flutters about the threshold, changes nothing. Neither does one that is
 * unknown: nothing begins or ends with it, and hours on its two sides are not in a row.
 * Depends on nothing but its arguments.
 *
 * @param first - beginning of the first hour
 * @param from - the state before it
 * @public
 */
export function foldRule(
  rule: JudgedRule,
  readings: readonly RuleReading[],
  first: Date,
  from: RuleState = { over: false },
): RuleFold {
  const steps: RuleStep[] = [];
  let state = from;
  let inRow = 0;
  readings.forEach((reading, i) => {
    const moves = state.over ? isBack(rule, reading) : isBeyond(rule, reading);
    inRow = moves ? inRow + 1 : 0;
    if (inRow < rule.holdHours || !moves) {
      return;
    }
    const since = hourAt(first, i - inRow + 1);
    const at = hourAt(first, i);
    inRow = 0;
    if (state.over) {
      steps.push({ kind: 'ended', at, since });
      state = { ...state, over: false, easedSince: since };
    } else {
      steps.push({ kind: 'began', at, since });
      state = { over: true, since };
    }
  });
  return { state, steps };
}

/**
 * The state before an hour, from one after it: so that hours that came late or were
 * restated count when they are folded again.
 *
 * @public
 */
export function ruleStateBefore(state: RuleState, first: Date): RuleState {
  const { since, easedSince } = state;
  const at = first.toISOString();
  const wasOver =
    since !== undefined &&
    since < at &&
    (easedSince === undefined || easedSince >= at);
  return wasOver ? { over: true, since } : { over: false };
}

function isBeyond(rule: JudgedRule, reading: RuleReading): boolean {
  if (reading.is !== 'value' || reading.perDay < Number(rule.floorMicros)) {
    return false;
  }
  return rule.side === 'above'
    ? reading.value > rule.threshold
    : reading.value < rule.threshold;
}

function isBack(rule: JudgedRule, reading: RuleReading): boolean {
  const { side, threshold, floorMicros } = rule;
  if (reading.is !== 'value') {
    return reading.is === 'nothing';
  }
  if (reading.perDay < Number(floorMicros) * (1 - MARGIN)) {
    return true;
  }
  return side === 'above'
    ? reading.value <= threshold * (1 - MARGIN)
    : reading.value >= Math.min(threshold * (1 + MARGIN), mostOf(rule));
}

/** No part is more than all of it. */
function mostOf({ measure, threshold }: JudgedRule): number {
  return measure === 'hourly-spend' || measure === 'daily-cost'
    ? Infinity
    : Math.max(threshold, 100);
}

function hourAt(first: Date, index: number): string {
  return new Date(first.getTime() + index * HOUR_MS).toISOString();
}
