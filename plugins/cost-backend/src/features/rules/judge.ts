import { HOUR_MS } from '@headroom/common';
import {
  CostRule,
  foldRule,
  RuleEnd,
  RuleFold,
  ruleFingerprint,
  RuleHour,
  RuleOccurrence,
  RuleReading,
  RuleState,
  ruleReadings,
  ruleStateBefore,
  RULE_DAY_HOURS,
} from '@headroom/plugin-cost-common';
import { StoredRuleState } from '../../database/rules/RuleStore';
import { RuleSubject } from './subjects';

/** Closed hours that may still be on their way: without them one looks at those before. */
const LAG_HOURS = 3;

/** What was told to be over is no news again for as long: it may come and go with the day. */
const COOL_DOWN_MS = 24 * HOUR_MS;

/** What a rule made of the hours of a subject. */
export interface Judgement {
  /** To be stored; absent = there is nothing to keep. */
  stored?: StoredRuleState;
  event?: RuleOccurrence;
  /** Place of the last hour that was looked at. */
  last: number;
  /** Nothing can be said of the subject. */
  isUnknown: boolean;
}

/**
 * Judges the hours of a subject by a rule, from those that may have been restated on:
 * what people were told is compared with what is. Pure.
 *
 * @param from - beginning of the first hour
 * @param now - ISO 8601 UTC
 */
export function judge(options: {
  rule: CostRule;
  subject: RuleSubject;
  from: Date;
  before?: StoredRuleState;
  now: string;
}): Judgement {
  const { rule, subject, from, before, now } = options;
  const hours = withoutLag(subject.hours);
  const all = ruleReadings(rule, hours, subject.dayShare);
  const skipped = RULE_DAY_HOURS - 1;
  const readings = all.slice(skipped);
  const first = new Date(from.getTime() + skipped * HOUR_MS);
  const last = hours.length - 1;
  const isUnknown = readings[readings.length - 1]?.is === 'unknown';
  const fingerprint = ruleFingerprint(rule);
  const isSame = before?.fingerprint === fingerprint;
  const fold = foldRule(
    rule,
    readings,
    first,
    isSame ? ruleStateBefore(before.state, first) : undefined,
  );
  const told = before?.told ?? false;
  if (
    told &&
    !fold.state.over &&
    !isKnownToEnd(rule, fold, readings, { before, first })
  ) {
    // What isn't known ends nothing.
    const { unseenSince, ...seen } = before!;
    return {
      stored: { ...seen, isUnknown: true },
      last,
      isUnknown: true,
    };
  }
  const { over } = fold.state;
  const endedAt = isSame ? coolingFrom(before, now) : undefined;
  const isNews = over !== told && !(over && endedAt !== undefined);
  const event = !isNews
    ? undefined
    : toEvent(options, fold, readings, {
        first,
        now,
        without: isSame ? 'restated' : 'changed',
        ofBudget: isSame && wouldBeOver(options, hours, first),
      });
  // What never was, and what another rule or budget said, did not end.
  const ended =
    event?.end === 'back' || event?.end === 'nothing' ? now : endedAt;
  return {
    ...((isKept(fold.state, first) || ended !== undefined) && {
      stored: {
        ruleId: rule.id,
        subject: subject.scope,
        title: subject.title,
        fingerprint,
        state: fold.state,
        told: isNews ? over : told,
        isUnknown,
        ...shown(readings),
        ...sharedBy(rule, subject),
        ...(ended !== undefined && { endedAt: ended }),
      },
    }),
    ...(event && { event }),
    last,
    isUnknown: isUnknown && matters(rule, all),
  };
}

function coolingFrom(
  before: StoredRuleState | undefined,
  now: string,
): string | undefined {
  const endedAt = before?.endedAt;
  return endedAt !== undefined &&
    Date.parse(now) - Date.parse(endedAt) < COOL_DOWN_MS
    ? endedAt
    : undefined;
}

/** Hours that aren't read yet are not unknown for some time. */
function withoutLag(
  hours: ReadonlyArray<RuleHour | undefined>,
): ReadonlyArray<RuleHour | undefined> {
  let end = hours.length;
  while (
    end > 0 &&
    hours.length - end < LAG_HOURS &&
    hours[end - 1] === undefined
  ) {
    end -= 1;
  }
  return hours[end - 1] === undefined ? hours : hours.slice(0, end);
}

/** It ended by hours that are known, or as many say otherwise as it takes. */
function isKnownToEnd(
  { holdHours }: CostRule,
  { steps }: RuleFold,
  readings: readonly RuleReading[],
  { before, first }: { before: StoredRuleState | undefined; first: Date },
): boolean {
  const since = before?.state.since ?? first.toISOString();
  const place = Math.max(0, (Date.parse(since) - first.getTime()) / HOUR_MS);
  const isKnown = (from: number, to?: number) =>
    readings.slice(from, to).every(({ is }) => is !== 'unknown');
  return (
    steps.some(({ kind }) => kind === 'ended') ||
    isKnown(place, place + holdHours) ||
    isKnown(-holdHours)
  );
}

/** While it may have to be folded again from there. */
function isKept({ over, easedSince }: RuleState, first: Date): boolean {
  return (
    over || (easedSince !== undefined && easedSince >= first.toISOString())
  );
}

function shown(
  readings: readonly RuleReading[],
): Pick<StoredRuleState, 'value' | 'perDay'> {
  const known = readings.findLast(reading => reading.is !== 'unknown');
  return known?.is === 'value'
    ? { value: known.value, perDay: Math.round(known.perDay) }
    : {};
}

/** What the value stands for, where that is no matter of the rule. */
function sharedBy(
  { measure }: CostRule,
  { dayShare }: RuleSubject,
): Pick<StoredRuleState, 'dayShare'> {
  return measure === 'daily-cost' && dayShare
    ? {
        dayShare: {
          micros: dayShare.micros.toString(),
          withIdle: dayShare.withIdle,
        },
      }
    : {};
}

/** By what the budget left of a day before it was another one, the same hours are over it. */
function wouldBeOver(
  {
    rule,
    subject,
    before,
  }: { rule: CostRule; subject: RuleSubject; before?: StoredRuleState },
  hours: ReadonlyArray<RuleHour | undefined>,
  first: Date,
): boolean {
  const then = before?.dayShare;
  const isOther =
    then?.micros !== subject.dayShare?.micros.toString() ||
    then?.withIdle !== subject.dayShare?.withIdle;
  if (!before || !then || !isOther) {
    return false;
  }
  const readings = ruleReadings(rule, hours, {
    ...then,
    micros: BigInt(then.micros),
  }).slice(RULE_DAY_HOURS - 1);
  const { state } = before;
  return foldRule(rule, readings, first, ruleStateBefore(state, first)).state
    .over;
}

function toEvent(
  { rule, subject }: { rule: CostRule; subject: RuleSubject },
  { state, steps }: RuleFold,
  readings: readonly RuleReading[],
  {
    first,
    now,
    without,
    ofBudget,
  }: { first: Date; now: string; without: RuleEnd; ofBudget: boolean },
): RuleOccurrence {
  const { id, measure, side, threshold, severity, notify } = rule;
  const base = {
    at: now,
    rule: { id, measure, side, threshold, severity, notify },
    subject: subject.scope,
    title: subject.title,
    ...shown(readings),
  };
  if (state.over) {
    return { ...base, kind: 'began', since: state.since };
  }
  if (ofBudget) {
    return { ...base, kind: 'ended', end: 'budget' };
  }
  const step = steps.findLast(({ kind }) => kind === 'ended');
  return {
    ...base,
    kind: 'ended',
    ...(step && { since: step.since }),
    end: step ? endOf(step.at, readings, first) : without,
  };
}

function endOf(
  at: string,
  readings: readonly RuleReading[],
  first: Date,
): RuleEnd {
  const place = (Date.parse(at) - first.getTime()) / HOUR_MS;
  return readings[place].is === 'nothing' ? 'nothing' : 'back';
}

/** What has nothing to measure, or costs too little, is not missed. */
function matters(rule: CostRule, all: readonly RuleReading[]): boolean {
  const known = all.findLast(reading => reading.is !== 'unknown');
  return (
    known === undefined ||
    (known.is === 'value' && known.perDay >= Number(rule.floorMicros))
  );
}
