import { Micros, PeriodProjection } from '@headroom/common';
import { AnomalyRow } from '../anomalies/anomalyReport';
import { BudgetOver } from './budgetOverrun';
import { ReviewBudget, ReviewHours } from './reviewFacts';

/**
 * Why a cost is another one than in the week before; the parts sum to the change.
 *
 * - `volume`: more or less was used, at the price of before
 * - `efficiency`: more or less was paid for each thing that was used
 * - `price`: the same quantity had another price
 * - `oneOff`: Jobs and single pods that ran in one of the two weeks only
 * - `unsplit`: quantity, use or price of either week is not known
 *
 * @public
 */
export const REVIEW_PARTS = [
  'volume',
  'efficiency',
  'price',
  'oneOff',
  'unsplit',
] as const;

/** @public */
export type ReviewPart = (typeof REVIEW_PARTS)[number];

/** What a row of movers is. @public */
export type ReviewMoverKind =
  | 'service'
  | 'team'
  /** Services that nobody owns. */
  | 'unowned'
  /** Workloads of no service. */
  | 'unallocated'
  | 'idle'
  /** The sum of those that changed less than all rows above. */
  | 'others';

/** A row of what moved. @public */
export interface ReviewMover {
  /** Unique in its table. */
  key: string;
  kind: ReviewMoverKind;
  entityRef?: string;
  title?: string;
  /** Of `others`: how many they are. */
  count?: number;
  after: Micros;
  /** Absent with `change` and `parts` where there is no week before to compare with. */
  before?: Micros;
  change?: Micros;
  parts?: Record<ReviewPart, Micros>;
}

/** What a unit cost in the week, and in the week before. @public */
export interface ReviewUnitCost {
  entityRef: string;
  title?: string;
  metric: string;
  /** Of the metric. */
  metricTitle: string;
  /** Units the price is for. */
  per: number;
  /** What the service cost in the week. */
  cost: Micros;
  /** Single units, not `per` of them. */
  quantity?: number;
  /** A decimal with 9 digits; absent with a reason when it can't be said. */
  unitCost?: string;
  previousUnitCost?: string;
  reason?: 'no-units' | 'below-minimum' | 'no-data';
}

/** What could be saved on a service, as advice stood when the review was made. @public */
export interface ReviewAdvice {
  /** Absent = workloads of no service. */
  entityRef?: string;
  title?: string;
  perMonth: Micros;
}

/** Something to do before the next review. @public */
export interface ReviewAction {
  /** The same in the next review as long as it is the same thing to do. */
  key: string;
  kind: 'budget' | 'anomaly' | 'advice';
  /** What it is about. */
  entityRef?: string;
  title?: string;
  /** The budget, where it is one. */
  budgetId?: string;
  /** Over the limit or forecast to be, too much so far, or to save a month. */
  amount: Micros;
  /** Which of both the amount of a budget is; of budgets alone. */
  over?: BudgetOver;
  currency: string;
  /** Who does it; absent = nobody owns it. */
  ownerRef?: string;
  /** Until when, `YYYY-MM-DD`. */
  due: string;
  /** It was an action of the week before, and is still to be done. */
  again: boolean;
}

/** Whether the week can be compared with the one before: `incomplete` = hours of either are missing, so that nothing is split; `none` = there is nothing of it. @public */
export type ReviewComparison = 'ok' | 'incomplete' | 'none';

/** How a closed week went. Money is in micros of `currency`, and of budgets in theirs. @public */
export interface Review {
  /** From Monday, `YYYY-MM-DD`, up to, not including, the next. */
  week: string;
  end: string;
  timezone: string;
  currency: string;
  madeAt: string;
  simulated: boolean;
  /** The caller may see only part: figures are of that part. */
  restricted: boolean;
  comparison: ReviewComparison;
  hours: { before: ReviewHours; after: ReviewHours };
  pace: {
    spend: Micros;
    before?: Micros;
    change?: Micros;
    /** Absent when the base is 0, unknown or incomplete. */
    changeRatio?: number;
    month: {
      start: string;
      end: string;
      toDate: Micros;
      /** Days of it up to the end of the week of which hours are missing. */
      incompleteDays: number;
      /** As it looked at the end of the week; absent = the month was over. */
      projection?: PeriodProjection;
    };
  };
  movers: { services: ReviewMover[]; teams: ReviewMover[] };
  /** Those with days in the week, as they stood when the review was made. */
  anomalies: AnomalyRow[];
  /** Those that save most first; absent = not known of that time. */
  advice?: { perMonth: Micros; services: number; top: ReviewAdvice[] };
  /** Over their limit, or forecast to be: the hundred that are furthest over; absent = not known of that time. */
  budgetRisks?: ReviewBudget[];
  /** How many there are of them in all. */
  budgetsAtRisk?: number;
  unitCosts: ReviewUnitCost[];
  /** At most three, those of the week before first. */
  actions: ReviewAction[];
  /** What the same week costs by what is known now; absent = its days are not kept any more. */
  restatement?: { spend: Micros; difference: Micros };
}

/** Weeks that have a review, the newest first, and when the next one is made at the earliest. @public */
export interface ReviewList {
  weeks: Array<{ week: string; madeAt: string }>;
  next: { week: string; from: string };
  timezone: string;
  /** Where an issue is opened: an address with `{title}` and `{body}` in its query; absent = nowhere. */
  newIssue?: string;
}

/** Which review is asked for. @public */
export interface ReviewQuery {
  /** Its Monday, `YYYY-MM-DD`; absent = the newest. */
  week?: string;
}
