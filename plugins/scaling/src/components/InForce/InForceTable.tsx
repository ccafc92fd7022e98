import { DataColumn, DataTable, Tag } from '@headroom/react';
import DoneIcon from '@material-ui/icons/Check';
import OtherIcon from '@material-ui/icons/SyncProblem';
import { InForceRow } from '@headroom/plugin-scaling-common';
import { ReactNode } from 'react';
import { boundsText, momentText } from '../../format';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { OverrideButtons } from '../Override';
import { PolicyLink } from '../tags';
import { WorkloadName, workloadText } from '../WorkloadName';
import { BecauseCell } from './BecauseCell';

/** What runs: `3 (2 to 10)`. */
function useActualText() {
  const { t } = useScalingTranslation();
  return ({ actual }: InForceRow) => {
    const { replicas, ready, ...bounds } = actual;
    let count: string = t('inForce.unknown');
    if (replicas !== undefined) {
      count =
        ready === undefined || ready === replicas
          ? String(replicas)
          : t('inForce.ready', {
              ready: String(ready),
              replicas: String(replicas),
            });
    }
    const bounded =
      bounds.floor !== undefined ||
      bounds.ceiling !== undefined ||
      bounds.suspended;
    return bounded ? `${count} (${boundsText(bounds, t)})` : count;
  };
}

/** What is in force on workloads and why, with what comes next. */
export function InForceTable(props: {
  id: string;
  rows: readonly InForceRow[];
  mayOverride: boolean;
  /** The page is about one service. */
  ofEntity?: boolean;
  fileName: string;
  tools?: ReactNode;
  onChanged: () => void;
}) {
  const { id, rows, mayOverride, ofEntity, fileName, tools, onChanged } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
  const actualText = useActualText();
  const columns: Array<DataColumn<InForceRow>> = [
    {
      id: 'workload',
      title: t('column.workload'),
      value: ({ workload }) =>
        [workloadText(workload), workload.entityRef].join(' '),
      render: ({ workload }) => (
        <WorkloadName workload={workload} ofEntity={ofEntity} />
      ),
      csv: ({ workload }) => workloadText(workload),
    },
    {
      id: 'wanted',
      title: t('column.wanted'),
      hint: t('hint.wanted'),
      value: ({ wanted }) => boundsText(wanted, t),
    },
    {
      id: 'actual',
      title: t('column.actual'),
      hint: t('hint.actual'),
      value: actualText,
    },
    {
      id: 'state',
      title: t('column.state'),
      value: ({ policy, gap }) =>
        policy
          ? t(gap ? 'inForce.otherwise' : 'inForce.asWanted')
          : t('inForce.none'),
      render: ({ policy, gap }) =>
        policy ? (
          <Tag tone={gap ? 'wait' : 'good'} icon={gap ? OtherIcon : DoneIcon}>
            {t(gap ? 'inForce.otherwise' : 'inForce.asWanted')}
          </Tag>
        ) : (
          t('inForce.none')
        ),
    },
    {
      id: 'policy',
      title: t('column.policy'),
      value: ({ policy }) => policy?.title,
      render: ({ policy }) =>
        policy ? <PolicyLink policy={policy} /> : '\u2013',
    },
    {
      id: 'because',
      title: t('column.because'),
      value: ({ because }) => wordingOf(because),
      render: row => (
        <BecauseCell
          row={row}
          mayOverride={mayOverride}
          onChanged={onChanged}
        />
      ),
    },
    {
      id: 'next',
      title: t('column.next'),
      value: ({ next }) => next?.from,
      render: ({ next }) =>
        next ? (
          <>
            {momentText(next.from, timezone)}
            <br />
            {boundsText(next.wanted, t)}
          </>
        ) : (
          t('inForce.noNext')
        ),
    },
  ];
  const act: DataColumn<InForceRow> = {
    id: 'act',
    title: t('column.act'),
    sortable: false,
    value: () => undefined,
    render: row =>
      row.policy && (
        <OverrideButtons
          workloads={[row.workload]}
          hasNext={row.next !== undefined}
          of={`${row.workload.namespace}/${row.workload.name}`}
          onDone={onChanged}
        />
      ),
  };
  return (
    <DataTable
      id={id}
      label={t('inForce.title')}
      rows={rows}
      rowKey={({ workload }) => workload.id}
      columns={mayOverride ? [...columns, act] : columns}
      initialSorting={{ column: 'state', direction: 'desc' }}
      fileName={fileName}
      tools={tools}
    />
  );
}
