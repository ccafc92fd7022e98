import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import { BudgetReport, BudgetStatus } from '@headroom/plugin-cost-common';
import {
  ReportFailed,
  RowsSkeleton,
  Section,
  useReport,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { BillLink } from './BillLink';
import { DriverTable } from './DriverTable';

const REFRESH_MS = 60_000;

/** What a budget is spent on. It takes longer than how the budget stands, so it is asked for by itself. */
export function Drivers(props: {
  report: BudgetReport;
  status: BudgetStatus;
  /** Another one after each change of the budget. */
  changes: number;
}) {
  const { report, status, changes } = props;
  const { id, budget } = report;
  const { cost, scope } = budget;
  const api = useApi(costApiRef);
  const { t } = useBudgetTranslation();
  const load = useCallback(
    async (signal: AbortSignal) =>
      // Workloads have no tags.
      scope.type === 'tag'
        ? undefined
        : (await api.getBudgetDrivers(id, { signal })).drivers,
    [api, id, scope.type],
  );
  const { state, retry } = useReport(
    load,
    `drivers ${id} ${changes}`,
    REFRESH_MS,
  );
  if (state.status === 'ok' && state.value && state.value.length > 0) {
    return (
      <DriverTable report={report} status={status} drivers={state.value} />
    );
  }
  return (
    <Section title={t('drivers')}>
      {state.status === 'loading' && <RowsSkeleton rows={5} />}
      {state.status === 'error' && (
        <ReportFailed
          error={state.error}
          permission="cost.read"
          onRetry={retry}
        />
      )}
      {state.status === 'ok' && (
        <Typography variant="body2">
          {cost.basis === 'allocated' ? (
            t('driversNone')
          ) : (
            <>
              {t(state.value ? 'driversNoneBilled' : 'driversTag')}{' '}
              <BillLink cost={cost} />
            </>
          )}
        </Typography>
      )}
    </Section>
  );
}
