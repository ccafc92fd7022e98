import { addDays, monthStart, nextMonthStart } from '@headroom/common';
import { BilledThrough, billedSpan } from '@headroom/plugin-cost-common';
import { EntityBillAccount } from '../../database/EntityBillStore';

/** Days by which charges of one service of a provider come later than those of another. */
const LAG_DAYS = 2;

/** What an entity's bill in one currency is of. */
export interface EntityBillPeriod {
  currency: string;
  /** First days of the newest period that all its bills have come to, and of the one before. */
  period: string;
  before: string;
  /** The newest day that all its bills charge; undefined where none says. */
  through?: string;
}

/**
 * The newest period of each currency that all bills have come to which charged the entity
 * lately: a bill that is late is not taken for one that charges nothing. The newest first.
 */
export function billPeriods(
  accounts: readonly EntityBillAccount[],
  sources: readonly BilledThrough[],
): EntityBillPeriod[] {
  const currencies = [...new Set(accounts.map(({ currency }) => currency))];
  const found = currencies.map(currency => {
    const own = accounts.filter(each => each.currency === currency);
    const periods = own.map(({ period }) => period).sort();
    const newest = periods[periods.length - 1];
    const lately = monthStart(addDays(newest, -1));
    const through = billedSpan(
      sources.filter(source =>
        own.some(
          ({ account, period }) =>
            period >= lately && source.account === account,
        ),
      ),
    )?.last;
    const period =
      periods.filter(each => !through || each <= through).at(-1) ?? newest;
    return {
      currency,
      period,
      before: monthStart(addDays(period, -1)),
      ...(through !== undefined && { through }),
    };
  });
  return found.sort(
    (a, b) => compare(b.period, a.period) || compare(a.currency, b.currency),
  );
}

/**
 * What is charged of a period as a whole, and of all: ends are exclusive. The newest day
 * is never taken for whole, neither the bills' nor, unless they are past it, the entity's own.
 */
export function billedEnds(
  { period, through }: Pick<EntityBillPeriod, 'period' | 'through'>,
  charged: readonly string[],
): { whole: string; end: string } {
  const limit = nextMonthStart(period);
  const last =
    charged
      .filter(day => day >= period && day < limit)
      .sort()
      .at(-1) ?? period;
  const newest = through ?? last;
  const isPast = addDays(last, LAG_DAYS) < newest;
  return {
    whole: earlier(isPast ? newest : earlier(last, newest), limit),
    end: earlier(addDays(last > newest ? last : newest, 1), limit),
  };
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
