import { useTheme } from '@material-ui/core/styles';
import { EntityBillOfCurrency } from '@headroom/plugin-cost-common';
import {
  ChartDay,
  ChartPart,
  ChartSection,
  DataTable,
  DayBars,
  DayCard,
  formatDay,
  formatMoney,
  formatMoneyTick,
  microsToHeight,
  Money,
  toMicros,
} from '@headroom/react';
import { useCallback, useMemo } from 'react';
import { useBillTranslation } from '../../useBillTranslation';
import { partColor } from '../colors';
import { moneyColumn } from '../costColumns';

type Day = EntityBillOfCurrency['days'][number];

/** What was billed by day: a chart, and the same as a table. */
export function EntityBillDays(props: {
  bill: EntityBillOfCurrency;
  range: string;
  fileName: string;
}) {
  const { bill, range, fileName } = props;
  const { currency, days } = bill;
  const { t } = useBillTranslation();
  const theme = useTheme();
  const parts = useMemo<ChartPart[]>(
    () => [
      {
        id: 'billed',
        label: t('amount'),
        color: partColor('storage', theme),
      },
    ],
    [t, theme],
  );
  const drawn = useMemo<ChartDay[]>(
    () =>
      days.map(({ day, amount, partial }) => ({
        day,
        gap: false,
        partial,
        heights: { billed: microsToHeight(toMicros(amount)) },
      })),
    [days],
  );
  const tooltip = useCallback(
    ({ day }: ChartDay) => {
      const found = days.find(each => each.day === day);
      return found ? (
        <DayCard
          day={day}
          note={found.partial ? t('own.partial') : undefined}
          lines={[
            {
              label: t('amount'),
              value: (
                <Money micros={toMicros(found.amount)} currency={currency} />
              ),
            },
          ]}
        />
      ) : null;
    },
    [days, currency, t],
  );
  const formatHeight = useCallback(
    (height: number) => formatMoneyTick(height, currency),
    [currency],
  );
  return (
    <ChartSection
      title={t('own.byDay')}
      subtitle={t('own.zone')}
      param="chart"
      summary={t('own.summary', {
        days: range,
        amount: formatMoney(toMicros(bill.amount), currency),
      })}
      chart={
        <DayBars
          days={drawn}
          parts={parts}
          formatHeight={formatHeight}
          tooltip={tooltip}
        />
      }
      table={
        <DataTable
          id="entity-bill-days"
          label={t('own.byDay')}
          columns={[
            {
              id: 'day',
              title: t('own.day'),
              value: (row: Day) => row.day,
              render: row =>
                row.partial
                  ? t('own.partialDay', { day: formatDay(row.day) })
                  : formatDay(row.day),
            },
            moneyColumn<Day>({
              id: 'amount',
              title: t('amount'),
              currency,
              micros: row => toMicros(row.amount),
            }),
          ]}
          rows={days}
          rowKey={row => row.day}
          initialSorting={{ column: 'day', direction: 'desc' }}
          fileName={`${fileName}-days`}
        />
      }
    />
  );
}
