import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { calendarDayOf, daysBetween, Said } from '@headroom/common';
import {
  budgetScopeKey,
  describeBudgetScope,
  GuardBudget,
  KnownBudget,
  MonthlyRange,
  OwnerBudget,
  takeFromBudget,
  wordGuard,
} from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { readEntityRef } from '../../core/readEntityRef';
import { Budgets, BudgetsAbove } from './Budgets';
import { Exchange } from './Exchange';

/** @internal */
export interface BudgetLeftOptions {
  budgets: Budgets;
  exchange: Exchange;
  config: CostConfig;
  now: () => Date;
}

type Row = BudgetsAbove['budgets'][number];
type SoundRow = Extract<Row, { status: unknown }>;

interface Least {
  row: SoundRow;
  budget: GuardBudget;
}

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
    const least = this.#leastRoom(found.budgets, currency);
    if ('unknown' in least) {
      return least;
    }
    // One that the caller may not see may have less room.
    const atMost = least.budget.atMost || found.restricted;
    return { budget: { ...least.budget, atMost } };
  }

  /**
   * What is left of the budget of a group, or of the nearest above it that has one,
   * without and with what pods cost a month; of several of that group the one with
   * least room a month.
   *
   * @param group - as the catalog writes it
   * @param costs - of the pods, in the currency in which the answer is wanted
   */
  async ofGroup(
    group: string,
    costs: { monthly: MonthlyRange; currency: string },
    credentials: BackstageCredentials,
  ): Promise<OwnerBudget> {
    const { monthly, currency } = costs;
    const found = await this.#above(group, credentials);
    const hidden = { unknown: wordGuard('budgetHidden', { owner: group }) };
    if (found === 'hidden') {
      return hidden;
    }
    if (!found) {
      return { unknown: wordGuard('budgetOwnerUnknown', { entityRef: group }) };
    }
    if (found.nearest === undefined) {
      return { none: group };
    }
    const rows = found.budgets.filter(
      ({ budget }) => budgetScopeKey(budget.scope) === found.nearest,
    );
    if (rows.length === 0) {
      return hidden;
    }
    const least = this.#leastRoom(rows, currency);
    if ('unknown' in least) {
      return least;
    }
    const { budget, row } = least;
    const { today, end } = row.status;
    const daysLeft = daysBetween(today, end);
    return {
      budget: {
        ...budget,
        entityRef: describeBudgetScope(row.budget.scope),
        daysLeft,
        ...takeFromBudget({ left: budget.left, daysLeft }, monthly),
      },
    };
  }

  #leastRoom(
    budgets: readonly Row[],
    currency: string,
  ): Least | { unknown: Said } {
    const { exchange } = this.#options;
    if (!exchange.knows(currency)) {
      return { unknown: wordGuard('budgetCurrency', { currency }) };
    }
    const known = budgets.flatMap(row =>
      'problem' in row ? [] : [{ row, budget: this.#toBudget(row, currency) }],
    );
    const [problem] = budgets.flatMap(row =>
      'problem' in row ? [{ budget: titleOf(row), why: row.problem }] : [],
    );
    if (known.length === 0 && problem) {
      return { unknown: wordGuard('budgetProblem', problem) };
    }
    const room = ({ budget: { left, months } }: Least) => Number(left) / months;
    const { row, budget } = known.reduce((least, each) =>
      room(each) < room(least) ? each : least,
    );
    // Any of the others that isn't known as a whole may have less room.
    const atMost =
      problem !== undefined || known.some(each => each.budget.atMost);
    return { row, budget: { ...budget, atMost } };
  }

  #toBudget(row: SoundRow, currency: string): GuardBudget {
    const { exchange, config, now } = this.#options;
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
      atMost:
        // More will be spent by the end than by now.
        forecast === undefined ||
        status.knownFrom !== undefined ||
        // It may have been overspent before.
        (status.carryProblem !== undefined && budget.carryOver === 'both'),
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
