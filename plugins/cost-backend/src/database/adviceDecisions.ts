import { AdviceDecision } from '@headroom/plugin-cost-common';
import { toIso } from '@headroom/node';

/** Columns of a decision (`x`) that {@link toDecision} reads. */
export const DECISION_COLUMNS =
  'x.state, x.reason, x.until, x.decided_by, x.decided_at';

/**
 * Joins an advice (`a`) with the decision (`x`) that is in force: not one whose
 * snooze has ended, nor one about other evidence. One binding: now.
 */
export const DECISION_JOIN = `LEFT JOIN cost_advice_decisions x ON x.container_id = a.container_id
  AND x.fingerprint = a.fingerprint AND (x.until IS NULL OR x.until > ?::timestamptz)`;

/** What {@link DECISION_COLUMNS} hold. */
export interface DecisionColumns {
  state: AdviceDecision['state'] | null;
  reason: string;
  until: Date | null;
  decided_by: string;
  decided_at: Date;
}

/** The decision of a row; undefined when none is in force. */
export function toDecision(row: DecisionColumns): AdviceDecision | undefined {
  if (row.state === null) {
    return undefined;
  }
  const until = toIso(row.until);
  return {
    state: row.state,
    reason: row.reason,
    by: row.decided_by,
    at: row.decided_at.toISOString(),
    ...(until && { until }),
  };
}
