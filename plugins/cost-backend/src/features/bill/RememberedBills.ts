import {
  BillBasis,
  BillDimension,
  BillOfCurrency,
} from '@headroom/plugin-cost-common';
import { AnswerMemory } from '../../core/AnswerMemory';
import { Currencies } from '../../core/Currencies';
import { BillReportStore } from '../../database/BillReportStore';
import { daysOf } from './billMonth';
import { billRows, BuiltBill, buildBills } from './buildBillReport';

/** With 10,000 services that pay one takes some 5 MB. */
const MOST_BILLS = 6;
/** Of some hundred rows for each currency. */
const MOST_GROUPINGS = 30;

/** Bills of a month, in all its currencies. */
export interface MonthBills {
  days: { start: string; end: string };
  bills: BuiltBill[];
}

type BillRows = Pick<BillOfCurrency, 'rows' | 'others'>;

/**
 * Bills as they were built last: one is built anew when what it is made of is another.
 * Whoever asks has a store, which is for who may see everything.
 */
export class RememberedBills {
  readonly #currencies: Currencies;
  readonly #bills = AnswerMemory.create<MonthBills>({ most: MOST_BILLS });
  readonly #rows = AnswerMemory.create<Map<string, BillRows>>({
    most: MOST_GROUPINGS,
  });

  static create(options: { currencies: Currencies }) {
    return new RememberedBills(options.currencies);
  }

  private constructor(currencies: Currencies) {
    this.#currencies = currencies;
  }

  /** @param store - in a snapshot */
  async ofMonth(
    store: BillReportStore,
    period: string,
    basis: BillBasis,
  ): Promise<MonthBills> {
    const key = JSON.stringify([await store.version(), period, basis]);
    return this.#bills.of(key, async () => {
      const categories = await store.categories(period);
      const days = daysOf(categories);
      const bills = buildBills({
        basis,
        categories,
        restatements: await store.restatements(period),
        payers: await store.payers(period),
        parts: await store.machineParts(period),
        rateTo: currency => this.#rateTo(currency, days.end),
      });
      return { days, bills };
    });
  }

  /**
   * Rows of a month's bills by a dimension, by their currency.
   *
   * @param store - in a snapshot
   */
  async rows(
    store: BillReportStore,
    period: string,
    basis: BillBasis,
    groupBy: BillDimension,
  ): Promise<ReadonlyMap<string, BillRows>> {
    const version = await store.version();
    const key = JSON.stringify([version, period, basis, groupBy]);
    return this.#rows.of(key, async () => {
      const groups = await store.groups(period, groupBy);
      const currencies = new Set(groups.map(({ currency }) => currency));
      return new Map(
        [...currencies].map(currency => [
          currency,
          billRows(
            groups.filter(each => each.currency === currency),
            basis,
          ),
        ]),
      );
    });
  }

  #rateTo(currency: string, day: string): string | undefined {
    if (!this.#currencies.all.includes(currency)) {
      return undefined;
    }
    const { rates } = this.#currencies.conversionTo(currency);
    if (!rates) {
      return '1';
    }
    const valid = rates.filter(({ validFrom }) => validFrom <= day);
    return (valid.at(-1) ?? rates[0])?.rate;
  }
}
