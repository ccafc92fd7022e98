import Typography from '@material-ui/core/Typography';
import { SourcesReport } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  formatInstant,
  formatQuantity,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';

/** Why a source could not answer for an hour, as the back end's codes say. */
const REASONS = [
  'no-data',
  'empty-answer',
  'no-nodes',
  'source-down',
  'source-error',
  'partial',
  'unknown',
] as const;

function isKnown(reason: string): reason is (typeof REASONS)[number] {
  return (REASONS as readonly string[]).includes(reason);
}

type Gap = SourcesReport['clusters'][number]['gaps'][number];

/** Spans no source could answer for. They stay gaps on every page. */
export function GapTable(props: {
  cluster: string;
  gaps: Gap[];
  timezone: string;
}) {
  const { cluster, gaps, timezone } = props;
  const { t } = useCostTranslation();
  if (gaps.length === 0) {
    return <Typography variant="body2">{t('sources.noGaps')}</Typography>;
  }
  const columns: DataColumn<Gap>[] = [
    {
      id: 'start',
      title: t('sources.gapStart'),
      value: gap => gap.start,
      render: gap => formatInstant(gap.start, timezone),
    },
    {
      id: 'end',
      title: t('sources.gapEnd'),
      value: gap => gap.end,
      render: gap => formatInstant(gap.end, timezone),
    },
    {
      id: 'hours',
      title: t('sources.gapHours'),
      numeric: true,
      value: gap => gap.hours,
      render: gap => formatQuantity(gap.hours),
    },
    {
      id: 'reason',
      title: t('sources.gapReason'),
      value: gap =>
        isKnown(gap.reason)
          ? t(`sources.gapReasons.${gap.reason}`)
          : gap.reason,
    },
  ];
  return (
    <DataTable
      id={`gaps-${encodeURIComponent(cluster)}`}
      label={t('sources.gapsOf', { cluster })}
      columns={columns}
      rows={gaps}
      rowKey={gap => gap.start}
      initialSorting={{ column: 'start', direction: 'desc' }}
      fileName={`cost-gaps-${cluster}`}
    />
  );
}
