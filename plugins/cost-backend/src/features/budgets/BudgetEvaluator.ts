import { ForecastMemory } from '@headroom/common';
import { mapInTurns } from '@headroom/node';
import {
  BudgetDay,
  BudgetDefinition,
  BudgetEvaluation,
  evaluateBudget,
  evaluateClosedPeriod,
} from '@headroom/plugin-cost-common';
import { Calendar } from '../../core/Calendar';
import { CostConfig } from '../../core/config/CostConfig';
import { Currencies } from '../../core/Currencies';
import { Exchange } from './Exchange';
import { AllocatedFacts, AllocatedReading } from './facts/AllocatedFacts';
import { AskedBudget, askBudget } from './facts/AskedBudget';
import { BilledFacts, BilledReading } from './facts/BilledFacts';
import { FoundFacts } from './facts/CostFacts';
import { toBudgetDays } from './facts/toBudgetDays';

/** @internal */
export interface BudgetEvaluatorOptions {
  config: Pick<CostConfig, 'ingest'>;
  calendar: Calendar;
  currencies: Currencies;
  /** Names of the clusters that are read. */
  configured: ReadonlySet<string>;
}

/** Where an evaluation reads. */
export type BudgetReading = AllocatedReading & BilledReading;

/** What is asked for beside the evaluation itself. */
export interface EvaluationOptions {
  now: Date;
  triedPeriods?: number;
  withCourse?: boolean;
  /** How the period before ended, too. */
  withClosed?: boolean;
}

/** A budget and what it came to. */
export type EvaluatedOne =
  | {
      evaluation: BudgetEvaluation;
      /** Of the period before, while it is looked at. */
      closed?: BudgetEvaluation;
      days: BudgetDay[];
      today: string;
      /** First day of which anything is known; absent = none. */
      knownFrom?: string;
    }
  | { problem: string };

/** Evaluates many budgets with as many queries as one takes. */
export class BudgetEvaluator {
  readonly #zone: string;
  readonly #allocated: AllocatedFacts;
  readonly #billed: BilledFacts;
  /** Definitions are never changed, but others. */
  readonly #memories = new WeakMap<BudgetDefinition, ForecastMemory>();

  static create(options: BudgetEvaluatorOptions) {
    return new BudgetEvaluator(options);
  }

  private constructor(options: BudgetEvaluatorOptions) {
    const exchange = Exchange.create(options);
    this.#zone = options.calendar.zone;
    this.#allocated = AllocatedFacts.create({ ...options, exchange });
    this.#billed = BilledFacts.create({ exchange });
  }

  /** In the order of budgets. */
  async evaluate(
    budgets: readonly BudgetDefinition[],
    reading: BudgetReading,
    options: EvaluationOptions,
  ): Promise<EvaluatedOne[]> {
    const { now, triedPeriods, withClosed } = options;
    const asked = await mapInTurns(budgets, budget =>
      askBudget(budget, { now, triedPeriods, withClosed, zone: this.#zone }),
    );
    const isAllocated = ({ budget }: AskedBudget) =>
      budget.cost.basis === 'allocated';
    const facts = new Map([
      ...(await this.#allocated.read(asked.filter(isAllocated), reading, now)),
      ...(await this.#billed.read(
        asked.filter(each => !isAllocated(each)),
        reading,
      )),
    ]);
    return mapInTurns(asked, each =>
      evaluateOne(each, facts.get(each), {
        ...options,
        memory: this.#memoryOf(each.budget),
      }),
    );
  }

  #memoryOf(budget: BudgetDefinition): ForecastMemory {
    const memory = this.#memories.get(budget) ?? ForecastMemory.create();
    this.#memories.set(budget, memory);
    return memory;
  }
}

function evaluateOne(
  asked: AskedBudget,
  facts: FoundFacts | undefined,
  {
    triedPeriods,
    withCourse,
    withClosed,
    memory,
  }: EvaluationOptions & { memory: ForecastMemory },
): EvaluatedOne {
  if (!facts) {
    return { problem: 'Nothing is known of its cost' };
  }
  if ('problem' in facts) {
    return facts;
  }
  const { budget, today } = asked;
  const { knownFrom } = facts;
  const days = toBudgetDays(asked, facts);
  const known = { budget, days, today, knownFrom };
  const evaluation = evaluateBudget({
    ...known,
    triedPeriods,
    withCourse,
    memory,
  });
  const closed = withClosed ? evaluateClosedPeriod(known) : undefined;
  return {
    evaluation,
    days,
    today,
    ...(closed && { closed }),
    ...(knownFrom && { knownFrom }),
  };
}
