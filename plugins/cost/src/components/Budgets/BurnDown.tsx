import { BudgetReport, BudgetStatus } from '@headroom/plugin-cost-common';
import {
  ChartSection,
  DataTable,
  formatDay,
  formatDayRange,
  formatMoney,
  toMicros,
} from '@headroom/react';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { moneyColumn } from '../costColumns';
import { BurnDownChart, BurnDownLegend } from './BurnDownChart';

type Day = BudgetReport['burnDown'][number];

/** What is left of a budget day by day, as a chart or a table. */
export function BurnDown(props: {
  report: BudgetReport;
  status: BudgetStatus;
  timezone: string;
}) {
  const { report, status, timezone } = props;
  const { budget, burnDown } = report;
  const { currency } = budget;
  const { t } = useBudgetTranslation();
  const window = formatDayRange(status.start, status.end);
  const limit = formatMoney(toMicros(status.limit), currency);
  const left = formatMoney(
    toMicros(status.limit) - toMicros(status.spent),
    currency,
  );
  const last = burnDown.at(-1)?.forecast;
  const optional = (amount: string | undefined) =>
    amount === undefined ? undefined : toMicros(amount);
  const column = (
    id: string,
    title: string,
    micros: (day: Day) => bigint | undefined,
  ) => moneyColumn<Day>({ id, title, currency, micros, summed: false });
  return (
    <ChartSection
      title={t('burnDown')}
      subtitle={t('burnDownNote', {
        window,
        timezone: budget.period.zone ?? timezone,
      })}
      param="burndown"
      summary={
        last
          ? t('burnDownSummary', {
              limit,
              left,
              likely: formatMoney(toMicros(last.likely), currency),
            })
          : t('burnDownSummaryBare', { limit, left })
      }
      chart={<BurnDownChart days={burnDown} currency={currency} />}
      below={<BurnDownLegend />}
      table={
        <DataTable
          id="burndown-days"
          label={t('burnDown')}
          columns={[
            {
              id: 'day',
              title: t('day'),
              value: day => day.day,
              render: day =>
                day.partial
                  ? `${formatDay(day.day)} (${t('partial')})`
                  : formatDay(day.day),
            },
            column('left', t('leftLine'), day => optional(day.left)),
            column('even', t('evenLine'), day => toMicros(day.even)),
            column('likely', t('likelyLine'), day =>
              optional(day.forecast?.likely),
            ),
            column('least', t('least'), day => optional(day.forecast?.least)),
            column('most', t('most'), day => optional(day.forecast?.most)),
          ]}
          rows={burnDown}
          rowKey={day => day.day}
          initialSorting={{ column: 'day', direction: 'asc' }}
          fileName={`budget-${status.start}`}
        />
      }
    />
  );
}
