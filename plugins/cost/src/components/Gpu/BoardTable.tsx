import { GpuReport } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  DataTable,
  Section,
  formatShare,
  toMicros,
} from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { moneyColumn } from '../costColumns';
import { shortBoard } from './gpuNumbers';
import { Lines } from './Lines';

type Board = GpuReport['boards'][number];

/** Instances are named by profile and number, `1g.10gb 2`; here each profile with how many there are. */
function profilesOf(instances: readonly string[]): Array<[string, number]> {
  const counts = new Map<string, number>();
  for (const instance of instances) {
    const profile = instance.replace(/ \S+$/, '');
    counts.set(profile, (counts.get(profile) ?? 0) + 1);
  }
  return [...counts];
}

/** Boards cut into slices of which a part is covered by none. */
export function BoardTable(props: { report: GpuReport; fileName: string }) {
  const { report, fileName } = props;
  const { t } = useCostTranslation();
  const boards = report.boards.filter(board => board.strandedShare > 0);
  if (boards.length === 0) {
    return null;
  }
  const columns: DataColumn<Board>[] = [
    {
      id: 'board',
      title: t('gpuUse.boards.board'),
      value: board => board.board,
      render: board => (
        <span title={board.board}>{shortBoard(board.board)}</span>
      ),
    },
    {
      id: 'node',
      title: t('gpuUse.devices.node'),
      value: board => board.node,
      render: board => <Lines first={board.node} />,
    },
    {
      id: 'cluster',
      title: t('column.cluster'),
      value: board => board.cluster,
      render: board => <Lines first={board.cluster} />,
    },
    {
      id: 'model',
      title: t('gpuUse.devices.model'),
      value: board => board.model,
    },
    {
      id: 'instances',
      title: t('gpuUse.boards.instances'),
      hint: t('gpuUse.boards.instancesHint'),
      value: board =>
        profilesOf(board.instances)
          .map(([profile, count]) => `${count} × ${profile}`)
          .join(', ') || undefined,
    },
    {
      id: 'stranded',
      title: t('gpuUse.boards.stranded'),
      numeric: true,
      value: board => board.strandedShare,
      render: board => formatShare(board.strandedShare),
    },
    moneyColumn<Board>({
      id: 'money',
      title: t('gpuUse.boards.money'),
      currency: report.currency,
      micros: board => toMicros(board.strandedMicros),
    }),
  ];
  return (
    <Section
      title={t('gpuUse.boards.title')}
      subtitle={t('gpuUse.boards.subtitle')}
    >
      <DataTable
        id="boards"
        label={t('gpuUse.boards.label')}
        columns={columns}
        rows={boards}
        rowKey={board => `${board.cluster}/${board.node}/${board.board}`}
        initialSorting={{ column: 'money', direction: 'desc' }}
        fileName={`${fileName}-stranded`}
      />
    </Section>
  );
}
