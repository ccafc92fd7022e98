import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { StoredPlan } from '@headroom/common';
import { Notice, useReport } from '@headroom/react';
import { useCallback } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';

/** Says that a plan isn't what its policy wants any more, and leads to the one that is. */
export function SupersededNotice(props: { plan: StoredPlan }) {
  const { id, policyId, cluster } = props.plan;
  const api = useApi(scalingApiRef);
  const { t } = useScalingTranslation();
  const links = useScalingLinks();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { rows } = await api.getPlans(
        { policyId, cluster, limit: 20 },
        { signal },
      );
      return rows.find(each => each.current && each.id !== id);
    },
    [api, policyId, cluster, id],
  );
  const { state } = useReport(load, id);
  const newer = state.status === 'ok' ? state.value : undefined;
  return (
    <Notice severity="info">
      {t(newer ? 'plan.newer' : 'plan.notWanted')}{' '}
      {newer && links && (
        <Link to={links.plan(newer.id)} underline="always">
          {t('plan.openNewer')}
        </Link>
      )}
    </Notice>
  );
}
