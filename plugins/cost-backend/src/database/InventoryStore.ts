import {
  ClusterInventory,
  ClusterLabels,
  DAY_MS,
  Steering,
  WorkloadFacts,
} from '@headroom/common';
import { Knex } from 'knex';
import { LabelStore } from './LabelStore';
import { NamespaceLimitStore } from './NamespaceLimitStore';
import { slices, toNumber } from '@headroom/node';
import { InventoryState, inventoryStates } from './inventoryStates';

/** A reading that is older than this, or by a clock this far ahead, is no longer believed. */
export const EXPIRES_MS = DAY_MS;

/** Workloads of every cluster, and what steers them, as last read. */
export class InventoryStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new InventoryStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** How many workloads are known of a cluster. */
  async countWorkloads(cluster: string): Promise<number> {
    const { rows } = await this.#knex.raw(
      `SELECT count(*) AS n FROM cost_workload_facts f
       JOIN cost_clusters k ON k.id = f.cluster_id WHERE k.name = ?`,
      [cluster],
    );
    return toNumber(rows[0].n);
  }

  /**
   * Takes over a reading of a cluster, all or nothing; an older one than is stored is left.
   *
   * @returns how many workloads have other labels than before.
   */
  async replace(
    cluster: string,
    inventory: ClusterInventory & { labels?: ClusterLabels },
  ): Promise<number> {
    return this.#knex.transaction(async tx => {
      const clusterId = await lockCluster(tx, cluster);
      const known = await tx('cost_inventory_state')
        .where({ cluster_id: clusterId })
        .first('read_at');
      const knownAt = known?.read_at?.getTime() ?? 0;
      const aheadMs = knownAt - Date.parse(inventory.readAt);
      // Another replica's reading is newer; one further ahead is of a wrong clock.
      if (aheadMs > 0 && aheadMs <= EXPIRES_MS) {
        return 0;
      }
      await tx('cost_workload_facts').where({ cluster_id: clusterId }).delete();
      await tx('cost_steering').where({ cluster_id: clusterId }).delete();
      for await (const slice of slices(inventory.workloads, 500)) {
        await insertFacts(tx, clusterId, slice);
      }
      for await (const slice of slices(inventory.steering, 500)) {
        await insertSteering(tx, clusterId, slice);
      }
      const { limits = [] } = inventory;
      await NamespaceLimitStore.create({ knex: tx }).replace(clusterId, limits);
      await tx('cost_inventory_state')
        .insert({
          cluster_id: clusterId,
          read_at: inventory.readAt,
          checked_at: inventory.readAt,
          stale_since: null,
          error: null,
          unreadable: JSON.stringify(inventory.unreadable),
          limits_known: inventory.limits !== undefined,
        })
        .onConflict('cluster_id')
        .merge();
      const { labels, readAt } = inventory;
      return labels
        ? LabelStore.create({ knex: tx }).replace(clusterId, labels, readAt)
        : 0;
    });
  }

  /**
   * Remembers the containers of workloads that run and were never met in usage, so
   * that they are linked before their first hour is over.
   *
   * @returns how many containers are new.
   */
  async meetNewWorkloads(cluster: string): Promise<number> {
    const { rows } = await this.#knex.raw(
      `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container, link_stale)
       SELECT f.cluster_id, 'workload', f.namespace, f.kind, f.name, c ->> 'name', true
       FROM cost_workload_facts f JOIN cost_clusters k ON k.id = f.cluster_id,
         jsonb_array_elements(f.facts -> 'containers') AS c
       WHERE k.name = ? AND c ->> 'role' <> 'init' AND NOT EXISTS (
         SELECT 1 FROM cost_containers o
         WHERE (o.cluster_id, o.bucket, o.namespace, o.workload_kind, o.workload)
           = (f.cluster_id, 'workload', f.namespace, f.kind, f.name))
       ON CONFLICT DO NOTHING RETURNING id`,
      [cluster],
    );
    return rows.length;
  }

  /** Notes that a reading could not be taken over; what is known stays. */
  async markStale(cluster: string, at: Date, error: string): Promise<void> {
    await this.#knex.transaction(async tx => {
      const clusterId = await lockCluster(tx, cluster);
      await tx.raw(
        `INSERT INTO cost_inventory_state (cluster_id, checked_at, stale_since, error) VALUES (?, ?, ?, ?)
         ON CONFLICT (cluster_id) DO UPDATE SET checked_at = excluded.checked_at, error = excluded.error,
           stale_since = coalesce(cost_inventory_state.stale_since, excluded.stale_since)`,
        [clusterId, at, at, error],
      );
    });
  }

  /** State of every cluster that was ever asked. */
  async states(): Promise<InventoryState[]> {
    return inventoryStates(this.#knex);
  }
}

/** Creates the cluster when it has no costs yet; holds it until the transaction ends. */
async function lockCluster(tx: Knex, cluster: string): Promise<number> {
  await tx.raw(
    "SELECT pg_advisory_xact_lock(hashtext('headroom-cost-inventory'), hashtext(?))",
    [cluster],
  );
  await tx.raw(
    'INSERT INTO cost_clusters (name) VALUES (?) ON CONFLICT DO NOTHING',
    [cluster],
  );
  const row = await tx('cost_clusters').where({ name: cluster }).first('id');
  return row.id;
}

async function insertFacts(
  tx: Knex,
  clusterId: number,
  workloads: WorkloadFacts[],
): Promise<void> {
  await tx.raw(
    `INSERT INTO cost_workload_facts (cluster_id, namespace, kind, name, facts)
     SELECT ?::integer, f ->> 'namespace', f ->> 'kind', f ->> 'name', f
     FROM jsonb_array_elements(?::jsonb) AS f ON CONFLICT DO NOTHING`,
    [clusterId, JSON.stringify(workloads)],
  );
}

async function insertSteering(
  tx: Knex,
  clusterId: number,
  steering: Steering[],
): Promise<void> {
  await tx.raw(
    `INSERT INTO cost_steering (cluster_id, namespace, kind, name, steering)
     SELECT ?::integer, s #>> '{target,namespace}', s #>> '{target,kind}', s #>> '{target,name}', s
     FROM jsonb_array_elements(?::jsonb) AS s`,
    [clusterId, JSON.stringify(steering)],
  );
}
