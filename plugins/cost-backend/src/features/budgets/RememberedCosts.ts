import { Fence, inSnapshot } from '@headroom/node';
import { budgetScopeKey } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { BudgetCosts } from '../../database/budgets/BudgetCostStore';
import { BudgetDayStore } from '../../database/budgets/BudgetDayStore';
import { ScopeQuestion } from '../../database/budgets/budgetParts';
import { readDays } from '../../database/budgets/keptDays';
import { ScopeDay } from '../../database/budgets/scopeDays';
import {
  PartText,
  readClusterNames,
  readParts,
} from '../../database/budgets/scopeParts';

import { ChargeReading, RememberedCharges } from './RememberedCharges';

/** @internal */
export interface RememberedCostsOptions {
  knex: Knex;
  fence: Fence;
  timezone: string;
  /** What is asked each time. */
  costs: BudgetCosts & ChargeReading;
}

/**
 * What scopes cost by day, the same as {@link BudgetCosts.days} says, by as much of it as
 * is new; what was summed is kept for the next evaluation, also of another process, and
 * for pages.
 */
export class RememberedCosts implements BudgetCosts {
  readonly #options: RememberedCostsOptions;
  readonly #charges: RememberedCharges;
  /** Of the questions that were answered. */
  readonly #answered = new WeakMap<
    readonly ScopeQuestion[],
    { parts: PartText[][]; clusters: string[][] }
  >();

  static create(options: RememberedCostsOptions) {
    return new RememberedCosts(options);
  }

  private constructor(options: RememberedCostsOptions) {
    this.#options = options;
    this.#charges = RememberedCharges.create(options);
  }

  edges: BudgetCosts['edges'] = (scopes, edges) =>
    this.#options.costs.edges(scopes, edges, this.#answered.get(scopes)?.parts);
  billedThrough: BudgetCosts['billedThrough'] = () =>
    this.#options.costs.billedThrough();
  isSplit: BudgetCosts['isSplit'] = () => this.#options.costs.isSplit();
  billedDays: BudgetCosts['billedDays'] = scopes => this.#charges.days(scopes);

  async clusters(scopes: readonly ScopeQuestion[]): Promise<string[][]> {
    const known = this.#answered.get(scopes)?.clusters;
    return known ?? this.#options.costs.clusters(scopes);
  }

  async days(scopes: readonly ScopeQuestion[]): Promise<ScopeDay[][]> {
    const { knex, fence, timezone } = this.#options;
    const { days, parts, clusters, changes, toKeep } = await inSnapshot(
      knex,
      async tx => {
        const made = await readParts(tx, scopes, timezone);
        return {
          ...(await readDays(tx, scopes, made)),
          parts: made,
          clusters: await readClusterNames(tx, made),
        };
      },
    );
    this.#answered.set(scopes, { parts, clusters });
    const kept = await toKeep();
    await fence.write(knex, tx =>
      BudgetDayStore.create({ knex: tx }).keep(
        kept,
        scopes.map(({ scope }) => budgetScopeKey(scope)),
        changes,
      ),
    );
    return days;
  }
}
