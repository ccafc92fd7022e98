import {
  BudgetDefinition,
  budgetDefinitionSchema,
  BudgetStatus,
} from '@headroom/plugin-cost-common';

/** A budget that was made on the page. */
export interface StoredBudget {
  id: string;
  version: number;
  budget: BudgetDefinition;
}

/** Budgets directly below one, in micros. */
export interface StoredChildren {
  ids: string[];
  total: string;
  exceeds: boolean;
}

/** What a budget came to when it was last evaluated. */
export interface StoredStatus {
  budgetId: string;
  /** Of the definition it was evaluated for. */
  fingerprint: string;
  status?: BudgetStatus;
  problem?: string;
  children?: StoredChildren;
}

/** A row of `cost_budgets`, as far as it is read. */
export interface BudgetRecord {
  id: string;
  version: number;
  definition: unknown;
}

/** A row of `cost_budget_statuses`. */
export interface StatusRecord {
  budget_id: string;
  fingerprint: string;
  status: BudgetStatus | null;
  problem: string | null;
  children: StoredChildren | null;
}

export function toBudget(row: BudgetRecord): StoredBudget {
  return {
    id: row.id,
    version: row.version,
    budget: budgetDefinitionSchema.parse(row.definition),
  };
}

export function toStatus(row: StatusRecord): StoredStatus {
  return {
    budgetId: row.budget_id,
    fingerprint: row.fingerprint,
    ...(row.status !== null && { status: row.status }),
    ...(row.problem !== null && { problem: row.problem }),
    ...(row.children !== null && { children: row.children }),
  };
}
