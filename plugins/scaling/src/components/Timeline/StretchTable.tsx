import { DataTable, formatInstant } from '@headroom/react';
import { boundsText, lengthText } from '../../format';
import { useScalingTranslation } from '../../useScalingTranslation';
import { kindOf, TimelineRow, TimelineStretch } from './stretches';

interface Row {
  key: string;
  name: string;
  stretch: TimelineStretch;
}

/** A time line as a table. */
export function StretchTable(props: {
  id: string;
  label: string;
  rows: readonly TimelineRow[];
  timezone: string;
  fileName: string;
}) {
  const { id, label, rows, timezone, fileName } = props;
  const { t } = useScalingTranslation();
  const flat: Row[] = rows.flatMap(row =>
    row.stretches.map((stretch, index) => ({
      key: `${row.id}-${index}`,
      name: row.name,
      stretch,
    })),
  );
  return (
    <DataTable
      id={id}
      label={label}
      rows={flat}
      rowKey={({ key }) => key}
      initialSorting={{ column: 'from', direction: 'asc' }}
      fileName={fileName}
      columns={[
        {
          id: 'workload',
          title: t('column.workload'),
          value: ({ name }) => name,
        },
        {
          id: 'from',
          title: t('column.from'),
          value: ({ stretch }) => stretch.from,
          render: ({ stretch }) => formatInstant(stretch.from, timezone),
        },
        {
          id: 'to',
          title: t('column.to'),
          value: ({ stretch }) => stretch.to,
          render: ({ stretch }) => formatInstant(stretch.to, timezone),
        },
        {
          id: 'length',
          title: t('column.length'),
          numeric: true,
          value: ({ stretch }) =>
            Date.parse(stretch.to) - Date.parse(stretch.from),
          render: ({ stretch }) =>
            lengthText(Date.parse(stretch.to) - Date.parse(stretch.from)),
          csvTitle: t('column.lengthMinutes'),
          csv: ({ stretch }) =>
            String(
              Math.round(
                (Date.parse(stretch.to) - Date.parse(stretch.from)) / 60_000,
              ),
            ),
        },
        {
          id: 'wanted',
          title: t('column.wanted'),
          value: ({ stretch }) =>
            kindOf(stretch) === 'lead'
              ? t('timeline.leadWanted', {
                  wanted: boundsText(stretch.wanted, t),
                })
              : boundsText(stretch.wanted, t),
        },
        {
          id: 'because',
          title: t('column.because'),
          value: ({ stretch }) => stretch.because,
        },
      ]}
    />
  );
}
