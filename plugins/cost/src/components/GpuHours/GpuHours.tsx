import Typography from '@material-ui/core/Typography';
import { useCallback, useMemo } from 'react';
import { ReportWindow } from '@headroom/common';
import { DayCost, ServiceCostReport } from '@headroom/plugin-cost-common';
import {
  ChartDay,
  ChartLegend,
  DataColumn,
  DataTable,
  DayBars,
  DayNotes,
  Section,
  formatDayLong,
  formatMoney,
  formatQuantity,
  formatShare,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { isGap, useDayNote } from '../DayChart';
import { busyShare, GpuDay, gpuDays, isPartlyKnown } from './gpuDays';
import { GpuHoursCard } from './GpuHoursCard';
import { useHourParts } from './useHourParts';

type Gpu = NonNullable<ServiceCostReport['gpu']>;

/** Lower than the chart of spend: it stands beside it. */
const HEIGHT = 180;

/** Device-hours paid for against device-hours that were busy. */
export function GpuHours(props: {
  gpu: Gpu;
  /** Cost of the same days, which tells the gaps. */
  days: readonly DayCost[];
  window: ReportWindow;
  currency: string;
  fileName: string;
  onOrigin: () => void;
}) {
  const { gpu, days, window, currency, fileName, onOrigin } = props;
  const { t } = useCostTranslation();
  const share = busyShare(gpu);
  const hours = useMemo(() => gpuDays(gpu.days, days), [gpu, days]);
  const partly = share !== undefined && isPartlyKnown(gpu);
  const parts = useHourParts();
  const noteOf = useDayNote();
  const gaps = useMemo(
    () => new Set(days.filter(isGap).map(({ day }) => day)),
    [days],
  );
  const drawn = useMemo<ChartDay[]>(
    () =>
      hours.map(({ day, paidHours, busyHours }) => ({
        day,
        gap: gaps.has(day),
        partial: false,
        heights: { paidHours, busyHours },
      })),
    [hours, gaps],
  );
  const tooltip = useCallback(
    ({ day }: ChartDay) => {
      const source = hours.find(each => each.day === day);
      return source ? <GpuHoursCard day={source} parts={parts} /> : null;
    },
    [hours, parts],
  );
  const columns: DataColumn<GpuDay>[] = [
    {
      id: 'day',
      title: t('column.day'),
      value: day => day.day,
      render: day => formatDayLong(day.day),
    },
    {
      id: 'paid',
      title: t('gpu.paidHours'),
      numeric: true,
      value: day => day.paidHours,
      render: day =>
        day.paidHours === undefined ? '\u2013' : formatQuantity(day.paidHours),
    },
    {
      id: 'busy',
      title: t('gpu.busyHours'),
      numeric: true,
      value: day => day.busyHours,
      render: day =>
        day.busyHours === undefined ? '\u2013' : formatQuantity(day.busyHours),
    },
    ...(partly ? [knownColumn(t('gpu.knownHours'))] : []),
    {
      id: 'share',
      title: t('gpu.busyShare'),
      numeric: true,
      value: busyShare,
      render: day => {
        const ratio = busyShare(day);
        return ratio === undefined ? '\u2013' : formatShare(ratio);
      },
    },
  ];
  const summary =
    share === undefined
      ? t('gpu.summaryUnknown', {
          paid: formatQuantity(gpu.paidHours),
          cost: formatMoney(toMicros(gpu.cost), currency),
        })
      : t('gpu.summary', {
          paid: formatQuantity(gpu.paidHours),
          busy: formatQuantity(gpu.busyHours ?? 0),
          share: formatShare(share),
          cost: formatMoney(toMicros(gpu.cost), currency),
        });
  return (
    <Section
      title={t('gpu.title')}
      onOrigin={onOrigin}
      subtitle={t('chart.zone', { timezone: window.timezone })}
    >
      <Typography paragraph>{summary}</Typography>
      {partly && (
        <Typography paragraph>
          {t('gpu.knownFor', {
            known: formatQuantity(gpu.knownHours ?? 0),
            paid: formatQuantity(gpu.paidHours),
          })}
        </Typography>
      )}
      <div role="img" aria-label={summary}>
        <DayBars
          days={drawn}
          parts={parts}
          formatHeight={formatQuantity}
          tooltip={tooltip}
          height={HEIGHT}
          beside
        />
      </div>
      <ChartLegend parts={parts} />
      <DayNotes days={days} noteOf={noteOf} />
      <DataTable
        id="gpu"
        label={t('gpu.table')}
        columns={columns}
        rows={hours}
        rowKey={day => day.day}
        initialSorting={{ column: 'day', direction: 'desc' }}
        fileName={`${fileName}-gpu-hours`}
      />
    </Section>
  );
}

function knownColumn(title: string): DataColumn<GpuDay> {
  return {
    id: 'known',
    title,
    numeric: true,
    value: day => day.knownHours,
    render: day =>
      day.knownHours === undefined ? '\u2013' : formatQuantity(day.knownHours),
  };
}
