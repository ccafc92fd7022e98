import { useMemo } from 'react';
import { GpuReport } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Section,
  formatQuantity,
  formatShare,
  TableToggle,
  useShownAsTable,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { isOfEverything } from './gpuNumbers';
import { HeatGrid } from './HeatGrid';
import { HeatHour, heatHours } from './heatHours';
import { HeatLegend } from './HeatLegend';

const UNKNOWN = '\u2013';

/** Busy shares by hour of the week, as a heat map and as a table. */
export function HeatMap(props: { report: GpuReport; fileName: string }) {
  const { report, fileName } = props;
  const { t } = useCostTranslation();
  const everything = isOfEverything(report);
  const asTable = useShownAsTable('heat');
  const hours = useMemo(() => heatHours(report.heatMap), [report.heatMap]);
  const quantity = (id: 'held' | 'busy'): DataColumn<HeatHour> => ({
    id,
    title: t(`gpuUse.heat.${id}`),
    numeric: true,
    value: hour => hour[id],
    render: hour => {
      const value = hour[id];
      return value === undefined ? UNKNOWN : formatQuantity(value);
    },
  });
  return (
    <Section
      title={t('gpuUse.heat.title')}
      subtitle={t('gpuUse.heat.subtitle', {
        timezone: report.window.timezone,
      })}
      action={<TableToggle param="heat" />}
    >
      {asTable ? (
        <DataTable
          id="heatHour"
          label={t('gpuUse.heat.table')}
          columns={[
            {
              id: 'hour',
              title: t('gpuUse.heat.hour'),
              value: hour => hour.index,
              render: hour =>
                t('gpuUse.heat.when', {
                  day: hour.day,
                  from: hour.from,
                  to: hour.to,
                }),
              csv: hour => `${hour.day} ${hour.from}`,
            },
            quantity('held'),
            quantity('busy'),
            {
              id: 'share',
              title: t('gpuUse.heat.share'),
              numeric: true,
              value: hour => hour.share,
              render: hour =>
                hour.share === undefined ? UNKNOWN : formatShare(hour.share),
            },
          ]}
          rows={hours}
          rowKey={hour => String(hour.index)}
          initialSorting={{ column: 'hour', direction: 'asc' }}
          fileName={`${fileName}-by-hour-of-week`}
        />
      ) : (
        <>
          <HeatGrid
            hours={hours}
            label={t('gpuUse.heat.label')}
            everything={everything}
          />
          <HeatLegend everything={everything} />
        </>
      )}
    </Section>
  );
}
