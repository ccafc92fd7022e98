import { RESOURCES } from '@headroom/plugin-cost-common';
import { SqlFragment } from '@headroom/node';
import {
  costColumn,
  knownColumn,
  USAGE_RESOURCES,
  usedColumn,
} from './measures';

/** Rates by day; the first also holds for the days before it. */
export type DatedRates = Array<{ validFrom: string; rate: string }>;

/** Quantities that go with the resources, in their order. */
const QUANTITIES = [
  'cpu_core_microhours',
  'memory_byte_hours',
  'gpu_device_microhours',
  'storage_byte_hours',
  'network_bytes',
] as const;

/** Names of summed columns in the order {@link toSums} reads them. */
export const SUM_COLUMNS = [
  ...RESOURCES.map((_, i) => `c${i}`),
  'shared',
  'used',
  'known',
  ...RESOURCES.map((_, i) => `q${i}`),
  'gpu_known',
  'busy',
] as const;

/** Sums of every amount, for use above {@link leafColumns}. */
export const SUMS = SUM_COLUMNS.map(
  column => `sum(${column})::bigint AS ${column}`,
).join(', ');

/** The same for what is answered as JSON, whose numbers are not exact. */
export const SUMS_AS_TEXT = SUM_COLUMNS.map(
  column => `sum(${column})::bigint::text AS ${column}`,
).join(', ');

/**
 * Amounts of one stored row (`d`), converted with its day's rate (`r`). Rounding
 * happens here, once a row, so that any grouping of rows sums to the same total.
 */
export function leafColumns(options: {
  converted: boolean;
  shared: boolean;
}): string {
  const money = (sql: string) =>
    options.converted ? `round((${sql}) * r.rate)::bigint` : sql;
  const sum = (columns: string[]) =>
    columns.map(each => `d.${each}`).join(' + ');
  return [
    ...RESOURCES.map(
      (resource, i) => `${money(`d.${costColumn(resource)}`)} AS c${i}`,
    ),
    `${
      options.shared
        ? money('d.shared_idle_micros + d.shared_overhead_micros')
        : '0::bigint'
    } AS shared`,
    `${money(sum(USAGE_RESOURCES.map(usedColumn)))} AS used`,
    `${money(sum(USAGE_RESOURCES.map(knownColumn)))} AS known`,
    ...QUANTITIES.map((column, i) => `d.${column} AS q${i}`),
    'd.gpu_known_device_microhours AS gpu_known',
    'd.gpu_busy_device_microhours AS busy',
  ].join(', ');
}

/** Joins a stored row (`d`) with the rate (`r`) of its day; empty without rates. */
export function rateJoin(rates: DatedRates | undefined): SqlFragment {
  if (!rates) {
    return { sql: '', bindings: [] };
  }
  const from = rates.map(({ validFrom }, i) =>
    i === 0 ? '-infinity' : validFrom,
  );
  const to = rates.map((_, i) => rates[i + 1]?.validFrom ?? 'infinity');
  return {
    sql: `JOIN unnest(?::date[], ?::date[], ?::numeric[]) AS r (valid_from, valid_to, rate)
      ON d.day >= r.valid_from AND d.day < r.valid_to`,
    bindings: [
      `{${from.join(',')}}`,
      `{${to.join(',')}}`,
      `{${rates.map(({ rate }) => rate).join(',')}}`,
    ],
  };
}
