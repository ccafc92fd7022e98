import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useState } from 'react';
import { useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { NoClusters } from '../states';
import { AdviceFrame } from './AdviceFrame';
import { AdviceReportView } from './AdviceReportView';
import { FleetAdviceTable } from './FleetAdviceTable';
import { NotComputedYet } from './NotComputedYet';
import { AdvicePicks, useAdviceQuery } from './useAdviceQuery';

const FIRST_PAGE_SIZE = 25;
const FILE_NAME = 'advice-fleet';

/** Clusters to choose from; without the permission to see sources, those on the page. */
function useClusterNames(): string[] {
  const api = useApi(costApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getSources({ signal }),
    [api],
  );
  const { state } = useReport(load);
  return state.status === 'ok'
    ? state.value.clusters.map(({ name }) => name)
    : [];
}

/** What to change anywhere, by money: the tab Advice of `/cost`. */
export function FleetAdvice() {
  const api = useApi(costApiRef);
  const [picks, pick] = useAdviceQuery();
  const [page, setPage] = useState(0);
  const [pageSize, setPageSize] = useState(FIRST_PAGE_SIZE);
  const clusters = useClusterNames();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const query = { ...picks, offset: page * pageSize, limit: pageSize };
      const report = await api.getFleetAdvice(query, { signal });
      return { ...report, asked: { picks, page, pageSize } };
    },
    [api, picks, page, pageSize],
  );
  // Totals and rows stay in place while others are on their way.
  const { state, retry } = useReport(load, picks.currency);
  const change = useCallback(
    (changes: Partial<AdvicePicks>) => {
      setPage(0);
      pick(changes);
    },
    [pick],
  );
  return (
    <AdviceFrame
      state={state}
      onRetry={retry}
      currency={picks.currency}
      onCurrency={currency => change({ currency })}
    >
      {report => {
        const { asked } = report;
        if (report.status === 'no-workloads') {
          return <NoClusters />;
        }
        if (report.status === 'not-computed') {
          return <NotComputedYet />;
        }
        return (
          <AdviceReportView
            report={report}
            fileName={FILE_NAME}
            filtered={Boolean(picks.q || picks.status || picks.cluster)}
          >
            <FleetAdviceTable
              report={report}
              picks={picks}
              onPick={change}
              page={page}
              pageSize={pageSize}
              onPage={setPage}
              onPageSize={size => {
                setPage(0);
                setPageSize(size);
              }}
              busy={
                asked.picks !== picks ||
                asked.page !== page ||
                asked.pageSize !== pageSize
              }
              clusters={
                clusters.length > 0
                  ? clusters
                  : [...new Set(report.rows.map(row => row.cluster))].sort()
              }
              fileName={FILE_NAME}
            />
          </AdviceReportView>
        );
      }}
    </AdviceFrame>
  );
}
