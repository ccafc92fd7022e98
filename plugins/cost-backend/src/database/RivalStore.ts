import { ClaimRefusal } from '@headroom/common';
import { Knex } from 'knex';
import { Question } from './Question';
import { entitiesSql, Scope } from './scope';

const MAX_ENTITIES = 10;
const MAX_A_FLEET = 50;

/** Claims of one entity to what another has, or nobody. */
export interface RivalGroup {
  reason: ClaimRefusal;
  /** The entity claims nothing itself: a rule of the configuration names it. */
  ruled: boolean;
  /** How the first of them claims, e.g. `label selector: app=web`. */
  how: string;
  workloads: number;
  /** `cluster/namespace/workload` */
  example: string;
}

/** What an entity and others both claim. */
export interface EntityRivals {
  /** Others claim what the entity has. `by` is absent where the caller may not see them. */
  others: Array<RivalGroup & { by?: string }>;
  /** The entity claims what `of` has; absent where nobody has it, or the caller may not see who. */
  own: Array<RivalGroup & { of?: string }>;
  /** How many there are of both kinds together; only some are listed. */
  total: number;
}

/** Claims of one entity in one cluster. */
export interface ClusterRivals extends RivalGroup {
  cluster: string;
  by: string;
  /** Who has the workloads; absent = nobody. */
  of?: string;
}

/** Claims that don't count, of all clusters. */
export interface FleetRivals {
  /** Those about most workloads. */
  listed: ClusterRivals[];
  /** How many there are, by name of a cluster that has any. */
  totals: ReadonlyMap<string, number>;
}

const RULED = `r.provenance = 'config'`;
const GROUP = `r.reason, ${RULED} AS ruled, min(r.provenance || ': ' || r.detail) AS how,
  count(DISTINCT (c.cluster_id, c.namespace, c.workload_kind, c.workload))::integer AS workloads,
  min(concat_ws('/', k.name, c.namespace, c.workload)) AS example`;

/**
 * Whether there is anything to tell of an entity (`e`). Few have any, and to ask
 * takes a tenth of the time that counting them takes.
 */
const HAS_RIVALS = `(
  EXISTS (SELECT 1 FROM cost_rival_claims r WHERE r.entity_id = e.id) OR
  EXISTS (SELECT 1 FROM cost_links l JOIN cost_rival_claims r ON r.container_id = l.container_id
    WHERE l.entity_id = e.id AND r.reason = 'held' AND r.entity_id <> e.id))`;

/** Claims of one entity and to what it has; others are named as far as the caller may see them. */
export function rivalsOfEntity(
  scope: Scope,
  entityRef: string,
): Question<EntityRivals> {
  const { visible } = scope;
  const me = entitiesSql(scope);
  const containers =
    'JOIN cost_containers c ON c.id = r.container_id JOIN cost_clusters k ON k.id = c.cluster_id';
  return {
    sql: `WITH me AS (SELECT e.id FROM cost_entities e WHERE e.entity_ref = ? AND ${me.sql} AND ${HAS_RIVALS}), others AS (
         SELECT true AS others, e.entity_ref, coalesce((${visible.sql}), false) AS allowed, ${GROUP},
           count(*) OVER ()::integer AS total
         FROM me JOIN cost_links l ON l.entity_id = me.id
         JOIN cost_rival_claims r ON r.container_id = l.container_id AND r.reason = 'held'
         ${containers} JOIN cost_entities e ON e.id = r.entity_id AND e.id <> me.id
         GROUP BY e.id, r.reason, ${RULED} ORDER BY workloads DESC, e.entity_ref LIMIT ${MAX_ENTITIES}
       ), own AS (
         SELECT false AS others, e.entity_ref, coalesce((${visible.sql}), false) AS allowed, ${GROUP},
           count(*) OVER ()::integer AS total
         FROM me JOIN cost_rival_claims r ON r.entity_id = me.id
         ${containers} LEFT JOIN cost_links l ON l.container_id = r.container_id
         LEFT JOIN cost_entities e ON e.id = l.entity_id
         GROUP BY e.id, r.reason, ${RULED} ORDER BY workloads DESC, e.entity_ref LIMIT ${MAX_ENTITIES}
       )
       SELECT * FROM others UNION ALL SELECT * FROM own`,
    bindings: [
      entityRef,
      ...me.bindings,
      ...visible.bindings,
      ...visible.bindings,
    ],
    read: toRivals,
  };
}

function toRivals(rows: RivalRow[]): EntityRivals {
  const rivals: EntityRivals = { others: [], own: [], total: 0 };
  for (const row of rows) {
    const name = row.allowed ? row.entity_ref ?? undefined : undefined;
    if (row.others) {
      rivals.others.push({ ...toGroup(row), by: name });
    } else {
      rivals.own.push({ ...toGroup(row), of: name });
    }
  }
  for (const others of [true, false]) {
    rivals.total += rows.find(row => row.others === others)?.total ?? 0;
  }
  return rivals;
}

/** The claims, over all clusters, that don't count. */
export async function rivalsOfClusters(knex: Knex): Promise<FleetRivals> {
  const { rows }: { rows: FleetRow[] } = await knex.raw(
    `WITH groups AS (
       SELECT k.name AS cluster, b.entity_ref AS by, e.entity_ref, ${GROUP}
       FROM cost_rival_claims r JOIN cost_containers c ON c.id = r.container_id
       JOIN cost_clusters k ON k.id = c.cluster_id JOIN cost_entities b ON b.id = r.entity_id
       LEFT JOIN cost_links l ON l.container_id = r.container_id LEFT JOIN cost_entities e ON e.id = l.entity_id
       GROUP BY k.name, b.entity_ref, e.entity_ref, r.reason, ${RULED}
     ), ranked AS (
       SELECT *, row_number() OVER (ORDER BY workloads DESC, cluster, by, entity_ref) AS rank,
         row_number() OVER (PARTITION BY cluster ORDER BY workloads DESC, by, entity_ref) AS rank_in_cluster,
         count(*) OVER (PARTITION BY cluster)::integer AS total
       FROM groups
     )
     SELECT *, rank <= ${MAX_A_FLEET} AS listed FROM ranked
     WHERE rank <= ${MAX_A_FLEET} OR rank_in_cluster = 1 ORDER BY rank`,
  );
  return {
    listed: rows
      .filter(({ listed }) => listed)
      .map(row => ({
        ...toGroup(row),
        cluster: row.cluster,
        by: row.by,
        of: row.entity_ref ?? undefined,
      })),
    totals: new Map(rows.map(({ cluster, total }) => [cluster, total])),
  };
}

interface RivalRow extends RivalGroup {
  others: boolean;
  entity_ref: string | null;
  allowed: boolean;
  total: number;
}

interface FleetRow extends RivalGroup {
  cluster: string;
  by: string;
  entity_ref: string | null;
  listed: boolean;
  total: number;
}

function toGroup(row: RivalGroup): RivalGroup {
  const { reason, ruled, how, workloads, example } = row;
  return { reason, ruled, how, workloads, example };
}
