import { Decimal } from './Decimal';

/** What a charge is for, as FOCUS has it. @public */
export const CHARGE_CATEGORIES = [
  'Usage',
  'Purchase',
  'Tax',
  'Credit',
  'Adjustment',
] as const;

/** @public */
export type ChargeCategory = (typeof CHARGE_CATEGORIES)[number];

/** How often a charge comes; `''` when the export does not say. @public */
export const CHARGE_FREQUENCIES = [
  'One-Time',
  'Recurring',
  'Usage-Based',
] as const;

/** @public */
export type ChargeFrequency = (typeof CHARGE_FREQUENCIES)[number] | '';

/**
 * What charges of a bill are told apart by, beside their day. A text is empty
 * where the provider says nothing: that is no value of its own.
 *
 * @public
 */
export interface BillItem {
  /** First day of the billing period, `YYYY-MM-DD`: the invoice it is on. */
  period: string;
  /** ISO 4217, or a virtual currency of the provider. */
  currency: string;
  /** Who sells the service, e.g. `AWS`. */
  provider: string;
  billingAccount: string;
  subAccount: string;
  /** The provider's service, e.g. `Amazon Elastic Compute Cloud`. */
  service: string;
  serviceCategory: string;
  region: string;
  /** As the provider names it: an instance, a volume, an ARN. */
  resourceId: string;
  category: ChargeCategory;
  /** It mends a charge of a period that was invoiced before. */
  correction: boolean;
  frequency: ChargeFrequency;
  /** `Standard`, `Committed`, `Dynamic` (spot) or `Other`. */
  pricing: string;
  /** Whether a commitment was used by it, or paid and not used. */
  commitment: '' | 'Used' | 'Unused';
  commitmentId: string;
  /** Only the tags that were asked for. */
  tags: Readonly<Record<string, string>>;
}

/**
 * What a charge costs. `billed` is what the invoice sums, `effective` has
 * purchases spread over what they cover; they are never added to each other.
 *
 * @public
 */
export interface BillAmounts<TAmount> {
  billed: TAmount;
  effective: TAmount;
  list: TAmount;
  contracted: TAmount;
}

/** The names of the amounts. @public */
export const BILL_AMOUNTS = [
  'billed',
  'effective',
  'list',
  'contracted',
] as const satisfies ReadonlyArray<keyof BillAmounts<unknown>>;

/** One row of a bill. @public */
export interface BillCharge {
  item: BillItem;
  /** UTC day its charge period begins, `YYYY-MM-DD`. */
  day: string;
  amounts: BillAmounts<Decimal>;
}
