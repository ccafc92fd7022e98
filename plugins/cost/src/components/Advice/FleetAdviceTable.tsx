import { useCallback } from 'react';
import { AdviceReport, AdviceSort } from '@headroom/plugin-cost-common';
import { useCostTranslation } from '../../useCostTranslation';
import { PagedTable } from '@headroom/react';
import { adviceColumns } from './adviceColumns';
import { AdviceCsvButton } from './AdviceCsvButton';
import { AdviceTools } from './AdviceTools';
import { AdvicePicks } from './useAdviceQuery';

/** One page of the advice on everything: sorted and filtered by the server. */
export function FleetAdviceTable(props: {
  report: AdviceReport;
  picks: AdvicePicks;
  onPick: (changes: Partial<AdvicePicks>) => void;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  onPageSize: (size: number) => void;
  busy: boolean;
  clusters: readonly string[];
  fileName: string;
}) {
  const { report, picks, onPick, fileName, clusters } = props;
  const { t } = useCostTranslation();
  const onText = useCallback(
    (q: string) => onPick({ q: q || undefined }),
    [onPick],
  );
  return (
    <PagedTable
      id="advice"
      label={t('advice.table.label')}
      columns={adviceColumns({ currency: report.currency, t, fleet: true })}
      rows={report.rows}
      rowKey={row => row.id}
      count={report.totalRows}
      page={props.page}
      pageSize={props.pageSize}
      sorting={{ column: picks.sort, direction: picks.order }}
      text={picks.q ?? ''}
      busy={props.busy}
      onPage={props.onPage}
      onPageSize={props.onPageSize}
      onSort={({ column, direction }) =>
        // Only what the server sorts by can be pressed.
        onPick({ sort: column as AdviceSort, order: direction })
      }
      onText={onText}
      tools={
        <AdviceTools picks={picks} onChange={onPick} clusters={clusters} />
      }
      exportButton={<AdviceCsvButton picks={picks} fileName={fileName} />}
    />
  );
}
