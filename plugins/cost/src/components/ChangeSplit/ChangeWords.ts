import { ReviewPart } from '@headroom/plugin-cost-common';

/** What a row may be. */
export const GROUPINGS = ['service', 'team'] as const;

/** @internal */
export type ChangeGrouping = (typeof GROUPINGS)[number];

/** How a report calls what moved. */
export interface ChangeWords {
  title: string;
  subtitle?: string;
  by: string;
  service: string;
  team: string;
  idle: string;
  unallocated: string;
  unowned: string;
  others: (count: number) => string;
  before: string;
  after: string;
  change: string;
  part: Record<ReviewPart, string>;
  /** What a part of a change means. */
  hint: Record<ReviewPart, string>;
}
