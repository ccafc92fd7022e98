import { toBigint, toIso } from '@headroom/node';
import { BudgetHappening, FiredThreshold } from '@headroom/plugin-cost-common';

/** A row of `cost_budget_events`. */
export interface EventRow {
  id: string;
  budget_id: string;
  kind: 'fired' | 'cleared';
  threshold_on: 'spent' | 'forecast';
  percent: number;
  at: Date;
  period_start: string;
  period_end: string;
  limit_micros: string;
  reached_micros: string;
  reason: BudgetHappening['reason'];
  definition: unknown;
}

export function toHappening(row: EventRow): BudgetHappening {
  return {
    id: row.id,
    kind: row.kind,
    on: row.threshold_on,
    percent: row.percent,
    at: row.at.toISOString(),
    start: row.period_start,
    end: row.period_end,
    reason: row.reason,
  };
}

/** A row of `cost_budget_fired`. */
export interface FiredRow {
  budget_id: string;
  threshold_on: 'spent' | 'forecast';
  percent: number;
  period_start: string;
  fingerprint: string;
  fired_at: Date;
  spent_micros: string;
  through: string | null;
  through_micros: string;
}

export function toFired(row: FiredRow): FiredThreshold {
  return {
    on: row.threshold_on,
    percent: row.percent,
    periodStart: row.period_start,
    fingerprint: row.fingerprint,
    firedAt: toIso(row.fired_at) ?? '',
    spent: toBigint(row.spent_micros),
    ...(row.through !== null && { through: row.through }),
    spentThrough: toBigint(row.through_micros),
  };
}
