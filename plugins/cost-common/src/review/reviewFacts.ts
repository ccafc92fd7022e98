import { Micros } from '@headroom/common';
import { BudgetScope } from '../budgets/budgetScope';
import { Resource } from '../resources/resources';

/** What one resource cost in a week. @public */
export interface ReviewAmount {
  micros: bigint;
  /** What was paid for: core-, byte- or device-hours, or bytes, in whole units of any size. */
  quantity: bigint;
  /** The part of it that was used, in the same unit; absent = not known. */
  used?: bigint;
}

/** Units of a business metric in both weeks; an absent count is not known. @public */
export interface ReviewUnitFacts {
  metric: string;
  before?: number;
  after?: number;
}

/** Whose cost a row is. @public */
export type ReviewRowKind = 'service' | 'unallocated' | 'idle';

/** What a service, what belongs to none, or idle capacity cost in a week and in the week before. @public */
export interface ReviewRowFacts {
  kind: ReviewRowKind;
  /** Of a service. */
  entityRef?: string;
  title?: string;
  /** Owners as they were when the review was made. */
  ownerRefs: string[];
  /** Without what is in `oneOff`. */
  resources: Partial<
    Record<Resource, { before: ReviewAmount; after: ReviewAmount }>
  >;
  /** Jobs and single pods that ran in one of the two weeks only. */
  oneOff: { before: bigint; after: bigint };
  units: ReviewUnitFacts[];
  /** What each of the days of {@link ReviewHeader.days} cost, in their order. */
  days: bigint[];
  /** What advice nobody decided against would save a month; absent = it is not known of that time, or there is none. */
  savingPerMonth?: bigint;
}

/** How a budget stood when the review was made; money in micros of its currency. @public */
export interface ReviewBudget {
  id: string;
  title?: string;
  scope: BudgetScope;
  currency: string;
  /** The period, `end` exclusive. */
  start: string;
  end: string;
  /** First day of the period that something is carried over from; absent = from none. */
  carriedFrom?: string;
  limit: Micros;
  spent: Micros;
  /** By the end of the period; absent = there was no forecast. */
  forecast?: { total: Micros; low: Micros; high: Micros };
  /** Who is told of it first; absent = nobody is named. */
  ownerRef?: string;
}

/** Hours that were in, of those that the weeks have, over all clusters. @public */
export interface ReviewHours {
  complete: number;
  wanted: number;
}

/** What is kept of a review beside its rows. @public */
export interface ReviewHeader {
  /** The Monday it begins with, `YYYY-MM-DD`. */
  week: string;
  /** ISO 8601 UTC. */
  madeAt: string;
  timezone: string;
  /** ISO 4217; amounts are not converted. */
  currency: string;
  simulated: boolean;
  hours: { before: ReviewHours; after: ReviewHours };
  /** Days up to the end of the week that the forecast stands on. */
  days: Array<{ day: string; complete: boolean }>;
  /** Absent = the review was made too late to know how they stood then; so is the advice of its rows. */
  budgets?: ReviewBudget[];
}
