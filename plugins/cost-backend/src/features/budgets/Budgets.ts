import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { addDays, calendarDayOf, daysBetween } from '@headroom/common';
import {
  BUDGET_ANNOTATION,
  BudgetDefinition,
  BudgetList,
  budgetPeriodBefore,
  budgetPeriodOf,
  budgetScopeKey,
  BudgetReport,
  BudgetRow,
  BudgetStatus,
  burnDown,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { ScopeQuestion } from '../../database/budgets/budgetParts';
import { DriverRow } from '../../database/budgets/BudgetCostStore';
import { BudgetFilter } from '../../database/budgets/BudgetStore';
import { ScopedStores } from '../../database/ScopedStores';
import { inCurrency, toRate } from '../advice/convert';
import { BudgetEvaluator, EvaluatedOne } from './BudgetEvaluator';
import { collectBudgets, declaredBy, ListedBudget } from './collectBudgets';
import { scopesAbove } from './scopesAbove';
import { systemsOfDomains } from './systemsOfDomains';
import { toAdvice, toDrivers, toPoint } from './toReport';
import { notified, toRow } from './toRow';
import { toStatus } from './toStatus';

/** @internal */
export interface BudgetsOptions {
  scopes: CostScopes;
  config: CostConfig;
  currencies: Currencies;
  evaluator: BudgetEvaluator;
  catalog: CatalogService;
  auth: AuthService;
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
  now: () => Date;
}

const TRIED_PERIODS = 3;
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

/** Budgets for a caller: those whose cost the caller may see as a whole. */
export class Budgets {
  readonly #options: BudgetsOptions;

  static create(options: BudgetsOptions) {
    return new Budgets(options);
  }

  private constructor(options: BudgetsOptions) {
    this.#options = options;
  }

  /** @throws as {@link CostScopes.read} */
  async list(
    { entityRef }: { entityRef?: string },
    credentials: BackstageCredentials,
  ): Promise<BudgetList> {
    const { scopes, config, currencies, simulated } = this.#options;
    // Not in a snapshot: what may be written is read elsewhere, and the catalog is asked.
    const writable = await scopes.openToBudget(credentials);
    const at = await scopes.open('fleet', credentials);
    const refs = entityRef ? await below(at, entityRef) : undefined;
    const asked = await this.#collect(at, refs && { refs, ids: new Set() });
    const seen = await this.#covered(at, asked);
    const ids = new Set(seen.map(({ id }) => id));
    const statuses = await at.budgets.statuses(refs && [...ids]);
    const editable = await this.#editable(writable, seen);
    const owners = await at.budgetScopes.owners(seen.flatMap(refOf));
    return {
      budgets: seen.map(each => ({
        ...toRow(each, statuses.get(each.id), ids),
        notified: notified(each.budget, owners),
        isEditable: editable.has(each.id),
      })),
      restricted: seen.length < asked.length,
      mayCreate:
        writable !== undefined &&
        (entityRef === undefined ||
          (await writable.budgetScopes.has(entityRef))),
      currencies: currencies.all,
      timezone: config.timezone,
      simulated: simulated.size > 0,
    };
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
    const { scopes, simulated } = this.#options;
    const writable = await scopes.openToBudget(credentials);
    const at = await scopes.open('fleet', credentials);
    const stored = (await at.budgets.statuses([id])).get(id);
    const family = await this.#family(at, id, stored?.children?.ids ?? []);
    const seen = await this.#covered(at, family);
    const ids = new Set(seen.map(each => each.id));
    const listed = seen.find(each => each.id === id);
    if (!listed) {
      throw noSuchBudget(id);
    }
    const { status: _, ...row } = toRow(listed, stored, ids);
    const owners = await at.budgetScopes.owners(refOf(listed));
    const editable = await this.#editable(writable, [listed]);
    const base = {
      ...row,
      notified: notified(listed.budget, owners),
      isEditable: editable.has(id),
      happenings: await at.budgets.happenings(
        id,
        listed.budget,
        MOST_HAPPENINGS,
      ),
      simulated: simulated.size > 0,
    };
    if (listed.problem !== undefined) {
      return { ...base, burnDown: [], drivers: [] };
    }
    const systems = await this.#systems([listed.budget]);
    const standing = await scopes.read('fleet', credentials, snapshot =>
      this.#standing(snapshot, listed, systems),
    );
    return { ...base, ...standing };
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
    const { scopes, now } = this.#options;
    const at = await scopes.open('fleet', credentials);
    const owners = (await at.budgetScopes.owners([entityRef])).get(entityRef);
    if (!owners) {
      return undefined;
    }
    const all = await this.#collect(at);
    const systems = await this.#systems(all.map(({ budget }) => budget));
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
    const seen = await this.#covered(at, asked);
    const sound = seen.filter(({ problem }) => problem === undefined);
    const evaluated = await scopes.read('fleet', credentials, snapshot =>
      this.#evaluate(
        snapshot,
        sound.map(({ budget }) => budget),
        systems,
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

  /** A budget, the one that overrules it, and some others that its page names; empty = there is none of the id. */
  async #family(
    at: ScopedStores,
    id: string,
    others: readonly string[],
  ): Promise<ListedBudget[]> {
    const ids = new Set([id]);
    const [alone] = await this.#collect(at, { refs: new Set(), ids });
    if (!alone) {
      return [];
    }
    const { scope } = alone.budget;
    const all = await this.#collect(at, {
      refs: new Set('entityRef' in scope ? [scope.entityRef] : []),
      ids: new Set([id, ...others]),
      scope,
    });
    const overruledBy = all.find(each => each.id === id)?.overruledBy;
    const named = new Set([id, ...others, overruledBy]);
    return all.filter(each => named.has(each.id));
  }

  /** As the caller sees the catalog and the page's budgets; some of them when a filter is given. */
  async #collect(
    at: ScopedStores,
    some?: BudgetFilter,
  ): Promise<ListedBudget[]> {
    const { config, currencies } = this.#options;
    const declaring = some && new Set([...some.refs, ...declaredBy(some.ids)]);
    const { budgets } = collectBudgets({
      config: config.budgets,
      stored: await at.budgets.all(some),
      declaring: await at.budgetScopes.declaring(BUDGET_ANNOTATION, declaring),
      known: { currencies: currencies.all, tags: config.bill.tags },
    });
    return some ? budgets.filter(each => isOne(each, some)) : budgets;
  }

  async #covered(
    at: ScopedStores,
    listed: readonly ListedBudget[],
  ): Promise<ListedBudget[]> {
    const questions = await this.#questions(listed);
    const covered = await at.budgetScopes.covers(
      questions,
      this.#options.config.timezone,
    );
    return listed.filter((_, index) => covered[index]);
  }

  async #editable(
    writable: ScopedStores | undefined,
    listed: readonly ListedBudget[],
  ): Promise<Set<string>> {
    const ofPage = listed.filter(({ origin }) => origin === 'page');
    if (!writable) {
      return new Set();
    }
    const may = await writable.budgetScopes.mayWrite(
      await this.#questions(ofPage),
      this.#options.config.timezone,
    );
    return new Set(ofPage.filter((_, index) => may[index]).map(({ id }) => id));
  }

  async #questions(listed: readonly ListedBudget[]): Promise<ScopeQuestion[]> {
    return this.#questionsOf(
      listed,
      await this.#systems(listed.map(({ budget }) => budget)),
    );
  }

  /** Scopes from the first day of the period on, or of the one that is carried over from. */
  #questionsOf(
    listed: readonly ListedBudget[],
    systems: ReadonlyMap<string, string[]>,
  ): ScopeQuestion[] {
    const { config, now } = this.#options;
    return listed.map(({ budget: { scope, period, carryOver } }) => {
      const current = budgetPeriodOf(
        period,
        calendarDayOf(now(), period.zone ?? config.timezone),
      );
      return {
        scope,
        readFrom: (carryOver === 'none'
          ? current
          : budgetPeriodBefore(period, current)
        ).start,
        ...(scope.type === 'domain' && {
          systems: systems.get(scope.entityRef) ?? [],
        }),
      };
    });
  }

  async #systems(budgets: readonly BudgetDefinition[]) {
    return systemsOfDomains(budgets, this.#options);
  }

  async #evaluate(
    at: ScopedStores,
    budgets: readonly BudgetDefinition[],
    systems: ReadonlyMap<string, string[]>,
    more: { withCourse?: boolean; triedPeriods?: number } = {},
  ): Promise<EvaluatedOne[]> {
    const { config, evaluator, now } = this.#options;
    return evaluator.evaluate(
      budgets,
      {
        costs: at.budgetCosts(config.timezone),
        coverage: (from, to) => at.ask(at.reports.coverage(from, to)),
        systems,
      },
      { now: now(), ...more },
    );
  }

  async #standing(
    at: ScopedStores,
    listed: ListedBudget,
    systems: ReadonlyMap<string, string[]>,
  ): Promise<
    Pick<BudgetReport, 'status' | 'problem' | 'burnDown' | 'drivers' | 'advice'>
  > {
    const { config, currencies, now } = this.#options;
    const { budget } = listed;
    const costs = at.budgetCosts(config.timezone);
    const [found] = await this.#evaluate(at, [budget], systems, {
      withCourse: true,
      triedPeriods: TRIED_PERIODS,
    });
    if ('problem' in found) {
      return { problem: found.problem, burnDown: [], drivers: [] };
    }
    const { evaluation, days, today, knownFrom } = found;
    const { period } = evaluation;
    const [question] = this.#questionsOf([listed], systems);
    const rate = toRate(currencies.conversionTo(budget.currency), now());
    const advice = await costs.advice(question, now());
    const fired = (await at.budgets.fired(listed.id)).get(listed.id) ?? [];
    const length = daysBetween(period.start, addDays(today, 1));
    const before = addDays(period.start, -length);
    const spenders = await costs.drivers(
      { ...question, readFrom: before },
      {
        current: { start: period.start, end: addDays(today, 1) },
        before: { start: before, end: period.start },
      },
    );
    // What was part of it before need not be the caller's to see.
    const visible = await at.budgetScopes.visible(
      [...spenders.current, ...spenders.before].flatMap(
        ({ entityRef }) => entityRef ?? [],
      ),
    );
    const isVisible = ({ entityRef }: DriverRow) =>
      entityRef === undefined || visible.has(entityRef);
    const drivers = {
      current: spenders.current.filter(isVisible),
      before: spenders.before.filter(isVisible),
    };
    const perMonth = advice.reduce((sum, { micros }) => sum + micros, 0n);
    return {
      status: toStatus(found, fired, now().toISOString()),
      burnDown: burnDown(evaluation, days, today).map(toPoint),
      drivers: toDrivers(
        {
          ...drivers,
          before:
            knownFrom !== undefined && knownFrom <= before
              ? drivers.before
              : undefined,
        },
        advice,
        budget,
        rate,
      ),
      ...(perMonth > 0n && {
        advice: toAdvice(found, inCurrency(perMonth, rate)),
      }),
    };
  }
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

function refOf({ budget: { scope } }: ListedBudget): string[] {
  return scope.type === 'service' ? [scope.entityRef] : [];
}

/** An entity, and of a group also the groups below it and the services of all of them. */
async function below(
  at: ScopedStores,
  entityRef: string,
): Promise<Set<string>> {
  const groups = await at.catalog.groupsBelow(entityRef);
  if (groups.length === 0) {
    return new Set([entityRef]);
  }
  const owned = at.of({ kind: 'owners', groups });
  const { seen } = await owned.catalog.services();
  return new Set([
    entityRef,
    ...groups,
    ...seen.map(service => service.entityRef),
  ]);
}

function noSuchBudget(id: string): NotFoundError {
  return new NotFoundError(
    `There is no budget ${id.slice(
      0,
      300,
    )}, or you may not see all of what it is for`,
  );
}
