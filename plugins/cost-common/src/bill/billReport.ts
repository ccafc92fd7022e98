import { Micros } from '@headroom/common';
import { ChargeCategory } from './charge';

/** What a bill is looked at by. @public */
export const BILL_DIMENSIONS = [
  'service',
  'category',
  'provider',
  'account',
  'region',
  'resource',
  'day',
] as const;

/** @public */
export type BillDimension = (typeof BILL_DIMENSIONS)[number];

/**
 * Which of the amounts of a bill: `billed` sums to the invoice, `effective` has
 * what was paid in advance where it was used.
 *
 * @public
 */
export const BILL_BASES = ['billed', 'effective'] as const;

/** @public */
export type BillBasis = (typeof BILL_BASES)[number];

/** What a bill is asked for. @public */
export interface BillQuery {
  /** `YYYY-MM`; default: the newest there is. */
  month?: string;
  /** Default: `effective`. */
  basis?: BillBasis;
  /** Default: `service`. */
  groupBy?: BillDimension;
}

/** @public */
export interface BillRow {
  /** Value of the dimension; empty where the provider says none. */
  key: string;
  amount: Micros;
  /** At list prices; commitments that were bought are not on it again. */
  list: Micros;
  charges: number;
}

/** Machines of one kind of a cluster. @public */
export interface BillMachinesRow {
  cluster: string;
  region: string;
  capacityType: string;
  amount: Micros;
  /** What they were estimated to cost, over the days that are billed, in the currency of the bill; absent without a rate of exchange. */
  estimated?: Micros;
}

/** That a provider restated a month after it was over. @public */
export interface BillRestatement {
  source: string;
  /** When it was read, ISO 8601 UTC. */
  at: string;
  /** By how much the month is more since; negative = less. */
  change: Micros;
}

/** A month's bill in one currency. @public */
export interface BillOfCurrency {
  currency: string;
  /** In the basis that was asked for. */
  total: Micros;
  /** What the invoice comes to. */
  invoice: Micros;
  /** At list prices, without commitments that were bought: what they cover is on it. */
  list: Micros;
  charges: number;
  /** Corrections of earlier months, part of the total. */
  corrections: Micros;
  /** The newest first, and not more than twenty; `total` has them. */
  restatements: BillRestatement[];
  categories: Array<{ category: ChargeCategory; amount: Micros }>;
  /** In the order of their amounts; they sum to `total` with `others`. */
  rows: BillRow[];
  /** What rows beyond the largest sum to; absent = there are none. */
  others?: { amount: Micros; rows: number };
  /** Services, nobody's capacity and what is not allocated sum to `total`. */
  allocated: {
    /** Machines of clusters. */
    machines: Micros;
    /** Part of `machines`: capacity that nobody used and workloads of no service. */
    idle: Micros;
    /** Charges that are a service's own. */
    direct: Micros;
    notAllocated: Micros;
  };
  machines: BillMachinesRow[];
  /** How many services pay for it; {@link BillPayers} has them. */
  payers: number;
}

/** A part of a bill as it was delivered. @public */
export interface BillDeliveryState {
  source: string;
  name: string;
  charges: number;
  /** ISO 8601 UTC; absent = it could never be read. */
  importedAt?: string;
  /** Why its last version can't be read; what it was before counts. */
  problem?: string;
}

/** What a source says of itself, in a whole sentence: what is not final, what asking costs. @public */
export interface BillRemark {
  source: string;
  message: string;
}

/** Answer of `GET /v1/bill`. @public */
export interface BillReport {
  /** First days of the billing periods there are, the newest first. */
  periods: string[];
  /** The one it is about; absent = there is no bill. */
  period?: string;
  /** Days that are charged, UTC; the end is exclusive. */
  days?: { start: string; end: string };
  basis: BillBasis;
  groupBy: BillDimension;
  /**
   * It was found out who pays for machines since a bill was imported last; until then they
   * are split as they were before, and those that are new are not allocated.
   */
  isSplit: boolean;
  bills: BillOfCurrency[];
  deliveries: BillDeliveryState[];
  remarks: BillRemark[];
  /** First days of the periods that were restated in the last 31 days, the newest first. */
  restated: string[];
  /** Bills are made up by the demo. */
  simulated: boolean;
}
