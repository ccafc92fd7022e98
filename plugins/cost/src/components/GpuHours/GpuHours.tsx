import Typography from '@material-ui/core/Typography';
import { useMemo } from 'react';
import {
  DayCost,
  ReportWindow,
  ServiceCostReport,
} from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Section,
  formatDayLong,
  formatMoney,
  formatQuantity,
  formatShare,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { DayNotes } from '../DayChart';
import { GpuBars } from './GpuBars';
import { busyShare, GpuDay, gpuDays, isPartlyKnown } from './gpuDays';
import { GpuLegend } from './GpuLegend';

type Gpu = NonNullable<ServiceCostReport['gpu']>;

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
        <GpuBars days={hours} />
      </div>
      <GpuLegend />
      <DayNotes days={days} />
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
