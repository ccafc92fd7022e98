import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { DAY_MS } from '@headroom/common';
import {
  BILL_BASES,
  BILL_DIMENSIONS,
  BillReport,
} from '@headroom/plugin-cost-common';
import { oneOf } from '@headroom/node';
import { z } from 'zod';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { ScopedStores } from '../../database/ScopedStores';
import { billMonth, daysOf, periodOf } from './billMonth';
import { buildBills } from './buildBillReport';

/** What a bill can be asked for. */
export const billQuery = z.strictObject({
  month: billMonth
    .optional()
    .describe('Month of the billing period; default: the newest there is.'),
  basis: oneOf(BILL_BASES)
    .default('effective')
    .describe(
      '`billed` sums to the invoice; `effective` has what was paid in advance where it was used.',
    ),
  groupBy: oneOf(BILL_DIMENSIONS).default('service'),
});

/** How long a restatement is news. */
const RESTATED_MS = 31 * DAY_MS;

/** @internal */
export interface BillsOptions {
  scopes: CostScopes;
  currencies: Currencies;
  /** Sources that make their bill up. */
  simulated: ReadonlySet<string>;
  now: () => Date;
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
    const { now } = this.#options;
    const periods = await bills.periods();
    const period = month ? periodOf(month, periods) : periods[0];
    const deliveries = await bills.deliveries();
    const base = {
      periods,
      basis,
      groupBy,
      deliveries,
      remarks: await bills.remarks(),
      restated: (
        await bills.restatedSince(new Date(now().getTime() - RESTATED_MS))
      ).filter(each => periods.includes(each)),
      simulated: deliveries.some(({ source }) =>
        this.#options.simulated.has(source),
      ),
    };
    if (!period) {
      return { ...base, isSplit: true, bills: [] };
    }
    const categories = await bills.categories(period);
    const payers = await bills.payers(period);
    const days = daysOf(categories);
    return {
      ...base,
      period,
      days,
      isSplit: await bills.isSplit(period),
      bills: buildBills({
        basis,
        categories,
        groups: await bills.groups(period, groupBy),
        restatements: await bills.restatements(period),
        payers,
        parts: await bills.machineParts(period),
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
