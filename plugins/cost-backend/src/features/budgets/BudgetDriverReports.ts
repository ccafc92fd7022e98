import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { addDays, calendarDayOf, daysBetween } from '@headroom/common';
import { BudgetDrivers, budgetPeriodOf } from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { toRate } from '../../core/rate';
import { DriverRow } from '../../database/budgets/BudgetCostStore';
import { ScopedStores } from '../../database/ScopedStores';
import { BudgetCollection } from './BudgetCollection';
import { ListedBudget } from './collectBudgets';
import { toDrivers } from './toReport';

/** @internal */
export interface BudgetDriverReportsOptions {
  scopes: CostScopes;
  config: CostConfig;
  currencies: Currencies;
  collection: BudgetCollection;
  now: () => Date;
}

/**
 * Who spends a budget, by what they were allocated, also of a budget of what is billed: a
 * bill says of the newest days nothing yet. Every day of every service of it is summed, so
 * it is asked for beside how it stands.
 */
export class BudgetDriverReports {
  readonly #options: BudgetDriverReportsOptions;

  static create(options: BudgetDriverReportsOptions) {
    return new BudgetDriverReports(options);
  }

  private constructor(options: BudgetDriverReportsOptions) {
    this.#options = options;
  }

  /**
   * Those of the period so far, and of as many days before it where their clusters were read
   * by then; nobody where nothing of it is known.
   *
   * @throws as {@link BudgetCollection.one}; NotAllowedError when the caller may see nothing at all.
   */
  async of(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<BudgetDrivers> {
    const { scopes, collection } = this.#options;
    const at = await scopes.open('fleet', credentials);
    const { listed } = await collection.one(at, id);
    if (listed.problem !== undefined) {
      return { drivers: [] };
    }
    const systems = await collection.systems([listed.budget]);
    return scopes.inSnapshot(at, snapshot =>
      this.#drivers(snapshot, listed, systems),
    );
  }

  async #drivers(
    at: ScopedStores,
    listed: ListedBudget,
    systems: ReadonlyMap<string, string[]>,
  ): Promise<BudgetDrivers> {
    const { config, collection, currencies, now } = this.#options;
    const { budget } = listed;
    const costs = at.budgetCosts(config.timezone);
    const today = calendarDayOf(now(), budget.period.zone ?? config.timezone);
    const { start } = budgetPeriodOf(budget.period, today);
    const end = addDays(today, 1);
    const before = addDays(start, -daysBetween(start, end));
    const [question] = collection.questions([listed], systems);
    const [clusters] = await costs.clusters([question]);
    const knownFrom = await this.#knownFrom(at, clusters);
    const isKnown = knownFrom !== undefined && knownFrom <= before;
    const scope = [
      { ...question, readFrom: isKnown ? before : start },
    ] as const;
    const advice = await costs.advice(scope, now());
    const spenders = await costs.drivers(scope, {
      current: { start, end },
      before: { start: isKnown ? before : start, end: start },
    });
    // What was part of it before need not be the caller's to see.
    const visible = await at.budgetScopes.visible(
      [...spenders.current, ...spenders.before].flatMap(
        ({ entityRef }) => entityRef ?? [],
      ),
    );
    const seen = (rows: DriverRow[]) =>
      rows.filter(
        ({ entityRef }) => entityRef === undefined || visible.has(entityRef),
      );
    const drivers = toDrivers(
      {
        current: seen(spenders.current),
        before: isKnown ? seen(spenders.before) : undefined,
      },
      advice,
      budget,
      toRate(currencies.conversionTo(budget.currency), now()),
    );
    return { drivers };
  }

  /** First day that one of some clusters has anything of. */
  async #knownFrom(
    at: ScopedStores,
    clusters: readonly string[],
  ): Promise<string | undefined> {
    const { config, now } = this.#options;
    const today = calendarDayOf(now(), config.timezone);
    const covered = await at.ask(at.reports.coverage(today, addDays(today, 1)));
    return covered
      .filter(({ cluster }) => clusters.includes(cluster))
      .flatMap(({ firstDay }) => firstDay ?? [])
      .sort()[0];
  }
}
