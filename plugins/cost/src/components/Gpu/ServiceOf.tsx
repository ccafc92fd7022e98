import { Link } from '@backstage/core-components';
import { entityName } from '@headroom/react';
import { scopeParams, useCostScope } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostTabHref } from '../CostEntityLink';
import { Swatch } from '../Swatch';

/** The service something belongs to, as the way to its GPUs in the same window; or that it belongs to none. */
export function ServiceOf(props: { entityRef: string | undefined }) {
  const { entityRef } = props;
  const { t } = useCostTranslation();
  const [scope] = useCostScope();
  const tabHref = useCostTabHref();
  if (!entityRef) {
    return (
      <span>
        <Swatch kind="unallocated" />
        {t('advice.table.unallocated')}
      </span>
    );
  }
  const query = scopeParams(scope).toString();
  return (
    <Link to={`${tabHref(entityRef)}/gpu${query && `?${query}`}`}>
      {entityName(entityRef)}
    </Link>
  );
}
