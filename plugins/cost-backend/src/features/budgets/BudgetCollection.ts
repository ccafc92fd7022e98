import { AuthService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { calendarDayOf, DaySpan } from '@headroom/common';
import {
  BUDGET_ANNOTATION,
  BudgetDefinition,
  budgetPeriodBefore,
  budgetPeriodOf,
  budgetScopeKey,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { Currencies } from '../../core/Currencies';
import { ScopeQuestion } from '../../database/budgets/budgetParts';
import { StoredBudget } from '../../database/budgets/budgetRecords';
import { BudgetFilter } from '../../database/budgets/BudgetStore';
import { ScopedStores } from '../../database/ScopedStores';
import { collectBudgets, declaredBy, ListedBudget } from './collectBudgets';
import { systemsOfDomains } from './systemsOfDomains';

/** @internal */
export interface BudgetCollectionOptions {
  config: CostConfig;
  currencies: Currencies;
  catalog: CatalogService;
  auth: AuthService;
  now: () => Date;
}

/** Which budgets there are, and which of them a caller may see and change. */
export class BudgetCollection {
  readonly #options: BudgetCollectionOptions;
  /** All budgets as they were collected last, and of what. */
  #all?: {
    stored: readonly StoredBudget[];
    declaring: string;
    budgets: readonly ListedBudget[];
  };

  static create(options: BudgetCollectionOptions) {
    return new BudgetCollection(options);
  }

  private constructor(options: BudgetCollectionOptions) {
    this.#options = options;
  }

  /** As the caller sees the catalog and the page's budgets; some of them when a filter is given. */
  async collect(
    at: ScopedStores,
    some?: BudgetFilter,
  ): Promise<readonly ListedBudget[]> {
    const { config, currencies } = this.#options;
    const declaring = some && new Set([...some.refs, ...declaredBy(some.ids)]);
    const [stored, entities] = await Promise.all([
      at.budgets.all(some),
      at.budgetScopes.declaring(BUDGET_ANNOTATION, declaring),
    ]);
    const collect = () =>
      collectBudgets({
        config: config.budgets,
        stored,
        declaring: entities,
        known: { currencies: currencies.all, tags: config.bill.tags },
      }).budgets;
    if (some) {
      return collect().filter(each => isOne(each, some));
    }
    const found = JSON.stringify(entities);
    // While nobody writes any, what is stored is the very same list.
    if (this.#all?.stored !== stored || this.#all.declaring !== found) {
      this.#all = { stored, declaring: found, budgets: collect() };
    }
    return this.#all.budgets;
  }

  /** A budget, the one that overrules it, and some others that its page names; empty = there is none of the id. */
  async family(
    at: ScopedStores,
    id: string,
    others: Promise<readonly string[]>,
  ): Promise<ListedBudget[]> {
    const [[alone], named] = await Promise.all([
      this.collect(at, { refs: new Set(), ids: new Set([id]) }),
      others,
    ]);
    if (!alone) {
      return [];
    }
    const { scope } = alone.budget;
    const all = await this.collect(at, {
      refs: new Set('entityRef' in scope ? [scope.entityRef] : []),
      ids: new Set([id, ...named]),
      scope,
    });
    const overruledBy = all.find(each => each.id === id)?.overruledBy;
    const wanted = new Set([id, ...named, overruledBy]);
    return all.filter(each => wanted.has(each.id));
  }

  /**
   * One budget whose cost the caller may see as a whole, and all of its family that are
   * so, too.
   *
   * @throws NotFoundError when there is none: who may not see it is not told that it is there.
   */
  async one(
    at: ScopedStores,
    id: string,
    others: Promise<readonly string[]> = Promise.resolve([]),
  ): Promise<{ listed: ListedBudget; seen: ListedBudget[] }> {
    const seen = await this.covered(at, await this.family(at, id, others));
    const listed = seen.find(each => each.id === id);
    if (!listed) {
      throw new NotFoundError(
        `There is no budget ${id.slice(
          0,
          300,
        )}, or you may not see all of what it is for`,
      );
    }
    return { listed, seen };
  }

  /** Those whose cost the caller may see as a whole. */
  async covered(
    at: ScopedStores,
    listed: readonly ListedBudget[],
  ): Promise<ListedBudget[]> {
    if (at.scope.seesEverything) {
      return [...listed];
    }
    const covered = await at.budgetScopes.covers(
      await this.#allQuestions(listed),
      this.#options.config.timezone,
    );
    return listed.filter((_, index) => covered[index]);
  }

  /**
   * Whether the caller may see what budgets cost as a whole in periods that need not be
   * those of now, in the order of what is asked: services may have left since.
   */
  async coveredIn(
    at: ScopedStores,
    asked: ReadonlyArray<{ listed: ListedBudget; period: DaySpan }>,
  ): Promise<boolean[]> {
    if (at.scope.seesEverything || asked.length === 0) {
      return asked.map(() => true);
    }
    const questions = await this.#allQuestions(
      asked.map(({ listed }) => listed),
    );
    return at.budgetScopes.covers(
      questions.map((question, index) => {
        const { listed, period } = asked[index];
        const from = firstDayOf(listed.budget, period);
        const { readFrom } = question;
        return { ...question, readFrom: from < readFrom ? from : readFrom };
      }),
      this.#options.config.timezone,
    );
  }

  /**
   * Ids of those that the caller may change.
   *
   * @param writable - as far as the caller may make budgets; undefined = nowhere
   */
  async editable(
    writable: ScopedStores | undefined,
    listed: readonly ListedBudget[],
  ): Promise<Set<string>> {
    const ofPage = listed.filter(({ origin }) => origin === 'page');
    if (!writable || ofPage.length === 0) {
      return new Set();
    }
    const may = await writable.budgetScopes.mayWrite(
      await this.#allQuestions(ofPage),
      this.#options.config.timezone,
    );
    return new Set(ofPage.filter((_, index) => may[index]).map(({ id }) => id));
  }

  /** Scopes from the first day of the period on, or of the one that is carried over from. */
  questions(
    listed: readonly ListedBudget[],
    systems: ReadonlyMap<string, string[]>,
  ): ScopeQuestion[] {
    const { config, now } = this.#options;
    return listed.map(({ budget }) => {
      const { scope, period } = budget;
      const today = calendarDayOf(now(), period.zone ?? config.timezone);
      return {
        scope,
        readFrom: firstDayOf(budget, budgetPeriodOf(period, today)),
        ...(scope.type === 'domain' && {
          systems: systems.get(scope.entityRef) ?? [],
        }),
      };
    });
  }

  /** Systems of the domains among what budgets are for, by reference of the domain. */
  async systems(
    budgets: readonly BudgetDefinition[],
  ): Promise<Map<string, string[]>> {
    return systemsOfDomains(budgets, this.#options);
  }

  async #allQuestions(
    listed: readonly ListedBudget[],
  ): Promise<ScopeQuestion[]> {
    const systems = await this.systems(listed.map(({ budget }) => budget));
    return this.questions(listed, systems);
  }
}

/** Of what a period's amounts are of: what is carried over is of the period before. */
function firstDayOf(
  { period, carryOver }: BudgetDefinition,
  span: DaySpan,
): string {
  return carryOver === 'none'
    ? span.start
    : budgetPeriodBefore(period, span).start;
}

function isOne({ id, budget }: ListedBudget, some: BudgetFilter): boolean {
  const { scope } = budget;
  return (
    some.ids.has(id) ||
    ('entityRef' in scope && some.refs.has(scope.entityRef)) ||
    (some.scope !== undefined &&
      budgetScopeKey(scope) === budgetScopeKey(some.scope))
  );
}
