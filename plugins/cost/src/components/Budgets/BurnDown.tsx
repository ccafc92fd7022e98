import { BudgetReport, BudgetStatus } from '@headroom/plugin-cost-common';
import {
  ChartSection,
  DataTable,
  formatDay,
  formatDayRange,
  formatMoney,
  toMicros,
} from '@headroom/react';
import { useMemo } from 'react';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { moneyColumn } from '../costColumns';
import { AdvisedDay, advisedDays } from './advisedDays';
import { BurnDownChart, BurnDownLegend } from './BurnDownChart';

/** What is left of a budget day by day, as a chart or a table. */
export function BurnDown(props: {
  report: BudgetReport;
  status: BudgetStatus;
  timezone: string;
}) {
  const { report, status, timezone } = props;
  const { budget } = report;
  const { currency } = budget;
  const { t } = useBudgetTranslation();
  const window = formatDayRange(status.start, status.end);
  const limit = formatMoney(toMicros(status.limit), currency);
  const left = formatMoney(
    toMicros(status.limit) - toMicros(status.spent),
    currency,
  );
  const days = useMemo(() => advisedDays(report, status), [report, status]);
  const { forecast, advised } = days.at(-1) ?? {};
  const hasAdvice = advised !== undefined;
  const optional = (amount: string | undefined) =>
    amount === undefined ? undefined : toMicros(amount);
  const column = (
    id: string,
    title: string,
    micros: (day: AdvisedDay) => bigint | undefined,
  ) => moneyColumn<AdvisedDay>({ id, title, currency, micros, summed: false });
  return (
    <ChartSection
      title={t('burnDown')}
      subtitle={t('burnDownNote', {
        window,
        timezone: budget.period.zone ?? timezone,
      })}
      param="burndown"
      summary={[
        forecast
          ? t('burnDownSummary', {
              limit,
              left,
              likely: formatMoney(toMicros(forecast.likely), currency),
            })
          : t('burnDownSummaryBare', { limit, left }),
        ...(advised
          ? [
              t('burnDownSummaryAdvised', {
                advised: formatMoney(toMicros(advised.likely), currency),
              }),
            ]
          : []),
      ].join(' ')}
      chart={
        <BurnDownChart days={days} currency={currency} hasAdvice={hasAdvice} />
      }
      below={<BurnDownLegend hasAdvice={hasAdvice} />}
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
            ...(advised
              ? [
                  column('advised', t('advisedLine'), day =>
                    optional(day.advised?.likely),
                  ),
                  column('advised-least', t('advisedLeast'), day =>
                    optional(day.advised?.least),
                  ),
                  column('advised-most', t('advisedMost'), day =>
                    optional(day.advised?.most),
                  ),
                ]
              : []),
          ]}
          rows={days}
          rowKey={day => day.day}
          initialSorting={{ column: 'day', direction: 'asc' }}
          fileName={`budget-${status.start}`}
        />
      }
    />
  );
}
