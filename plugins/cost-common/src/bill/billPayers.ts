import { Micros } from '@headroom/common';
import { BillBasis, BillQuery } from './billReport';

/** What those who pay for a bill can be put in the order of. @public */
export const BILL_PAYER_SORTS = [
  'service',
  'estimated',
  'machines',
  'direct',
  'paid',
] as const;

/** @public */
export type BillPayerSort = (typeof BILL_PAYER_SORTS)[number];

/** Which of those who pay for a bill are asked for. @public */
export interface BillPayersQuery extends Pick<BillQuery, 'month' | 'basis'> {
  /** ISO 4217; default: the first of the bill. */
  currency?: string;
  /** Text in the title or the reference. */
  q?: string;
  /** Default: `paid`. */
  sort?: BillPayerSort;
  /** Default: `asc` of services, else `desc`. */
  order?: 'asc' | 'desc';
  /** Rows before the page; default 0. */
  offset?: number;
  /** Rows of the page, up to 1,000; default 100. */
  limit?: number;
}

/** What a service pays. @public */
export interface BillPayer {
  entityRef: string;
  title?: string;
  /** Of machines of clusters, at what they were billed. */
  machines: Micros;
  /** The same at estimated prices, over the days that are billed; absent without a rate of exchange. */
  estimated?: Micros;
  /** Charges that are its own, by rule or by tag. */
  direct: Micros;
}

/** Answer of `GET /v1/bill/payers`. @public */
export interface BillPayers {
  /** First day of the billing period. */
  period: string;
  basis: BillBasis;
  currency: string;
  /** One page of them. */
  payers: BillPayer[];
  /** On all pages. */
  totalRows: number;
}
