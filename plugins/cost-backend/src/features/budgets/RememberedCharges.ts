import { mapInTurns } from '@headroom/node';
import {
  BilledDay,
  BillQuestion,
  BudgetCostStore,
} from '../../database/budgets/BudgetCostStore';

/** Characters of days that are remembered, a byte each; scopes beyond them are asked for each time. */
const MOST_REMEMBERED = 100_000_000;

/** What is asked when it is not remembered. */
export type ChargeReading = Pick<BudgetCostStore, 'billedDays' | 'billedMarks'>;

/**
 * What providers charge for scopes by day, the same as the store says: what was asked for
 * the time before is asked for again when it may be another.
 */
export class RememberedCharges {
  readonly #costs: ChargeReading;
  /** Days as texts, by what they are of and the mark that they have. */
  #days: ReadonlyMap<string, string> = new Map();

  static create(options: { costs: ChargeReading }) {
    return new RememberedCharges(options.costs);
  }

  private constructor(costs: ChargeReading) {
    this.#costs = costs;
  }

  /** In the order of scopes. */
  async days(scopes: readonly BillQuestion[]): Promise<BilledDay[][]> {
    const marks = await this.#costs.billedMarks(scopes);
    if (!marks) {
      return this.#costs.billedDays(scopes);
    }
    const keys = scopes.map((scope, index) => keyOf(scope, marks[index]));
    const before = this.#days;
    const unknown = scopes.filter((_, index) => !before.has(keys[index]));
    const asked = new Map(
      unknown.length === 0
        ? []
        : (await this.#costs.billedDays(unknown)).map((days, index) => [
            unknown[index],
            days,
          ]),
    );
    const remembered = new Map<string, string>();
    let left = MOST_REMEMBERED;
    const all = await mapInTurns(scopes, (scope, index) => {
      const known = before.get(keys[index]);
      const days = asked.get(scope) ?? fromText(known);
      const text = known ?? toText(days);
      if (text.length <= left) {
        left -= text.length;
        remembered.set(keys[index], text);
      }
      return days;
    });
    this.#days = remembered;
    return all;
  }
}

function keyOf(
  { scope, systems, readFrom, tax, credits }: BillQuestion,
  mark: string,
): string {
  return JSON.stringify([mark, scope, systems, readFrom, tax, credits]);
}

type Line = [
  day: string,
  currency: string,
  billed: string,
  effective: string,
  fixedBilled: string,
  fixedEffective: string,
];

function toText(days: readonly BilledDay[]): string {
  return JSON.stringify(
    days.map(
      (each): Line => [
        each.day,
        each.currency,
        each.billed.toString(),
        each.effective.toString(),
        each.fixedBilled.toString(),
        each.fixedEffective.toString(),
      ],
    ),
  );
}

function fromText(text = '[]'): BilledDay[] {
  const lines: Line[] = JSON.parse(text);
  return lines.map(([day, currency, ...amounts]) => {
    const [billed, effective, fixedBilled, fixedEffective] =
      amounts.map(BigInt);
    return { day, currency, billed, effective, fixedBilled, fixedEffective };
  });
}
