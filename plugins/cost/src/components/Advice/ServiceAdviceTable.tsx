import { AdviceReport } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { DataTable } from '@headroom/react';
import { adviceColumns } from './adviceColumns';
import { AdviceCsvButton } from './AdviceCsvButton';
import { AdviceTools } from './AdviceTools';
import { AdvicePicks } from './useAdviceQuery';

/** All advice on one service: sorted and filtered here. */
export function ServiceAdviceTable(props: {
  report: AdviceReport;
  entityRef: string;
  picks: AdvicePicks;
  onPick: (changes: Partial<AdvicePicks>) => void;
  fileName: string;
}) {
  const { report, entityRef, picks, onPick, fileName } = props;
  const { t } = useCostTranslation();
  const clusters = [...new Set(report.rows.map(row => row.cluster))].sort();
  const rows = report.rows.filter(
    row =>
      (!picks.status || row.status === picks.status) &&
      (!picks.cluster || row.cluster === picks.cluster),
  );
  return (
    <DataTable
      id="advice"
      label={t('advice.table.label')}
      columns={adviceColumns({ currency: report.currency, t })}
      rows={rows}
      rowKey={row => row.id}
      initialSorting={{ column: 'saving', direction: 'desc' }}
      fileName={fileName}
      tools={
        <AdviceTools picks={picks} onChange={onPick} clusters={clusters} />
      }
      exportButton={
        <AdviceCsvButton
          picks={picks}
          entityRef={entityRef}
          fileName={fileName}
        />
      }
    />
  );
}
