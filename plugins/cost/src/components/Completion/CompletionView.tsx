import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import HourglassIcon from '@material-ui/icons/HourglassEmpty';
import { useApi } from '@backstage/core-plugin-api';
import { costReadPermission } from '@headroom/plugin-cost-common';
import {
  errorKind,
  ReportFailed,
  ReportSkeleton,
  StatePage,
  useColumn,
  useReport,
} from '@headroom/react';
import { useCallback } from 'react';
import { costApiRef } from '../../api';
import { useCompletionTranslation } from '../../useCompletionTranslation';
import { CompletionReportPage } from './CompletionReportPage';

/** What everything costs now against a baseline, and whether it is as good as it was. */
export function CompletionView() {
  const api = useApi(costApiRef);
  const column = useColumn();
  const { t } = useCompletionTranslation();
  const load = useCallback(
    (signal: AbortSignal) => api.getCompletion({ signal }),
    [api],
  );
  const { state, retry } = useReport(load, 'completion');
  if (state.status === 'loading') {
    return <ReportSkeleton />;
  }
  if (state.status === 'ok') {
    return <CompletionReportPage report={state.value} />;
  }
  return (
    <div className={column.root}>
      {errorKind(state.error) === 'not-found' ? (
        <StatePage icon={HourglassIcon} title={t('none.title')}>
          <Typography paragraph>{t('none.text')}</Typography>
          <Button variant="outlined" onClick={retry}>
            {t('none.retry')}
          </Button>
        </StatePage>
      ) : (
        <ReportFailed
          error={state.error}
          permission={costReadPermission.name}
          onRetry={retry}
        />
      )}
    </div>
  );
}
