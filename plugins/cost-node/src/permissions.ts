import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_COST_ENTITY } from '@headroom/plugin-cost-common';

/**
 * What permission rules may look at: an entity as the cost back end last read
 * it from the catalog. Refs are lower-case, e.g. `group:default/ml`.
 *
 * @public
 */
export interface CostEntity {
  entityRef: string;
  kind: string;
  namespace: string;
  name: string;
  /** Targets of `ownedBy`; a group owns itself. */
  ownerRefs: string[];
  /** Target of `partOf` that is a System. */
  systemRef?: string;
  labels: Record<string, string>;
}

/**
 * One condition on an entity that the store can ask PostgreSQL. `values` mean
 * "any of".
 *
 * @public
 */
export type CostEntityFilter =
  | { field: 'owner'; values: string[] }
  | { field: 'kind'; values: string[] }
  | { field: 'system'; values: string[] }
  | { field: 'entityRef'; values: string[] }
  | { field: 'label'; key: string; value?: string };

/** Resource of the permission `cost.read`; for modules that add rules. @public */
export const costEntityResourceRef = createPermissionResourceRef<
  CostEntity,
  CostEntityFilter
>().with({ pluginId: 'cost', resourceType: RESOURCE_TYPE_COST_ENTITY });
