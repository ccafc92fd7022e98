import { Micros } from '@headroom/common';
import { ReviewMover, ReviewPart } from '../review/review';
import { ReviewRowFacts } from '../review/reviewFacts';
import {
  LevelContext,
  LevelJudgement,
  LevelTolerance,
  LevelVerdict,
} from '../serviceLevels/judgeLevels';
import { ServiceLevelFacts } from '../serviceLevels/serviceLevels';

/** What a service, what belongs to none, or idle capacity cost in both windows, and how it served. @public */
export interface CompletionRowFacts
  extends Omit<ReviewRowFacts, 'days' | 'savingPerMonth'> {
  levels?: { before?: ServiceLevelFacts; after?: ServiceLevelFacts };
}

/** A window that is compared. @public */
export interface CompletionWindow {
  start: string;
  /** Exclusive. */
  end: string;
  /** `YYYY-MM` of the baseline; absent = no whole month is known before now, so these are whole weeks. */
  month?: string;
  /** Days that count: all hours of them are in. */
  days: number;
  /** Days between start and end that don't. */
  leftOut: number;
  /** Of the days that count. */
  hours: number;
}

/** What is kept of a completion report beside its rows. @public */
export interface CompletionHeader {
  /** ISO 8601 UTC. */
  madeAt: string;
  timezone: string;
  /** ISO 4217; amounts are not converted. */
  currency: string;
  simulated: boolean;
  baseline: CompletionWindow;
  now: CompletionWindow;
  /** The month that configuration asks for, where it can't be the baseline. */
  monthMissing?: string;
  /** Which series there are of any service. */
  read: LevelContext['read'];
}

/** A service and whether it is as good as it was. @public */
export interface CompletionLevel extends LevelJudgement {
  entityRef: string;
  title?: string;
}

/** A row of what costs another amount, and of a service its verdict. @public */
export interface CompletionRow extends ReviewMover {
  verdict?: LevelVerdict;
}

/**
 * What everything costs now against a baseline, and whether it is as good as it was.
 * Money is in micros of `currency`; what the baseline cost is stated for as many hours as
 * now has, so that a month compares with four weeks.
 *
 * @public
 */
export interface CompletionReport extends Omit<CompletionHeader, 'read'> {
  /** The caller may see only part: figures are of that part. */
  restricted: boolean;
  spend: {
    /** Of the baseline, at the length of now. */
    before: Micros;
    after: Micros;
    change: Micros;
    /** Absent when nothing was paid before. */
    changeRatio?: number;
    /** A day of 24 hours, rounded to the micro. */
    beforePerDay: Micros;
    afterPerDay: Micros;
    /** They sum to the change. */
    parts: Record<ReviewPart, Micros>;
  };
  /** The largest changes first; they sum to the change. */
  rows: { services: CompletionRow[]; teams: CompletionRow[] };
  levels: {
    tolerance: LevelTolerance;
    read: LevelContext['read'];
    /** Services by their verdict. */
    counts: Record<LevelVerdict, number>;
    /** Broken ones first, then unknown ones that were asked anything, then those that held. */
    services: CompletionLevel[];
    /** Services that are not among them. */
    others: number;
  };
}
