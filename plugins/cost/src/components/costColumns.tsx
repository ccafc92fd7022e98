import { microsToDecimal } from '@headroom/common';
import { BreakdownRow, DayCost } from '@headroom/plugin-cost-common';
import { DataColumn, Money, toMicros } from '@headroom/react';
import { CostTranslate } from '../useCostTranslation';
import { CostPart } from './colors';
import { partMicros } from './parts';

/** A column of money: right-aligned, short on the page, exact in the CSV, summed in the last line. */
export function moneyColumn<Row>(options: {
  id: string;
  title: string;
  hint?: string;
  currency: string;
  micros: (row: Row) => bigint | undefined;
  change?: boolean;
  summed?: boolean;
}): DataColumn<Row> {
  const { id, title, hint, currency, micros, change, summed = true } = options;
  return {
    id,
    title,
    hint,
    numeric: true,
    value: micros,
    render: row => {
      const amount = micros(row);
      return amount === undefined ? (
        '\u2013'
      ) : (
        <Money micros={amount} currency={currency} change={change} />
      );
    },
    csvTitle: `${title} (${currency})`,
    csv: row => {
      const amount = micros(row);
      return amount === undefined ? undefined : microsToDecimal(amount);
    },
    total: summed
      ? rows => (
          <Money
            micros={rows.reduce((sum, row) => sum + (micros(row) ?? 0n), 0n)}
            currency={currency}
            change={change}
          />
        )
      : undefined,
  };
}

/** One column for each part that is in use, and the total. */
export function costColumns<Row extends DayCost | BreakdownRow>(options: {
  parts: CostPart[];
  currency: string;
  t: CostTranslate;
  /** Rows whose amounts aren't known. */
  isUnknown?: (row: Row) => boolean;
}): DataColumn<Row>[] {
  const { parts, currency, t, isUnknown = () => false } = options;
  return [
    ...parts.map(part =>
      moneyColumn<Row>({
        id: part,
        title: t(`part.${part}`),
        hint: part === 'shared' ? t('hint.shared') : undefined,
        currency,
        micros: row => (isUnknown(row) ? undefined : partMicros(row, part)),
      }),
    ),
    moneyColumn<Row>({
      id: 'total',
      title: t('table.total'),
      currency,
      micros: row => (isUnknown(row) ? undefined : toMicros(row.total)),
    }),
  ];
}
