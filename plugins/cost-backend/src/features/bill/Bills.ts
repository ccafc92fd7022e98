import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { DAY_MS } from '@headroom/common';
import { isSaid } from '@headroom/node';
import { BillPayers, BillReport } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { ScopedStores } from '../../database/ScopedStores';
import { periodOf } from './billMonth';
import { billPayersQuery, billQuery } from './billRequest';
import { firstPayerOrder, pageOfPayers } from './pageOfPayers';
import { RememberedBills } from './RememberedBills';

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
  readonly #remembered: RememberedBills;

  static create(options: BillsOptions) {
    return new Bills(options);
  }

  private constructor(options: BillsOptions) {
    this.#options = options;
    this.#remembered = RememberedBills.create(options);
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

  /**
   * Who pays for the bill of a month.
   *
   * @throws NotAllowedError unless the caller may see what everything costs;
   * NotFoundError when there is no bill of the month; InputError when it is not in the
   * currency.
   */
  async payers(
    query: z.infer<typeof billPayersQuery>,
    credentials: BackstageCredentials,
  ): Promise<BillPayers> {
    const { month, basis, currency, order, ...request } = query;
    const { period, bills } = await this.#options.scopes.read(
      'fleet',
      credentials,
      async at => {
        const found = periodIn(await at.bills.periods(), month);
        if (!found) {
          throw new NotFoundError('No bill was read yet');
        }
        return {
          period: found,
          ...(await this.#remembered.ofMonth(at.bills, found, basis)),
        };
      },
    );
    const asked = currency ?? bills[0].bill.currency;
    const bill = bills.find(each => each.bill.currency === asked);
    if (!bill) {
      throw new InputError(
        `currency ${isSaid(asked)}; the bill of ${period.slice(
          0,
          7,
        )} is in ${bills.map(each => each.bill.currency).join(', ')}`,
      );
    }
    const { page, totalRows } = pageOfPayers(bill.payers, {
      ...request,
      order: order ?? firstPayerOrder(request.sort),
    });
    return { period, basis, currency: asked, payers: page, totalRows };
  }

  async #read(
    { bills: store }: ScopedStores,
    { month, basis, groupBy }: z.infer<typeof billQuery>,
  ): Promise<BillReport> {
    const { now, simulated } = this.#options;
    const periods = await store.periods();
    const period = periodIn(periods, month);
    const deliveries = await store.deliveries();
    const base = {
      periods,
      basis,
      groupBy,
      deliveries,
      remarks: await store.remarks(),
      restated: (
        await store.restatedSince(new Date(now().getTime() - RESTATED_MS))
      ).filter(each => periods.includes(each)),
      simulated: deliveries.some(({ source }) => simulated.has(source)),
    };
    if (!period) {
      return { ...base, isSplit: true, bills: [] };
    }
    const { days, bills } = await this.#remembered.ofMonth(
      store,
      period,
      basis,
    );
    const rows = await this.#remembered.rows(store, period, basis, groupBy);
    return {
      ...base,
      period,
      days,
      isSplit: await store.isSplit(period),
      bills: bills.map(({ bill }) => ({
        ...bill,
        rows: [],
        ...rows.get(bill.currency),
      })),
    };
  }
}

/** @throws as {@link periodOf} */
function periodIn(
  periods: readonly string[],
  month: string | undefined,
): string | undefined {
  return month ? periodOf(month, periods) : periods[0];
}
