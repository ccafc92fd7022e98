import { useApi } from '@backstage/core-plugin-api';
import { formatInstant, Section } from '@headroom/react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api';
import { useLiveReport } from '../../live';
import {
  loadRows,
  MoreRows,
  PAGE_LIMIT,
  ScopeFilter,
  useScopeFilter,
} from '../../rows';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { InForceTable } from '../InForce';
import { KillSwitchButton } from '../KillSwitch';
import { ClusterNotices, ScalingFrame } from '../ScalingFrame';
import { NoPolicies } from './NoPolicies';
import { NowHeadline } from './NowHeadline';

/**
 * What is in force now and why.
 *
 * @public
 */
export function NowPage() {
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const { abilities, timezone } = useScalingSettings();
  const filter = useScopeFilter();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [overview, inForce] = await Promise.all([
        api.getOverview({ signal }),
        loadRows(cursor =>
          api.getInForce({ ...filter, cursor, limit: PAGE_LIMIT }, { signal }),
        ),
      ]);
      return { overview, inForce };
    },
    [api, filter],
  );
  const { state, retry, refresh } = useLiveReport(load);
  return (
    <ScalingFrame
      state={state}
      onRetry={retry}
      lead={abilities.kill && <KillSwitchButton onTurned={refresh} />}
    >
      {({ overview, inForce }) => (
        <>
          <ClusterNotices />
          {overview.policies === 0 ? (
            <NoPolicies />
          ) : (
            <>
              <NowHeadline overview={overview} />
              <Section
                title={t('inForce.title')}
                subtitle={t('inForce.subtitle', {
                  at: formatInstant(overview.at, timezone),
                })}
              >
                <MoreRows loaded={inForce} />
                <InForceTable
                  id="force"
                  rows={inForce.rows}
                  mayOverride={abilities.override}
                  fileName="scaling-in-force"
                  tools={<ScopeFilter />}
                  onChanged={refresh}
                />
              </Section>
            </>
          )}
        </>
      )}
    </ScalingFrame>
  );
}
