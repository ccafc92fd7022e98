import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { calendarDayOf } from '@headroom/common';
import {
  describeBudgetScope,
  GuardBudget,
  KnownBudget,
  wordGuard,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { Budgets, BudgetsAbove } from '../budgets/Budgets';
import { Exchange } from '../budgets/Exchange';
import { readEntityRef } from './readEntityRef';

/** @internal */
export interface BudgetLeftOptions {
  budgets: Budgets;
  exchange: Exchange;
  config: CostConfig;
  now: () => Date;
}

type Row = BudgetsAbove['budgets'][number];

const MONTHS = { week: 7 / 30.4375, month: 1, quarter: 3, year: 12 };

/** What is left of the budget that something falls under, as far as a caller may see it. */
export class BudgetLeft {
  readonly #options: BudgetLeftOptions;

  static create(options: BudgetLeftOptions) {
    return new BudgetLeft(options);
  }

  private constructor(options: BudgetLeftOptions) {
    this.#options = options;
  }

  /**
   * The budget with least room a month, in a currency; why it isn't known; or that
   * there is none.
   *
   * @throws InputError when `entityRef` is no reference
   */
  async of(
    entityRef: string | undefined,
    currency: string,
    credentials: BackstageCredentials,
  ): Promise<KnownBudget> {
    if (entityRef === undefined) {
      return { unknown: wordGuard('budgetNoOwner') };
    }
    const ref = readEntityRef(entityRef);
    const found = await this.#above(ref, credentials);
    if (found === 'hidden') {
      return { unknown: wordGuard('budgetHidden', { owner: ref }) };
    }
    if (!found) {
      return { unknown: wordGuard('budgetOwnerUnknown', { entityRef: ref }) };
    }
    const [owner = ref] = found.owners;
    if (found.budgets.length === 0) {
      return found.restricted
        ? { unknown: wordGuard('budgetHidden', { owner }) }
        : { none: owner };
    }
    return this.#leastRoom(found.budgets, currency);
  }

  #leastRoom(budgets: readonly Row[], currency: string): KnownBudget {
    const { exchange } = this.#options;
    if (!exchange.knows(currency)) {
      return { unknown: wordGuard('budgetCurrency', { currency }) };
    }
    const known = budgets.flatMap(row => this.#toBudget(row, currency) ?? []);
    const [problem] = budgets.flatMap(row =>
      'problem' in row ? [{ budget: titleOf(row), why: row.problem }] : [],
    );
    if (known.length === 0 && problem) {
      return { unknown: wordGuard('budgetProblem', problem) };
    }
    const room = ({ left, months }: GuardBudget) => Number(left) / months;
    return {
      budget: known.reduce((least, each) =>
        room(each) < room(least) ? each : least,
      ),
    };
  }

  #toBudget(row: Row, currency: string): GuardBudget | undefined {
    const { exchange, config, now } = this.#options;
    if ('problem' in row) {
      return undefined;
    }
    const { id, budget, status } = row;
    const today = calendarDayOf(now(), config.timezone);
    const convert = (micros: string) =>
      exchange.convert(BigInt(micros), budget.currency, currency, today);
    const { projection } = status;
    const [limit, spent] = [convert(status.limit), convert(status.spent)];
    const forecast =
      projection.status === 'ok' ? convert(projection.total) : undefined;
    return {
      id,
      title: titleOf(row),
      start: status.start,
      end: status.end,
      limit: limit.toString(),
      spent: spent.toString(),
      ...(forecast !== undefined && { forecast: forecast.toString() }),
      left: (limit - (forecast ?? spent)).toString(),
      atMost: status.knownFrom !== undefined,
      months: MONTHS[budget.period.type],
    };
  }

  async #above(ref: string, credentials: BackstageCredentials) {
    try {
      return await this.#options.budgets.above(ref, credentials);
    } catch (error) {
      // Who may see no service yet may ask what a first one will cost.
      if ((error as Error).name === 'NotAllowedError') {
        return 'hidden' as const;
      }
      throw error;
    }
  }
}

function titleOf({ budget }: Row): string {
  return budget.title ?? describeBudgetScope(budget.scope);
}
