import { NamespaceLimit, WorkloadFacts } from '@headroom/common';
import { Knex } from 'knex';
import { Question } from './Question';
import { entitiesSql, Scope } from './scope';

/** A workload that is linked to a service, as its cluster was last read. */
export interface RunningRow {
  cluster: string;
  /** Absent = its cluster has it no longer, or was never read. */
  facts?: WorkloadFacts;
  limits: NamespaceLimit[];
  /** Names of its containers that are another service's. */
  othersContainers: string[];
  /** When its cluster was read; absent = never. */
  readAt?: string;
  /** Since when it is linked. */
  linkedAt: string;
}

/** What runs of services at this moment, as far as a caller may see them. */
export class RunningStore {
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new RunningStore(options.scope);
  }

  private constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** The workloads that are linked to the scope's services. */
  workloads(): Question<RunningRow[]> {
    const within = entitiesSql(this.#scope);
    return {
      sql: `WITH own AS (
         SELECT c.cluster_id, c.namespace, c.workload_kind AS kind, c.workload AS name,
           min(l.linked_at) AS linked_at, array_agg(l.container_id) AS ids
         FROM cost_entities e JOIN cost_links l ON l.entity_id = e.id
         JOIN cost_containers c ON c.id = l.container_id AND c.bucket = 'workload'
         WHERE ${within.sql} GROUP BY 1, 2, 3, 4
       )
       SELECT k.name AS cluster, f.facts, coalesce(n.limits, '[]'::jsonb) AS limits,
         s.read_at, o.linked_at,
         array(
           SELECT c.container FROM cost_containers c JOIN cost_links l ON l.container_id = c.id
           WHERE (c.cluster_id, c.bucket, c.namespace, c.workload_kind, c.workload)
             = (o.cluster_id, 'workload', o.namespace, o.kind, o.name) AND NOT (c.id = ANY (o.ids))
         ) AS others
       FROM own o JOIN cost_clusters k ON k.id = o.cluster_id
       LEFT JOIN cost_inventory_state s ON s.cluster_id = o.cluster_id
       LEFT JOIN cost_workload_facts f
         ON (f.cluster_id, f.namespace, f.kind, f.name) = (o.cluster_id, o.namespace, o.kind, o.name)
       LEFT JOIN cost_namespace_limits n ON (n.cluster_id, n.namespace) = (o.cluster_id, o.namespace)
       ORDER BY k.name, o.namespace, o.kind, o.name`,
      bindings: within.bindings,
      read: rows =>
        rows.map(({ cluster, facts, limits, others, read_at, linked_at }) => ({
          cluster,
          ...(facts !== null && { facts }),
          limits,
          othersContainers: others,
          // A moment, or its text where it comes as JSON.
          ...(read_at !== null && { readAt: new Date(read_at).toISOString() }),
          linkedAt: new Date(linked_at).toISOString(),
        })),
    };
  }
}
