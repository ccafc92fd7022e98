import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api';
import { useLiveReport } from '../../live';
import { ScalingSettingsProvider, useScalingSettings } from '../../settings';
import { ClusterNotices, ScalingFrame } from '../ScalingFrame';
import { EntityReport } from './EntityReport';
import { NoWorkloads } from './NoWorkloads';

function Loaded() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const api = useApi(scalingApiRef);
  const { refresh: refreshSettings } = useScalingSettings();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [report, savings] = await Promise.all([
        api.getEntity(entityRef, { signal }),
        api.getSavings({ entityRef, limit: 200 }, { signal }),
      ]);
      return { report, savings };
    },
    [api, entityRef],
  );
  const { state, retry, refresh } = useLiveReport(load, entityRef);
  const change = useCallback(() => {
    refresh();
    refreshSettings();
  }, [refresh, refreshSettings]);
  return (
    <ScalingFrame state={state} onRetry={retry}>
      {({ report, savings }) =>
        report.rows.length === 0 && report.policies.length === 0 ? (
          <NoWorkloads entity={entity} />
        ) : (
          <>
            <ClusterNotices />
            <EntityReport
              report={report}
              savings={savings}
              name={entity.metadata.name}
              onChanged={change}
            />
          </>
        )
      }
    </ScalingFrame>
  );
}

/**
 * The tab Scaling of a Component: what is in force on its workloads and why, what
 * comes next, what waits, and what was saved.
 *
 * @public
 */
export function EntityScaling() {
  return (
    <ScalingSettingsProvider>
      <Loaded />
    </ScalingSettingsProvider>
  );
}
