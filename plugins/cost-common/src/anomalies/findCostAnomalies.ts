import {
  AnomalyIncident,
  AnomalyScore,
  AnomalyScorer,
  DAY_MS,
  ExpectedSpan,
  IncidentTracker,
} from '@headroom/common';
import { OpenAnomaly } from './OpenAnomaly';
import { times, UsualCost } from './UsualCost';

/** What one calendar day cost. @public */
export interface AnomalyDay {
  /** `YYYY-MM-DD`. */
  day: string;
  micros: bigint;
  /** The day is over and all its hours are in; others are not judged. */
  complete: boolean;
}

/** All of these must hold of a day, and that it is odd for its series. @public */
export interface AnomalyRule {
  /** Micros beyond what was expected of the day, at least. */
  floorMicros: bigint;
  /** The same in percent of what was expected. */
  percent: number;
  /**
   * Micros that a day may cost of what is too new to be expected anything of; absent = it
   * isn't new, only not known for long, and is not judged until it is.
   */
  newFloorMicros?: bigint;
}

/** Days somebody said would be dear; `until` is the day after the last one. @public */
export interface ExpectedDays {
  from: string;
  until: string;
}

/** Days that cost more than they should have, as one thing. @public */
export interface CostAnomaly {
  /** First and last odd day. */
  firstDay: string;
  lastDay: string;
  /**
   * Why it has ended; absent = it has not. `over` = complete days that could have shown it
   * did not, `level` = cost stayed up for longer than a week.
   */
  end?: 'over' | 'level';
  /** Complete days from first to last. */
  days: number;
  /** What these cost, and what the same weekdays cost before. */
  actual: bigint;
  expected: bigint;
  /** The oddest day's, from 1. */
  score: number;
  /** Too little was known to expect anything: it is here for the amount alone. */
  isNew: boolean;
}

/** What was told stays an incident down to this part of the rule: nothing ends by the correction of a day. */
const STILL_SHARE = 0.6;
const WEEK = 7;

/**
 * Days that cost too much, oldest first, from a history of days in ascending order. A
 * day counts when it is complete, odd for its series (`AnomalyScorer`), and beyond
 * what was expected by the floor and the percentage. Of what is new, for two weeks, it counts
 * by an amount alone. What was expected is the median of the same weekday
 * in the four weeks before it began. An incident goes on while cost stays that far up, for
 * a week; what stays for longer is the new level, and no second incident: what follows is
 * measured from there.
 *
 * Depends on the history and on what was told only: after a restatement it says what it
 * would have said.
 *
 * @param told - first days of anomalies that people were told of. Such a day stays one as
 * long as it is up by six tenths of the rule, and no other begins in the week before it: as
 * days leave the history, or are corrected, nothing is told again.
 * @public
 */
export function findCostAnomalies(
  history: readonly AnomalyDay[],
  rule: AnomalyRule,
  expectedDays: readonly ExpectedDays[] = [],
  told: readonly string[] = [],
): CostAnomaly[] {
  const wasTold = new Set(told.map(instantOf));
  const scorer = AnomalyScorer.create();
  const tracker = IncidentTracker.create({ expected: spansOf(expectedDays) });
  const usual = UsualCost.create();
  const found: CostAnomaly[] = [];
  let open: OpenAnomaly | undefined;
  for (const { day, micros, complete } of history) {
    const at = instantOf(day);
    const scored = scorer.push({ at, value: complete ? Number(micros) : NaN });
    if (!complete) {
      continue;
    }
    const isNew = scored.status === 'warming-up';
    const expected = usual.of(at, open?.start);
    const isKept = wasTold.has(at) && !open;
    const isUp = isNew
      ? rule.newFloorMicros !== undefined && micros >= rule.newFloorMicros
      : isBeyond(micros, expected, isKept ? keptBy(rule) : rule);
    const goesOn = open !== undefined && !open.isLevel(at);
    const isOdd =
      isUp &&
      (isNew ||
        goesOn ||
        isKept ||
        (isOddByScore(scored) && (open || !isBefore(at, wasTold)))) &&
      (!open?.isLevel(at) || isBeyondLevel(micros, expected, open, rule));
    const known = { at, micros, expected };
    const says = isOdd || !open || open.quiet(known, isUp);
    const change = tracker.push({
      ...scored,
      score: isOdd ? Math.max(1, scored.score) : 0,
      status: says ? 'scored' : 'unknown',
    });
    if (change?.change === 'opened') {
      open = OpenAnomaly.begin(at, { isNew, floorMicros: rule.floorMicros });
    }
    if (isOdd && open && change && change.change !== 'closed') {
      open.odd(known);
    }
    usual.learn(at, micros);
    if (open && change?.change === 'closed') {
      const end = open.staysUp ? 'level' : 'over';
      found.push({ ...anomalyOf(open, change.incident), end });
      if (end === 'level') {
        usual.moveTo(open.start, open.share);
      }
      open = undefined;
    }
  }
  if (open && tracker.open) {
    found.push(anomalyOf(open, tracker.open));
  }
  return found;
}

/** What the first day of an incident has to be beyond, after people were told of it. */
function keptBy({ floorMicros, percent }: AnomalyRule): AnomalyRule {
  return {
    floorMicros: times(floorMicros, STILL_SHARE),
    percent: percent * STILL_SHARE,
  };
}

/** People were told that it began a few days later: it has one beginning, the one they know. */
function isBefore(at: number, wasTold: ReadonlySet<number>): boolean {
  return Array.from({ length: WEEK }, (_, i) => i + 1).some(days =>
    wasTold.has(at + days * DAY_MS),
  );
}

function isOddByScore({ score, direction }: AnomalyScore): boolean {
  return score >= 1 && direction === 'up';
}

function isBeyond(
  micros: bigint,
  expected: bigint = 0n,
  { floorMicros, percent }: AnomalyRule,
): boolean {
  const excess = micros - expected;
  return (
    excess >= floorMicros && Number(excess) * 100 >= percent * Number(expected)
  );
}

/** Beyond the level that an incident has had for a week, and not only beyond what was before. */
function isBeyondLevel(
  micros: bigint,
  expected: bigint | undefined,
  { share, isNew }: OpenAnomaly,
  rule: AnomalyRule,
): boolean {
  return (
    isNew ||
    share === undefined ||
    isBeyond(micros, expected && times(expected, share), rule)
  );
}

function anomalyOf(
  open: OpenAnomaly,
  { until, peakScore }: AnomalyIncident,
): CostAnomaly {
  return {
    firstDay: dayOf(open.start),
    lastDay: dayOf(until),
    ...open.sums(),
    score: peakScore,
    isNew: open.isNew,
  };
}

function spansOf(days: readonly ExpectedDays[]): ExpectedSpan[] {
  return days.map(({ from, until }) => ({
    from: instantOf(from),
    until: instantOf(until),
  }));
}

function instantOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
