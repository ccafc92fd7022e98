import { addDays, daysBetween } from '@headroom/common';
import {
  BillBasis,
  decimalMicros,
  EntityBillOfCurrency,
  roundTogether,
} from '@headroom/plugin-cost-common';
import {
  EntityBillResource,
  EntityBillSums,
} from '../../database/EntityBillStore';
import { billedEnds, EntityBillPeriod } from './billPeriods';

/** What an entity was billed, as it is stored. */
export interface EntityBillFacts {
  basis: BillBasis;
  /** One for each currency. */
  periods: readonly EntityBillPeriod[];
  months: readonly EntityBillSums[];
  /** Of the periods and those before, in order. */
  days: readonly DaySums[];
  /** Of the periods. */
  resources: readonly EntityBillResource[];
}

type DaySums = EntityBillSums & { day: string };

/** What an entity was billed for each currency it is billed in. Pure: days and resources sum to the amount. */
export function buildEntityBill(
  facts: EntityBillFacts,
): EntityBillOfCurrency[] {
  return facts.periods.map(of => {
    const own = <T extends EntityBillSums>(sums: readonly T[]) =>
      sums.filter(({ currency }) => currency === of.currency);
    return billOf(of, {
      basis: facts.basis,
      months: own(facts.months),
      days: own(facts.days),
      resources: own(facts.resources).filter(
        ({ period }) => period === of.period,
      ),
    });
  });
}

function billOf(
  of: EntityBillPeriod,
  { basis, months, days, resources }: Omit<EntityBillFacts, 'periods'>,
): EntityBillOfCurrency {
  const { currency, period } = of;
  const newest = days.filter(each => each.period === period);
  const amounts = roundTogether(newest.map(each => each[basis]));
  const ofResources = roundTogether(resources.map(each => each[basis]));
  const { whole, end } = billedEnds(
    of,
    newest.map(({ day }) => day),
  );
  const compared = comparedOf(days, of, { basis, whole });
  return {
    currency,
    period,
    end,
    amount: sumOf(amounts).toString(),
    ...(compared && { compared }),
    days: newest.map(({ day }, index) => ({
      day,
      amount: amounts[index].toString(),
      partial: day >= whole,
    })),
    months: months.map(each => ({
      period: each.period,
      amount: decimalMicros(each[basis]).toString(),
    })),
    resources: resources
      .map(({ resourceId, service, region, charges, list }, index) => ({
        key: resourceId,
        service,
        region,
        charges,
        amount: ofResources[index],
        list: decimalMicros(list),
      }))
      .sort((a, b) => Number(b.amount - a.amount))
      .map(row => ({
        ...row,
        amount: row.amount.toString(),
        list: row.list.toString(),
      })),
  };
}

/** The whole days, and as many of the month before where it was billed from the first to the last of them. */
function comparedOf(
  days: readonly DaySums[],
  { period, before }: EntityBillPeriod,
  { basis, whole }: { basis: BillBasis; whole: string },
): EntityBillOfCurrency['compared'] {
  const end = addDays(before, daysBetween(period, whole));
  const has = (day: string) =>
    days.some(each => each.period === before && each.day === day);
  const spanOf = (start: string, until: string) => ({
    start,
    end: until,
    amount: sumOf(
      roundTogether(
        days
          .filter(each => each.period === start && each.day < until)
          .map(each => each[basis]),
      ),
    ).toString(),
  });
  return whole > period && has(before) && has(addDays(end, -1))
    ? { current: spanOf(period, whole), previous: spanOf(before, end) }
    : undefined;
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n);
}
