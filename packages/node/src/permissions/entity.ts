/**
 * What permission rules may look at: an entity as a back end last read it from
 * the catalog. Refs are lower-case, e.g. `group:default/ml`.
 *
 * @public
 */
export interface OwnedEntity {
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
 * One condition on an entity that a store can ask PostgreSQL. `values` mean
 * "any of".
 *
 * @public
 */
export type EntityFilter =
  | { field: 'owner'; values: string[] }
  | { field: 'kind'; values: string[] }
  | { field: 'system'; values: string[] }
  | { field: 'entityRef'; values: string[] }
  | { field: 'label'; key: string; value?: string };
