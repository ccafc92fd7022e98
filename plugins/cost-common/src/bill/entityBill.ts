import { Micros } from '@headroom/common';
import { BillBasis, BillRow } from './billReport';

/** What is asked of the bill of one entity. @public */
export interface EntityBillQuery {
  /** Default: `effective`. */
  basis?: BillBasis;
}

/** What an entity was billed in one currency. @public */
export interface EntityBillOfCurrency {
  currency: string;
  /** In the days of the newest month. */
  amount: Micros;
  /**
   * The month before, in as many of its first days; absent where it was not billed
   * for all of them.
   */
  previous?: { start: string; end: string; amount: Micros };
  /** Every day that was charged of the newest month, in order. */
  days: Array<{ day: string; amount: Micros }>;
  /** First days of billing periods, the newest first, each with all that is on it. */
  months: Array<{ period: string; amount: Micros }>;
  /** Charges of the newest month by resource of the provider, the largest first. */
  resources: Array<BillRow & { service: string; region: string }>;
}

/**
 * Answer of `GET /v1/services/:kind/:namespace/:name/bill`: charges that are an
 * entity's own, by rule, by annotation or by tag; its part of nodes is not among them.
 *
 * @public
 */
export interface EntityBillReport {
  entityRef: string;
  basis: BillBasis;
  /** `no-bill` = none was read yet; `no-charges` = none of the charges is the entity's. */
  status: 'ok' | 'no-charges' | 'no-bill';
  /** First day of the newest billing period; absent without a bill. */
  period?: string;
  /** Days that the newest bill charges, UTC; the end is exclusive. */
  days?: { start: string; end: string };
  bills: EntityBillOfCurrency[];
  /** Bills are made up by the demo. */
  simulated: boolean;
}
