import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useMemo } from 'react';
import { DayCost, ReportWindow } from '@headroom/plugin-cost-common';
import {
  formatDayShort,
  formatMoney,
  yearOf,
  formatDayRange,
} from '../../format';
import { useUrlParam } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { partsInUse, sumAmounts } from '../parts';
import { Section } from '../Section';
import { ChartLegend } from './ChartLegend';
import { DayBars } from './DayBars';
import { DayTable } from './DayTable';
import { isGap } from './chartDays';
import { useDayNote } from './useDayNote';

/** Spend by day: the chart, its legend with amounts, what is special about single days, and the same as a table. */
export function DayChart(props: {
  days: DayCost[];
  window: ReportWindow;
  currency: string;
  fileName: string;
}) {
  const { days, window, currency, fileName } = props;
  const { t } = useCostTranslation();
  const [view, setView] = useUrlParam('chart');
  const noteOf = useDayNote();
  const parts = useMemo(() => partsInUse(days), [days]);
  const asTable = view === 'table';
  const known = days.filter(day => !isGap(day));
  const notes = days.flatMap(day => {
    const note = noteOf(day);
    return note ? [`${formatDayShort(day.day)}: ${note}`] : [];
  });

  return (
    <Section
      title={t('chart.title')}
      subtitle={t('chart.zone', { timezone: window.timezone })}
      action={
        <Button
          size="small"
          aria-pressed={asTable}
          onClick={() => setView(asTable ? undefined : 'table')}
        >
          {t('chart.showTable')}
        </Button>
      }
    >
      {asTable ? (
        <DayTable
          days={days}
          parts={parts}
          currency={currency}
          fileName={fileName}
        />
      ) : (
        <>
          <div
            role="img"
            aria-label={t('chart.summary', {
              window: formatDayRange(
                window.start,
                window.end,
                yearOf(window.end),
              ),
              total: formatMoney(
                sumAmounts(known.map(day => day.total)),
                currency,
              ),
              days: String(known.length),
              gaps: String(days.length - known.length),
            })}
          >
            <DayBars days={days} parts={parts} currency={currency} />
          </div>
          <ChartLegend days={known} parts={parts} currency={currency} />
          {notes.length > 0 && (
            <Typography variant="body2" color="textSecondary">
              {notes.slice(0, 4).join(' · ')}
              {notes.length > 4 &&
                ` · ${t('chart.moreNotes', { count: notes.length - 4 })}`}
            </Typography>
          )}
        </>
      )}
    </Section>
  );
}
