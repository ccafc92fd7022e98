import { convertMicros } from '@headroom/common';
import {
  BillBasis,
  BillOfCurrency,
  BillPayer,
  BillRow,
  decimalMicros,
  DecimalSum,
  MachineBill,
  reconcileBill,
  roundTogether,
} from '@headroom/plugin-cost-common';
import {
  BillSums,
  CategorySums,
  MachinePart,
  PayerSums,
} from '../../database/BillReportStore';
import { StoredRestatement } from '../../database/billRestatements';

/** Rows of an answer; the others are summed. */
const MOST_ROWS = 200;

/** A bill but for its rows by one dimension, and who pays for it, the largest first. */
export interface BuiltBill {
  bill: Omit<BillOfCurrency, 'rows' | 'others'>;
  payers: BillPayer[];
}

/** What a month's bill is made of, in all its currencies. */
export interface BillFacts {
  basis: BillBasis;
  categories: readonly CategorySums[];
  payers: readonly PayerSums[];
  /** The newest first. */
  restatements: readonly StoredRestatement[];
  parts: readonly MachinePart[];
  /** What one unit of the stored currency buys of another; undefined = no rate is known. */
  rateTo(currency: string): string | undefined;
}

/** A month's bill for each currency it is in. Pure: everything sums to its total. */
export function buildBills(facts: BillFacts): BuiltBill[] {
  const currencies = [
    ...new Set(facts.categories.map(({ currency }) => currency)),
  ];
  return currencies.map(currency => {
    const own = <T extends { currency: string }>(sums: readonly T[]) =>
      sums.filter(each => each.currency === currency);
    return billOf(currency, {
      ...facts,
      categories: own(facts.categories),
      payers: own(facts.payers),
      parts: own(facts.parts),
      restatements: own(facts.restatements),
    });
  });
}

/** Charges of one currency by one dimension, the largest first. Pure: they sum to the bill's total. */
export function billRows(
  groups: ReadonlyArray<BillSums & { key: string }>,
  basis: BillBasis,
): Pick<BillOfCurrency, 'rows' | 'others'> {
  const amounts = roundTogether(groups.map(group => group[basis]));
  const lists = roundTogether(groups.map(({ list }) => list));
  const rows = groups
    .map(({ key, charges }, index) => ({
      key,
      charges,
      amount: amounts[index],
      list: lists[index],
    }))
    .sort((a, b) => descending(a.amount, b.amount));
  const rest = rows.slice(MOST_ROWS);
  return {
    rows: rows.slice(0, MOST_ROWS).map(
      (row): BillRow => ({
        ...row,
        amount: row.amount.toString(),
        list: row.list.toString(),
      }),
    ),
    ...(rest.length > 0 && {
      others: {
        rows: rest.length,
        amount: sumOf(rest.map(({ amount }) => amount)).toString(),
      },
    }),
  };
}

function billOf(currency: string, facts: BillFacts): BuiltBill {
  const { basis, categories } = facts;
  const corrections = categories.filter(({ correction }) => correction);
  const { payers, ...allocation } = allocationOf(currency, facts);
  return {
    bill: {
      currency,
      total: total(categories, basis).toString(),
      invoice: total(categories, 'billed').toString(),
      list: total(categories, 'list').toString(),
      charges: chargesOf(categories),
      corrections: total(corrections, basis).toString(),
      restatements: facts.restatements.map(
        ({ source, at, [basis]: change }) => ({
          source,
          at,
          change: decimalMicros(change).toString(),
        }),
      ),
      categories: categoryAmounts(categories, basis),
      ...allocation,
      payers: payers.length,
    },
    payers,
  };
}

function categoryAmounts(
  categories: readonly CategorySums[],
  basis: BillBasis,
): BillOfCurrency['categories'] {
  const names = [...new Set(categories.map(({ category }) => category))];
  const sums = names.map(name => {
    const sum = DecimalSum.create();
    categories
      .filter(({ category }) => category === name)
      .forEach(each => sum.add(each[basis]));
    return sum.value;
  });
  return roundTogether(sums).map((amount, index) => ({
    category: names[index],
    amount: amount.toString(),
  }));
}

function allocationOf(
  currency: string,
  { payers, basis, parts, rateTo }: BillFacts,
): Pick<BillOfCurrency, 'allocated' | 'machines'> & Pick<BuiltBill, 'payers'> {
  const amounts = roundTogether(payers.map(payer => payer[basis]));
  const rate = rateTo(currency);
  const machines: MachineBill[] = [];
  const direct: Array<{ entityRef: string; micros: bigint }> = [];
  payers.forEach(({ cluster, region, capacityType, entityRef }, index) => {
    const micros = amounts[index];
    if (cluster === undefined) {
      direct.push({ entityRef, micros });
    } else {
      const of = parts.filter(
        each =>
          each.cluster === cluster &&
          each.region === region &&
          each.capacityType === capacityType,
      );
      machines.push({
        cluster,
        region,
        capacityType,
        micros,
        parts: of.map(each => ({
          entityRef: each.entityRef,
          amount: each[basis],
          estimated: each.estimated,
        })),
      });
    }
  });
  const inCurrency = (micros: bigint) =>
    rate === undefined
      ? {}
      : { estimated: convertMicros(micros, rate).toString() };
  const { services, idle, notAllocated } = reconcileBill(machines, direct);
  const titles = new Map(
    parts.map(({ entityRef, title }) => [entityRef, title]),
  );
  return {
    allocated: {
      machines: (
        sumOf(services.map(service => service.machines)) + idle
      ).toString(),
      idle: idle.toString(),
      direct: sumOf(services.map(service => service.direct)).toString(),
      notAllocated: notAllocated.toString(),
    },
    machines: machines.map(
      ({ micros, parts: of, cluster, region, capacityType }) => ({
        cluster,
        region,
        capacityType,
        amount: micros.toString(),
        ...inCurrency(sumOf(of.map(each => each.estimated))),
      }),
    ),
    payers: services
      .sort((a, b) => descending(a.machines + a.direct, b.machines + b.direct))
      .map(service => ({
        entityRef: service.entityRef,
        ...(titles.get(service.entityRef) !== undefined && {
          title: titles.get(service.entityRef),
        }),
        machines: service.machines.toString(),
        direct: service.direct.toString(),
        ...inCurrency(service.estimated),
      })),
  };
}

function total(sums: readonly BillSums[], amount: BillBasis | 'list'): bigint {
  const sum = DecimalSum.create();
  sums.forEach(each => sum.add(each[amount]));
  return decimalMicros(sum.value);
}

function chargesOf(sums: readonly BillSums[]): number {
  return sums.reduce((all, { charges }) => all + charges, 0);
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n);
}

function descending(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? 1 : -1;
}
