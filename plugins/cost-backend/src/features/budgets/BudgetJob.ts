import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DaySpan } from '@headroom/common';
import { Fence, mapInTurns } from '@headroom/node';
import {
  BUDGET_ANNOTATION,
  budgetFingerprint,
  FiredThreshold,
  stepThresholds,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { CostConfig } from '../../core/config/CostConfig';
import { Currencies } from '../../core/Currencies';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';
import { BudgetScopeStore } from '../../database/budgets/BudgetScopeStore';
import { StoredChildren } from '../../database/budgets/budgetRecords';
import {
  BudgetStore,
  EvaluatedBudget,
  EvaluatedPeriod,
} from '../../database/budgets/BudgetStore';
import { ask } from '../../database/ask';
import { ReportStore } from '../../database/ReportStore';
import { INTERNAL } from '../../database/scope';
import { BudgetEvaluator, EvaluatedOne } from './BudgetEvaluator';
import { collectBudgets, ListedBudget } from './collectBudgets';
import { hierarchyOf } from './hierarchyOf';
import { RememberedCosts } from './RememberedCosts';
import { systemsOfDomains } from './systemsOfDomains';
import { toStatus } from './toStatus';

/** @internal */
export interface BudgetJobOptions {
  knex: Knex;
  fence: Fence;
  config: CostConfig;
  currencies: Currencies;
  evaluator: BudgetEvaluator;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Evaluates all budgets, with as many queries as one takes, and keeps what they came to,
 * which thresholds have fired, and what happened. Running it twice changes nothing.
 */
export class BudgetJob {
  readonly #options: BudgetJobOptions;
  readonly #store: BudgetStore;
  readonly #costs: BudgetCostStore;
  readonly #remembered: RememberedCosts;
  readonly #scopes: BudgetScopeStore;
  readonly #reports: ReportStore;
  /** Said once while it lasts. */
  #said = new Set<string>();

  static create(options: BudgetJobOptions) {
    return new BudgetJob(options);
  }

  private constructor(options: BudgetJobOptions) {
    const { knex, config } = options;
    this.#options = options;
    this.#store = BudgetStore.create({ knex });
    this.#costs = BudgetCostStore.create({ knex, timezone: config.timezone });
    this.#remembered = RememberedCosts.create({
      knex,
      fence: options.fence,
      timezone: config.timezone,
      costs: this.#costs,
    });
    this.#scopes = BudgetScopeStore.create({ knex, scope: INTERNAL });
    this.#reports = ReportStore.create({ scope: INTERNAL });
  }

  async run(): Promise<void> {
    const { evaluator, fence, knex } = this.#options;
    const now = this.#options.now();
    await this.#costs.noteOwners();
    const budgets = await this.#collect();
    const counting = budgets.filter(
      ({ problem, overruledBy }) => !problem && !overruledBy,
    );
    const systems = await systemsOfDomains(
      counting.map(({ budget }) => budget),
      this.#options,
    );
    const found = await evaluator.evaluate(
      counting.map(({ budget }) => budget),
      {
        costs: this.#remembered,
        coverage: async (from, to) => {
          const question = this.#reports.coverage(from, to);
          const { rows } = await ask(
            knex,
            INTERNAL,
            question.sql,
            question.bindings,
          );
          return question.read(rows);
        },
        systems,
      },
      { now, withClosed: true },
    );
    const before = await this.#store.periods();
    const fired = await this.#store.fired();
    const children = hierarchyOf(
      budgets,
      await this.#scopes.relations(),
      systems,
    );
    const evaluations = new Map(
      counting.map((each, index) => [each.id, found[index]]),
    );
    await this.#store.keep(
      await mapInTurns(budgets, each => ({
        ...toEvaluated(
          each,
          evaluations.get(each.id),
          { fired: fired.get(each.id) ?? [], period: before.get(each.id) },
          now.toISOString(),
        ),
        ...childrenOf(children.get(each.id)),
      })),
      fence,
    );
  }

  async #collect(): Promise<ListedBudget[]> {
    const { config, currencies, logger } = this.#options;
    const { budgets, problems } = collectBudgets({
      config: config.budgets,
      stored: await this.#store.all(),
      declaring: await this.#scopes.declaring(BUDGET_ANNOTATION),
      known: { currencies: currencies.all, tags: config.bill.tags },
    });
    const sentences = problems.map(
      ({ entityRef, problem }) => `The budget of ${entityRef}: ${problem}`,
    );
    for (const sentence of sentences) {
      if (!this.#said.has(sentence)) {
        logger.warn(sentence);
      }
    }
    this.#said = new Set(sentences);
    return budgets;
  }
}

/** What is known of a budget from evaluations before. */
interface Known {
  fired: FiredThreshold[];
  period?: EvaluatedPeriod;
}

function toEvaluated(
  { id, budget, fingerprint, version, problem }: ListedBudget,
  found: EvaluatedOne | undefined,
  known: Known,
  now: string,
): EvaluatedBudget {
  const { fired } = known;
  const base = {
    budgetId: id,
    fingerprint,
    budget,
    ...(version !== undefined && { version }),
  };
  if (!found || 'problem' in found) {
    const why = problem ?? (found && found.problem);
    // What can't be said takes nothing back.
    return {
      ...base,
      fired,
      events: [],
      ...(why !== undefined && { problem: why }),
    };
  }
  const { closed, ...current } = found;
  const step = stepThresholds({ ...current, budget, fired, now });
  if (
    !closed ||
    !wasEvaluatedIn(closed.period, { budget, fingerprint }, known)
  ) {
    return { ...base, ...step, status: toStatus(current, step.fired, now) };
  }
  const { days } = found;
  const late = stepThresholds({
    evaluation: closed,
    days,
    budget,
    fired,
    now,
  });
  return {
    ...base,
    fired: [...step.fired, ...late.fired],
    events: [...late.events, ...step.events],
    status: toStatus(found, step.fired, now),
  };
}

/** A budget that is new, or is another one since, has nothing to say of a time before. */
function wasEvaluatedIn(
  { start }: DaySpan,
  { budget, fingerprint }: Pick<ListedBudget, 'budget' | 'fingerprint'>,
  { fired, period }: Known,
): boolean {
  const mark = budgetFingerprint(budget);
  return (
    fired.some(
      each => each.periodStart === start && each.fingerprint === mark,
    ) ||
    (period?.fingerprint === fingerprint &&
      (period.start === start || period.closedStart === start))
  );
}

function childrenOf(
  children: { ids: string[]; total: bigint; exceeds: boolean } | undefined,
): { children?: StoredChildren } {
  return children
    ? { children: { ...children, total: children.total.toString() } }
    : {};
}
