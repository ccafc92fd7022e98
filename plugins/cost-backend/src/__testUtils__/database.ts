import { Knex } from 'knex';
import { TestPostgres as Databases } from '@headroom/node/testUtils';
import { migrationsDirectory } from '../database/openDatabase';

/** Databases with the plugin's tables. */
export const TestPostgres = {
  /** Call in the body of a test file: it registers its own clean-up. */
  create: () =>
    Databases.create(knex =>
      knex.migrate.latest({ directory: migrationsDirectory() }),
    ),
};

/** Until a query of another connection waits for a lock. */
export async function untilBlocked(knex: Knex): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const { rows } = await knex.raw(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error('No query waits for a lock');
}

/** What a table holds, without what depends on when and how often work was done. */
export async function dump(knex: Knex): Promise<Record<string, string[]>> {
  const containers = `(SELECT concat_ws('/', k.name, c.bucket, c.namespace, c.workload_kind, c.workload, c.container)
    FROM cost_containers c JOIN cost_clusters k ON k.id = c.cluster_id WHERE c.id = t.container_id) AS container`;
  const nameOf = (id: string) =>
    `(SELECT concat_ws('/', c.workload_kind, c.workload, c.container) FROM cost_containers c WHERE c.id = ${id})`;
  const device = `(SELECT concat_ws('/', g.node, g.board, g.instance, g.sharing, g.profile)
    FROM cost_gpu_devices g WHERE g.id = t.device_id) AS device`;
  const queries: Record<string, string> = {
    cost_clusters: 'SELECT name FROM cost_clusters t',
    cost_containers: `SELECT bucket, namespace, workload_kind, workload, container, labels, labels_sanitized, labels_at, link_stale
      FROM cost_containers t`,
    cost_links: `SELECT ${containers}, provenance, detail FROM cost_links t`,
    cost_hours: `SELECT ${containers}, to_jsonb(t) - 'container_id' AS row FROM cost_hours t`,
    cost_node_hours: 'SELECT to_jsonb(t) AS row FROM cost_node_hours t',
    cost_unit_hours: 'SELECT to_jsonb(t) AS row FROM cost_unit_hours t',
    cost_ingest_hours: `SELECT to_jsonb(t) - 'content_hash' - 'ingested_at' - 'tries' - 'tried_at' AS row FROM cost_ingest_hours t`,
    cost_ingest_state: `SELECT to_jsonb(t) - 'queries_per_hour' AS row FROM cost_ingest_state t`,
    cost_dirty_days: 'SELECT day FROM cost_dirty_days t',
    cost_days: `SELECT ${containers}, to_jsonb(t) - 'container_id' AS row FROM cost_days t`,
    cost_cluster_days: `SELECT to_jsonb(t) - 'rolled' AS row FROM cost_cluster_days t`,
    cost_node_days: 'SELECT to_jsonb(t) AS row FROM cost_node_days t',
    cost_unit_days: 'SELECT to_jsonb(t) AS row FROM cost_unit_days t',
    cost_usage_hours: `SELECT ${containers}, to_jsonb(t) - 'container_id' AS row FROM cost_usage_hours t`,
    cost_digests: `SELECT ${containers}, to_jsonb(t) - 'container_id' AS row FROM cost_digests t`,
    cost_dirty_usage: 'SELECT day FROM cost_dirty_usage t',
    cost_gpu_devices: `SELECT to_jsonb(t) - 'id' AS row FROM cost_gpu_devices t`,
    cost_gpu_hours: `SELECT ${device}, to_jsonb(t) - 'device_id' - 'tenants' AS row,
      (SELECT jsonb_agg(${nameOf(
        `(e ->> 'containerId')::integer`,
      )} || (e - 'containerId')::text ORDER BY 1)
       FROM jsonb_array_elements(tenants) e) AS tenants FROM cost_gpu_hours t`,
    cost_gpu_days: `SELECT ${device}, to_jsonb(t) - 'device_id' AS row FROM cost_gpu_days t`,
    cost_gpu_tenant_days: `SELECT ${device}, ${containers}, to_jsonb(t) - 'device_id' - 'container_id' AS row
      FROM cost_gpu_tenant_days t`,
  };
  const tables: Record<string, string[]> = {};
  for (const [table, sql] of Object.entries(queries)) {
    const { rows } = await knex.raw(sql);
    tables[table] = rows.map((row: object) => JSON.stringify(row)).sort();
  }
  return tables;
}
