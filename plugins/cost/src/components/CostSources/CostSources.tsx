import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { costSourcesReadPermission } from '@headroom/plugin-cost-common';
import {
  Notice,
  ReportFailed,
  RowsSkeleton,
  useColumn,
  useReport,
} from '@headroom/react';
import { costApiRef } from '../../api';
import { useCostTranslation } from '../../useCostTranslation';
import { NoClusters } from '../states';
import { ClusterSource } from './ClusterSource';

/** Back-fill moves on by the minute; this is often enough to watch it. */
const REFRESH_MS = 15_000;

/**
 * The state of the sources: how far the back-fill is, what is missing, what is
 * down and since when.
 *
 * @public
 */
export function CostSources() {
  const api = useApi(costApiRef);
  const column = useColumn();
  const { t } = useCostTranslation();
  const load = useCallback(
    (signal: AbortSignal) => api.getSources({ signal }),
    [api],
  );
  const { state, retry } = useReport(load, 'sources', REFRESH_MS);
  if (state.status === 'loading') {
    return <RowsSkeleton rows={8} />;
  }
  if (state.status === 'error') {
    return (
      <ReportFailed
        error={state.error}
        permission={costSourcesReadPermission.name}
        onRetry={retry}
      />
    );
  }
  const { clusters, timezone } = state.value;
  if (clusters.length === 0) {
    return <NoClusters />;
  }
  return (
    <div className={column.root}>
      {clusters.some(cluster => cluster.simulated) && (
        <Notice severity="info">{t('simulated')}</Notice>
      )}
      {clusters.map(cluster => (
        <ClusterSource
          key={cluster.name}
          cluster={cluster}
          timezone={timezone}
        />
      ))}
    </div>
  );
}
