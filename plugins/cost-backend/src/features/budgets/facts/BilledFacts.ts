import { mapInTurns } from '@headroom/node';
import { billedSpan } from '@headroom/plugin-cost-common';
import { machinesKeptFrom } from '../../../core/machinesKept';
import {
  BilledDay,
  BudgetCosts,
} from '../../../database/budgets/BudgetCostStore';
import { Exchange } from '../Exchange';
import { AskedBudget } from './AskedBudget';
import { FoundFacts } from './CostFacts';
import { distinctScopes } from './distinctScopes';

/** Where what was billed is read. */
export interface BilledReading {
  costs: Pick<BudgetCosts, 'billedThrough' | 'isSplit' | 'billedDays'>;
  /** Systems of domains, by reference of the domain. */
  systems: ReadonlyMap<string, string[]>;
}

/** What providers charge for a scope. */
export class BilledFacts {
  readonly #exchange: Exchange;

  static create(options: { exchange: Exchange }) {
    return new BilledFacts(options.exchange);
  }

  private constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** Of budgets of what is billed, by as many queries as one takes. */
  async read(
    asked: readonly AskedBudget[],
    { costs, systems }: BilledReading,
  ): Promise<Map<AskedBudget, FoundFacts>> {
    if (asked.length === 0) {
      return new Map();
    }
    const span = billedSpan(await costs.billedThrough());
    if (!span) {
      const problem = 'No bill was read yet';
      return new Map(asked.map(each => [each, { problem }]));
    }
    const { questions, placeOf } = distinctScopes(asked, systems);
    const wasSplit = await costs.isSplit();
    const days = wasSplit ? await costs.billedDays(questions) : [];
    // A bill may have been imported while they were read.
    if (!wasSplit || !(await costs.isSplit())) {
      const problem =
        'A bill was imported, and who pays for its nodes is being worked out; until then nothing is known of what is billed';
      return new Map(asked.map(each => [each, { problem }]));
    }
    return new Map(
      await mapInTurns(asked, (each): [AskedBudget, FoundFacts] => [
        each,
        this.#facts(each, days[placeOf(each)], span),
      ]),
    );
  }

  #facts(
    { budget: { currency, cost }, today }: AskedBudget,
    billed: readonly BilledDay[],
    span: { first: string; last: string },
  ): FoundFacts {
    if (billed.length === 0) {
      return {
        problem:
          'No charge was found that it is for, so nothing is known of what is billed for it',
      };
    }
    const stranger = billed.find(each => !this.#exchange.knows(each.currency));
    if (stranger) {
      return {
        problem: `It is billed in ${stranger.currency}, for which there is no rate (headroom.exchangeRates)`,
      };
    }
    const days = new Map<string, bigint>();
    const fixed = new Map<string, bigint>();
    for (const each of billed) {
      const { day } = each;
      const convert = (micros: bigint) =>
        this.#exchange.convert(micros, each.currency, currency, day);
      const [amount, once] =
        cost.basis === 'billed'
          ? [each.billed, each.fixedBilled]
          : [each.effective, each.fixedEffective];
      days.set(day, (days.get(day) ?? 0n) + convert(amount));
      fixed.set(day, (fixed.get(day) ?? 0n) + convert(once));
    }
    // Of days before it is not kept who had which machine.
    const keptFrom = machinesKeptFrom(today);
    const first = span.first < keptFrom ? keptFrom : span.first;
    return {
      days,
      fixed,
      // Of its newest day a bill rarely has everything, and none has what a late one will.
      isComplete: day => day >= first && day < span.last,
      knownFrom: first,
    };
  }
}
