import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { useCallback } from 'react';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { useReport } from '@headroom/react';
import { costApiRef } from '../../api';
import { useCostTranslation } from '../../useCostTranslation';
import { useAdviceHref } from '../Advice/useAdviceHref';

function isSibling(row: AdviceRow, other: AdviceRow): boolean {
  return (
    other.id !== row.id &&
    other.cluster === row.cluster &&
    other.workload.kind === row.workload.kind &&
    other.workload.namespace === row.workload.namespace &&
    other.workload.name === row.workload.name
  );
}

/** The way to the other containers of the same workload, when there are any. */
export function Siblings(props: { row: AdviceRow; entityRef: string }) {
  const { row, entityRef } = props;
  const api = useApi(costApiRef);
  const href = useAdviceHref();
  const { t } = useCostTranslation();
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getServiceAdvice(entityRef, { decided: 'show' }, { signal }),
    [api, entityRef],
  );
  const { state } = useReport(load, entityRef);
  const siblings =
    state.status === 'ok'
      ? state.value.rows.filter(other => isSibling(row, other))
      : [];
  if (siblings.length === 0) {
    return null;
  }
  return (
    <Typography variant="body2">
      {t('advice.detail.others')}
      {': '}
      {siblings.map((other, index) => (
        <span key={other.id}>
          {index > 0 && ', '}
          <Link underline="always" to={href(other.id)}>
            {other.container}
          </Link>
        </span>
      ))}
    </Typography>
  );
}
