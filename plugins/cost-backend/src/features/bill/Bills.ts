import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  BILL_BASES,
  BILL_DIMENSIONS,
  BillReport,
} from '@headroom/plugin-cost-common';
import { isSaid, once, oneOf } from '@headroom/node';
import { z } from 'zod';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { ScopedStores } from '../../database/ScopedStores';
import { buildBills } from './buildBillReport';

const WHEN = 'it must be a month such as 2026-11';

/** What a bill can be asked for. */
export const billQuery = z.strictObject({
  month: once
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, {
      error: ({ input }) => `${isSaid(input)}; ${WHEN}`,
    })
    .optional()
    .describe('Month of the billing period; default: the newest there is.'),
  basis: oneOf(BILL_BASES)
    .default('effective')
    .describe(
      '`billed` sums to the invoice; `effective` has what was paid in advance where it was used.',
    ),
  groupBy: oneOf(BILL_DIMENSIONS).default('service'),
});

/** @internal */
export interface BillsOptions {
  scopes: CostScopes;
  currencies: Currencies;
  /** Sources that make their bill up. */
  simulated: ReadonlySet<string>;
}

/** What providers bill, for a caller. */
export class Bills {
  readonly #options: BillsOptions;

  static create(options: BillsOptions) {
    return new Bills(options);
  }

  private constructor(options: BillsOptions) {
    this.#options = options;
  }

  /**
   * @throws NotAllowedError unless the caller may see what everything costs;
   * NotFoundError when there is no bill of the month.
   */
  async report(
    query: z.infer<typeof billQuery>,
    credentials: BackstageCredentials,
  ): Promise<BillReport> {
    return this.#options.scopes.read('fleet', credentials, at =>
      this.#read(at, query),
    );
  }

  async #read(
    { bills }: ScopedStores,
    { month, basis, groupBy }: z.infer<typeof billQuery>,
  ): Promise<BillReport> {
    const periods = await bills.periods();
    const period = month
      ? periods.find(each => each.startsWith(month))
      : periods[0];
    if (month && !period) {
      throw new NotFoundError(
        periods.length === 0
          ? 'No bill was read yet'
          : `There is no bill of ${month}; there are bills of ${periods
              .map(each => each.slice(0, 7))
              .join(', ')}`,
      );
    }
    const deliveries = await bills.deliveries();
    const base = {
      periods,
      basis,
      groupBy,
      deliveries,
      remarks: await bills.remarks(),
      simulated: deliveries.some(({ source }) =>
        this.#options.simulated.has(source),
      ),
    };
    if (!period) {
      return { ...base, bills: [] };
    }
    const categories = await bills.categories(period);
    const payers = await bills.payers(period);
    const days = daysOf(categories);
    return {
      ...base,
      period,
      days,
      bills: buildBills({
        basis,
        categories,
        groups: await bills.groups(period, groupBy),
        payers,
        estimates: payers.some(({ cluster }) => cluster !== undefined)
          ? await bills.estimates(later(days.start, period), days.end)
          : [],
        rateTo: currency => this.#rateTo(currency, days.end),
      }),
    };
  }

  #rateTo(currency: string, day: string): string | undefined {
    const { currencies } = this.#options;
    if (!currencies.all.includes(currency)) {
      return undefined;
    }
    const { rates } = currencies.conversionTo(currency);
    if (!rates) {
      return '1';
    }
    const valid = rates.filter(({ validFrom }) => validFrom <= day);
    return (valid.at(-1) ?? rates[0])?.rate;
  }
}

function daysOf(categories: ReadonlyArray<{ start: string; end: string }>) {
  const [first, ...others] = categories;
  return others.reduce(
    (days, { start, end }) => ({
      start: start < days.start ? start : days.start,
      end: later(end, days.end),
    }),
    { start: first.start, end: first.end },
  );
}

/** Corrections are of days before the period; machines are compared within it. */
function later(a: string, b: string): string {
  return a > b ? a : b;
}
