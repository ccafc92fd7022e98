import { DayCost } from '@headroom/plugin-cost-common';
import { DataColumn, DataTable, formatDayLong } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { CostPart } from '../colors';
import { costColumns } from '../costColumns';
import { isGap } from './chartDays';
import { useDayNote } from './useDayNote';

/** The chart by day as a table. A day without data has empty cells, not zeros. */
export function DayTable(props: {
  days: readonly DayCost[];
  parts: CostPart[];
  currency: string;
  fileName: string;
}) {
  const { days, parts, currency, fileName } = props;
  const { t } = useCostTranslation();
  const noteOf = useDayNote();
  const columns: DataColumn<DayCost>[] = [
    {
      id: 'day',
      title: t('column.day'),
      value: day => day.day,
      render: day => formatDayLong(day.day),
    },
    ...costColumns<DayCost>({ parts, currency, t, isUnknown: isGap }),
    {
      id: 'note',
      title: t('column.note'),
      value: noteOf,
      render: day => noteOf(day) ?? '',
    },
  ];
  return (
    <DataTable
      id="day"
      label={t('chart.table')}
      columns={columns}
      rows={days}
      rowKey={day => day.day}
      initialSorting={{ column: 'day', direction: 'desc' }}
      fileName={`${fileName}-by-day`}
    />
  );
}
