import { useApi } from '@backstage/core-plugin-api';
import { ReportSkeleton, Section } from '@headroom/react';
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
import { NoPolicies } from '../Now/NoPolicies';
import { ScalingFrame } from '../ScalingFrame';
import { NewPolicyButton } from './NewPolicyButton';
import { PolicyTable } from './PolicyTable';

/**
 * Every policy, whoever made it, and what it wins.
 *
 * @public
 */
export function PoliciesPage() {
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const { abilities } = useScalingSettings();
  const filter = useScopeFilter();
  const load = useCallback(
    async (signal: AbortSignal) => ({
      filtered: Object.values(filter).some(Boolean),
      policies: await loadRows(cursor =>
        api.getPolicies({ ...filter, cursor, limit: PAGE_LIMIT }, { signal }),
      ),
    }),
    [api, filter],
  );
  const { state, retry, refresh } = useLiveReport(load);
  return (
    <ScalingFrame state={state} onRetry={retry} skeleton={<ReportSkeleton />}>
      {({ filtered, policies }) =>
        policies.total === 0 && !filtered ? (
          <NoPolicies />
        ) : (
          <Section
            title={t('policies.title')}
            subtitle={t('policies.subtitle')}
            action={abilities.writePolicies && <NewPolicyButton />}
          >
            <MoreRows loaded={policies} />
            <PolicyTable
              id="policies"
              policies={policies.rows}
              fileName="scaling-policies"
              onChanged={refresh}
              tools={<ScopeFilter />}
            />
          </Section>
        )
      }
    </ScalingFrame>
  );
}
