import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  budgetScopeKey,
  BudgetReport,
  BudgetRow,
  BudgetStatus,
  burnDown,
  FiredThreshold,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { ScopedStores } from '../../database/ScopedStores';
import { inCurrency, toRate } from '../../core/rate';
import { BudgetEvaluator } from './BudgetEvaluator';
import { TRIED_PERIODS } from './facts/AskedBudget';
import { BudgetCollection } from './BudgetCollection';
import { ListedBudget } from './collectBudgets';
import { scopesAbove } from './scopesAbove';
import { snapshotReading } from './snapshotReading';
import { toAdvice, toPoint } from './toReport';
import { notified, refOf, toRow } from './toRow';
import { toStatus } from './toStatus';

/** How a budget stands, as far as it is known. */
type Standing = Pick<
  BudgetReport,
  'status' | 'problem' | 'burnDown' | 'advice'
>;

type FiredByBudget = ReadonlyMap<string, FiredThreshold[]>;

/** @internal */
export interface BudgetsOptions {
  scopes: CostScopes;
  config: CostConfig;
  currencies: Currencies;
  collection: BudgetCollection;
  evaluator: BudgetEvaluator;
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  now: () => Date;
}

const MOST_HAPPENINGS = 50;

/** Budgets that something falls under, as far as a caller may see them. */
export interface BudgetsAbove {
  /** Of the service. */
  owners: string[];
  /** As they are now, or why they can't be evaluated. */
  budgets: Array<
    Pick<BudgetRow, 'id' | 'budget'> &
      ({ status: BudgetStatus } | { problem: string })
  >;
  /** Some are for what the caller may not see. */
  restricted: boolean;
  /** Of a group: key of the scope nearest to it that has a budget, seen or not; absent = none has. */
  nearest?: string;
}

/** How budgets stand, as far as the caller may see their cost as a whole. */
export class Budgets {
  readonly #options: BudgetsOptions;

  static create(options: BudgetsOptions) {
    return new Budgets(options);
  }

  private constructor(options: BudgetsOptions) {
    this.#options = options;
  }

  /**
   * How one budget stands now.
   *
   * @throws NotFoundError when there is none of the id, or none whose cost the caller
   * may see: who may not see it is not told that it is there; NotAllowedError when the
   * caller may see nothing at all.
   */
  async report(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<BudgetReport> {
    const { scopes, collection, simulated } = this.#options;
    const [writable, at] = await Promise.all([
      scopes.openToBudget(credentials),
      scopes.open('fleet', credentials),
    ]);
    const storedStatus = at.budgets.statuses([id]);
    const { listed, seen } = await collection.one(
      at,
      id,
      storedStatus.then(all => all.get(id)?.children?.ids ?? []),
    );
    const stored = (await storedStatus).get(id);
    const ids = new Set(seen.map(each => each.id));
    const { status: _, ...row } = toRow(listed, stored, ids);
    const fired = at.budgets.fired(id);
    const [owners, editable, happenings, standing] = await Promise.all([
      at.budgetScopes.owners(refOf(listed)),
      collection.editable(writable, [listed]),
      at.budgets.happenings(id, listed.budget, MOST_HAPPENINGS),
      this.#standing(at, listed, fired),
      fired,
    ]);
    return {
      ...row,
      notified: notified(listed.budget, owners),
      isEditable: editable.has(id),
      simulated: simulated.size > 0,
      ...standing,
      ...(await this.#seenBefore(at, listed, {
        happenings,
        status: standing.status,
      })),
    };
  }

  /** What is of other periods, as far as the caller may see all that the budget was for then. */
  async #seenBefore(
    at: ScopedStores,
    listed: ListedBudget,
    { happenings, status }: Pick<BudgetReport, 'happenings' | 'status'>,
  ): Promise<Pick<BudgetReport, 'happenings' | 'status'>> {
    const periods = [...(status?.closed ? [status.closed] : []), ...happenings];
    const covered = await this.#options.collection.coveredIn(
      at,
      periods.map(period => ({ listed, period })),
    );
    const seen = new Set(periods.filter((_, index) => covered[index]));
    return {
      happenings: happenings.filter(each => seen.has(each)),
      ...(status && {
        status:
          status.closed && !seen.has(status.closed)
            ? { ...status, closed: undefined }
            : status,
      }),
    };
  }

  /**
   * Budgets that a service or a group falls under: its own, of its owners and the
   * groups above them, of its system and domain. Those that another overrules don't
   * count.
   *
   * @returns undefined when the entity is not in the catalog
   * @throws as {@link CostScopes.read}
   */
  async above(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<BudgetsAbove | undefined> {
    const { scopes, collection, config, evaluator, now } = this.#options;
    const at = await scopes.open('fleet', credentials);
    const owners = (await at.budgetScopes.owners([entityRef])).get(entityRef);
    if (!owners) {
      return undefined;
    }
    const all = await collection.collect(at);
    const systems = await collection.systems(all.map(({ budget }) => budget));
    const above = scopesAbove(
      entityRef,
      await at.budgetScopes.relations(),
      systems,
    );
    const asked = all.filter(
      ({ budget, overruledBy }) =>
        overruledBy === undefined && above.has(budgetScopeKey(budget.scope)),
    );
    const nearest = [...above].find(key =>
      asked.some(({ budget }) => budgetScopeKey(budget.scope) === key),
    );
    const seen = await collection.covered(at, asked);
    const sound = seen.filter(({ problem }) => problem === undefined);
    const evaluated = await scopes.inSnapshot(at, snapshot =>
      evaluator.evaluate(
        sound.map(({ budget }) => budget),
        snapshotReading(
          snapshot,
          snapshot.budgetCosts(config.timezone),
          systems,
        ),
        { now: now() },
      ),
    );
    return {
      owners,
      budgets: [
        ...seen.flatMap(({ id, budget, problem }) =>
          problem === undefined ? [] : [{ id, budget, problem }],
        ),
        ...sound.map(({ id, budget }, index) => {
          const found = evaluated[index];
          return 'problem' in found
            ? { id, budget, problem: found.problem }
            : {
                id,
                budget,
                status: toStatus(found, [], now().toISOString()),
              };
        }),
      ],
      restricted: seen.length < asked.length,
      ...(nearest !== undefined && { nearest }),
    };
  }

  async #standing(
    at: ScopedStores,
    listed: ListedBudget,
    fired: Promise<FiredByBudget>,
  ): Promise<Standing> {
    if (listed.problem !== undefined) {
      return { burnDown: [] };
    }
    const { scopes, collection } = this.#options;
    // Before a snapshot holds a connection, as others may wait for one.
    const [systems, firedByBudget] = await Promise.all([
      collection.systems([listed.budget]),
      fired,
    ]);
    return scopes.inSnapshot(at, snapshot =>
      this.#evaluate(
        snapshot,
        listed,
        systems,
        firedByBudget.get(listed.id) ?? [],
      ),
    );
  }

  async #evaluate(
    at: ScopedStores,
    listed: ListedBudget,
    systems: ReadonlyMap<string, string[]>,
    fired: readonly FiredThreshold[],
  ): Promise<Standing> {
    const { config, collection, currencies, evaluator, now } = this.#options;
    const { budget } = listed;
    const costs = at.budgetCosts(config.timezone);
    const [found] = await evaluator.evaluate(
      [budget],
      snapshotReading(at, costs, systems),
      {
        now: now(),
        withCourse: true,
        withClosed: true,
        triedPeriods: TRIED_PERIODS,
      },
    );
    if ('problem' in found) {
      return { problem: found.problem, burnDown: [] };
    }
    const { evaluation, days, today } = found;
    const rate = toRate(currencies.conversionTo(budget.currency), now());
    const [question] = collection.questions([listed], systems);
    const advice = await costs.advice([question], now());
    const perMonth = advice.reduce((sum, { micros }) => sum + micros, 0n);
    return {
      status: toStatus(found, fired, now().toISOString()),
      burnDown: burnDown(evaluation, days, today).map(toPoint),
      ...(perMonth > 0n && {
        advice: toAdvice(found, inCurrency(perMonth, rate)),
      }),
    };
  }
}
