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

/** What an entity was billed, as it is stored. */
export interface EntityBillFacts {
  basis: BillBasis;
  /** The newest period it was billed in, and the one before. */
  period: string;
  before: string;
  /** Days that are charged of the newest; the end is exclusive. */
  end: string;
  months: readonly EntityBillSums[];
  days: ReadonlyArray<EntityBillSums & { day: string }>;
  resources: readonly EntityBillResource[];
}

/** What an entity was billed for each currency it is billed in. Pure: days and resources sum to the amount. */
export function buildEntityBill(
  facts: EntityBillFacts,
): EntityBillOfCurrency[] {
  const currencies = [...new Set(facts.months.map(({ currency }) => currency))];
  return currencies.map(currency => {
    const own = <T extends EntityBillSums>(sums: readonly T[]) =>
      sums.filter(each => each.currency === currency);
    return billOf(currency, {
      ...facts,
      months: own(facts.months),
      days: own(facts.days),
      resources: own(facts.resources),
    });
  });
}

function billOf(
  currency: string,
  { basis, period, before, end, months, days, resources }: EntityBillFacts,
): EntityBillOfCurrency {
  const newest = days.filter(each => each.period === period);
  const amounts = roundTogether(newest.map(each => each[basis]));
  const ofResources = roundTogether(resources.map(each => each[basis]));
  const previous = previousOf(
    days.filter(each => each.period === before),
    { basis, before, days: daysBetween(period, end) },
  );
  return {
    currency,
    amount: sumOf(amounts).toString(),
    ...(previous && { previous }),
    days: newest.map(({ day }, index) => ({
      day,
      amount: amounts[index].toString(),
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

/** The same number of days of the month before, where it was billed from the first to the last of them. */
function previousOf(
  all: ReadonlyArray<EntityBillSums & { day: string }>,
  { basis, before, days }: { basis: BillBasis; before: string; days: number },
): EntityBillOfCurrency['previous'] {
  const end = addDays(before, days);
  const compared = all.filter(({ day }) => day < end);
  const has = (day: string) => compared.some(each => each.day === day);
  return has(before) && has(addDays(end, -1))
    ? {
        start: before,
        end,
        amount: sumOf(
          roundTogether(compared.map(each => each[basis])),
        ).toString(),
      }
    : undefined;
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n);
}
