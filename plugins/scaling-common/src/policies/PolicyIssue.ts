import { Json, Worded } from '@headroom/common';

/** What is wrong with a policy, at the field. @public */
export interface PolicyIssue {
  /** From the policy down, e.g. `['schedules', 0, 'windows', 1, 'times', 'end']`. */
  path: ReadonlyArray<string | number>;
  /** With an `error` the policy isn't kept; a `warning` is shown and kept. */
  severity: 'error' | 'warning';
  code: PolicyIssueCode;
  /** What was written; absent = nothing. */
  value?: Json;
  /** What is wrong and what would be right, in whole sentences. */
  text: Worded;
}

/** @public */
export type PolicyIssueCode =
  | 'shape'
  | 'zone-unknown'
  | 'window-empty'
  | 'windows-conflict'
  | 'no-window'
  | 'floor-above-ceiling'
  | 'floor-above-maximum'
  | 'zero-forbidden'
  | 'selector-unreadable'
  | 'selector-empty'
  | 'selector-wide'
  | 'cron-unreadable'
  | 'cron-dense'
  | 'cron-without-duration'
  | 'negative'
  | 'date-unreal'
  | 'dates-reversed'
  | 'override-without-expiry'
  | 'override-expired'
  | 'override-forever'
  | 'calendar-unknown'
  | 'calendar-ends'
  | 'annotation';
