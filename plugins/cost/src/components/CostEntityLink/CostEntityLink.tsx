import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { CostScope } from '@headroom/plugin-cost-common';
import { ReactNode } from 'react';
import { scopeParams } from '../../scope';

/** Path of the Cost tab below an entity's page. */
export const COST_TAB_PATH = 'cost';

/** Gives the address of an entity's Cost tab, with the scope that is looked at. */
export function useCostTabHref(): (
  entityRef: string,
  scope?: CostScope,
) => string {
  const entityRoute = useRouteRef(entityRouteRef);
  return (entityRef, scope) => {
    const path = entityRoute(
      entityRouteParams(entityRef, { encodeParams: true }),
    );
    const query = scope ? scopeParams(scope).toString() : '';
    return `${path}/${COST_TAB_PATH}${query && `?${query}`}`;
  };
}

/** Leads to the Cost tab of an entity: the same window there. */
export function CostEntityLink(props: {
  entityRef: string;
  scope: CostScope;
  /** Among words, where colour alone does not tell a link. */
  isInText?: boolean;
  children: ReactNode;
}) {
  const { entityRef, scope, isInText, children } = props;
  const href = useCostTabHref();
  return (
    <Link
      to={href(entityRef, scope)}
      underline={isInText ? 'always' : undefined}
    >
      {children}
    </Link>
  );
}
