import { ClusterLabels, NodeLabels, WorkloadLabels } from '@headroom/common';
import { Knex } from 'knex';
import { slices, textArray, toIso } from '@headroom/node';

/** How long labels of objects that are gone are kept, for hours that are read late. */
const KEPT = "interval '14 days'";
/** How often it is noted that an object is still there. */
const SEEN_EVERY = "interval '6 hours'";

/**
 * Labels as the Kubernetes API has them: of pod templates, which links are made
 * by, and of nodes, which prices depend on. Labels of a workload that ever cost
 * something are kept as long as its costs are.
 */
export class LabelStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new LabelStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes over a reading of a cluster. What it lists twice counts once.
   *
   * @returns how many workloads have other labels than before; their containers
   * are marked for linking.
   */
  async replace(
    clusterId: number,
    { workloads, nodes = [] }: ClusterLabels,
    readAt: string,
  ): Promise<number> {
    let changed = 0;
    for await (const slice of slices(workloads, 500)) {
      changed += await this.#putWorkloads(clusterId, slice, readAt);
    }
    for await (const slice of slices(nodes, 500)) {
      await this.#putNodes(clusterId, slice, readAt);
    }
    await this.#forget(clusterId, readAt);
    return changed;
  }

  /** Whether labels of any workload of a cluster are known. */
  async knowsWorkloads(clusterId: number): Promise<boolean> {
    const row = await this.#knex('cost_workload_labels')
      .where({ cluster_id: clusterId })
      .first('name');
    return row !== undefined;
  }

  /** The nodes of these names, each machine that had one; the oldest first. */
  async nodes(
    clusterId: number,
    names: readonly string[],
  ): Promise<NodeLabels[]> {
    const { rows } = await this.#knex.raw(
      `SELECT name, uid, labels, created_at FROM cost_node_labels
       WHERE cluster_id = ? AND name = ANY (?::text[]) ORDER BY name, created_at NULLS FIRST, seen_at`,
      [clusterId, textArray([...names])],
    );
    return rows.map(
      (row: {
        name: string;
        uid: string;
        labels: Record<string, string>;
        created_at: Date | null;
      }) => ({
        name: row.name,
        uid: row.uid,
        labels: row.labels,
        createdAt: toIso(row.created_at),
      }),
    );
  }

  async #putWorkloads(
    clusterId: number,
    workloads: WorkloadLabels[],
    readAt: string,
  ): Promise<number> {
    const { rows } = await this.#knex.raw(
      `WITH new AS (
         SELECT DISTINCT ON (namespace, kind, name) *
         FROM jsonb_to_recordset(?::jsonb) AS n (namespace text, kind text, name text, labels jsonb)
       ), old AS (
         SELECT namespace, kind, name, w.labels FROM cost_workload_labels w
         JOIN new USING (namespace, kind, name) WHERE w.cluster_id = ?
       ), written AS (
         INSERT INTO cost_workload_labels AS w (cluster_id, namespace, kind, name, labels, seen_at)
         SELECT ?::integer, namespace, kind, name, labels, ?::timestamptz FROM new
         ON CONFLICT (cluster_id, namespace, kind, name) DO UPDATE SET labels = excluded.labels, seen_at = excluded.seen_at
         WHERE w.labels <> excluded.labels OR w.seen_at < excluded.seen_at - ${SEEN_EVERY}
         RETURNING namespace, kind, name, labels
       ), changed AS (
         SELECT namespace, kind, name FROM written w LEFT JOIN old o USING (namespace, kind, name)
         WHERE o.labels IS DISTINCT FROM w.labels
       ), stale AS (
         UPDATE cost_containers c SET link_stale = true FROM changed
         WHERE c.cluster_id = ? AND c.bucket = 'workload'
           AND (c.namespace, c.workload_kind, c.workload) = (changed.namespace, changed.kind, changed.name)
       )
       SELECT count(*)::integer AS changed FROM changed`,
      [JSON.stringify(workloads), clusterId, clusterId, readAt, clusterId],
    );
    return rows[0].changed;
  }

  async #putNodes(
    clusterId: number,
    nodes: NodeLabels[],
    readAt: string,
  ): Promise<void> {
    await this.#knex.raw(
      `INSERT INTO cost_node_labels AS w (cluster_id, name, uid, labels, created_at, seen_at)
       SELECT DISTINCT ON (name, uid) ?::integer, name, uid, labels, "createdAt", ?::timestamptz
       FROM jsonb_to_recordset(?::jsonb) AS n (name text, uid text, labels jsonb, "createdAt" timestamptz)
       ON CONFLICT (cluster_id, name, uid) DO UPDATE SET labels = excluded.labels, seen_at = excluded.seen_at
       WHERE w.labels <> excluded.labels OR w.seen_at < excluded.seen_at - ${SEEN_EVERY}`,
      [clusterId, readAt, JSON.stringify(nodes)],
    );
  }

  async #forget(clusterId: number, readAt: string): Promise<void> {
    await this.#knex.raw(
      `DELETE FROM cost_node_labels WHERE cluster_id = ? AND seen_at < ?::timestamptz - ${KEPT}`,
      [clusterId, readAt],
    );
    await this.#knex.raw(
      `DELETE FROM cost_workload_labels w
       WHERE w.cluster_id = ? AND w.seen_at < ?::timestamptz - ${KEPT} AND NOT EXISTS (
         SELECT 1 FROM cost_containers c WHERE (c.cluster_id, c.bucket, c.namespace, c.workload_kind, c.workload)
           = (w.cluster_id, 'workload', w.namespace, w.kind, w.name))`,
      [clusterId, readAt],
    );
  }
}
