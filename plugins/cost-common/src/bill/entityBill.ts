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
  /**
   * First day of the newest billing period with charges in this currency that all bills
   * have come to which charge the entity.
   */
  period: string;
  /** After the last day that is charged of it, UTC. */
  end: string;
  /** All that is charged of the period so far, the last days in part. */
  amount: Micros;
  /**
   * The days that are charged as a whole, the newest never is, and as many first days of
   * the month before; absent where there are none, or it was not billed for all of them.
   * Ends are exclusive.
   */
  compared?: {
    current: { start: string; end: string; amount: Micros };
    previous: { start: string; end: string; amount: Micros };
  };
  /** Every day that was charged of the period, in order; of a partial one not all bills may have come yet. */
  days: Array<{ day: string; amount: Micros; partial: boolean }>;
  /** First days of billing periods, the newest first, each with all that is on it. */
  months: Array<{ period: string; amount: Micros }>;
  /** Charges of the period by resource of the provider, the largest first. */
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
  /** One for each currency. */
  bills: EntityBillOfCurrency[];
  /** Bills are made up by the demo. */
  simulated: boolean;
}
