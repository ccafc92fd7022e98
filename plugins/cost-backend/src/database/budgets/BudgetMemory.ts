import { Knex } from 'knex';
import { RowMemory } from '../RowMemory';
import {
  BudgetRecord,
  StatusRecord,
  StoredBudget,
  StoredStatus,
  toBudget,
  toStatus,
} from './budgetRecords';

/** About 5 KB each: at most 100 MB. */
const MOST_ROWS = 20_000;

/** Budgets and what they came to, for lists of all of them. One for each back end. */
export class BudgetMemory {
  readonly budgets = RowMemory.create<BudgetRecord, StoredBudget>({
    table: 'cost_budgets',
    key: 'id',
    most: MOST_ROWS,
    understand: toBudget,
  });
  readonly statuses = RowMemory.create<StatusRecord, StoredStatus>({
    table: 'cost_budget_statuses',
    key: 'budget_id',
    most: MOST_ROWS,
    understand: toStatus,
  });

  #byBudget?: {
    of: readonly StoredStatus[];
    statuses: ReadonlyMap<string, StoredStatus>;
  };

  static create() {
    return new BudgetMemory();
  }

  private constructor() {}

  /** What all budgets came to, by budget: the very same map while nobody writes any. */
  async statusesByBudget(
    knex: Knex,
  ): Promise<ReadonlyMap<string, StoredStatus>> {
    const of = await this.statuses.read(knex);
    if (this.#byBudget?.of !== of) {
      const statuses = new Map(of.map(status => [status.budgetId, status]));
      this.#byBudget = { of, statuses };
    }
    return this.#byBudget.statuses;
  }
}
