import Button from '@material-ui/core/Button';
import { useMemo } from 'react';
import { DayCost, ReportWindow } from '@headroom/plugin-cost-common';
import {
  Section,
  formatDayRange,
  formatMoney,
  useUrlParam,
  yearOf,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { partsInUse, sumAmounts } from '../parts';
import { ChartLegend } from './ChartLegend';
import { DayBars } from './DayBars';
import { DayTable } from './DayTable';
import { DayNotes } from './DayNotes';
import { isGap } from './chartDays';

/** Spend by day: the chart, its legend with amounts, what is special about single days, and the same as a table. */
export function DayChart(props: {
  days: DayCost[];
  window: ReportWindow;
  currency: string;
  fileName: string;
  onOrigin: () => void;
}) {
  const { days, window, currency, fileName, onOrigin } = props;
  const { t } = useCostTranslation();
  const [view, setView] = useUrlParam('chart');
  const parts = useMemo(() => partsInUse(days), [days]);
  const asTable = view === 'table';
  const known = days.filter(day => !isGap(day));

  return (
    <Section
      title={t('chart.title')}
      subtitle={t('chart.zone', { timezone: window.timezone })}
      onOrigin={onOrigin}
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
          <DayNotes days={days} />
        </>
      )}
    </Section>
  );
}
