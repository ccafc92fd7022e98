import {
  BILL_BASES,
  BillBasis,
  BillDimension,
} from '@headroom/plugin-cost-common';

/** What the page groups a bill by; the API knows more. */
export const BILL_GROUPINGS = [
  'service',
  'category',
  'account',
  'region',
] as const satisfies readonly BillDimension[];

export type BillGrouping = (typeof BILL_GROUPINGS)[number];

/** What an address says, or else the first. */
export function groupingOf(text: string | undefined): BillGrouping {
  return BILL_GROUPINGS.find(each => each === text) ?? 'service';
}

/** What an address says, or else effective amounts. */
export function basisOf(text: string | undefined): BillBasis {
  return BILL_BASES.find(each => each === text) ?? 'effective';
}
