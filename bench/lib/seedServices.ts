import { Client } from 'pg';
import { MEASURES } from '@headroom/plugin-cost-backend/testUtils';

/** Name of the n-th service of a bench. */
export function serviceName(index: number): string {
  return `svc-${index.toString().padStart(5, '0')}`;
}

/** Teams that share the services of a bench: the n-th service is of the n-th, round and round. */
export const TEAMS = 100;

/** Reference of the n-th team of a bench. */
export function teamRef(index: number): string {
  return `group:default/team-${index}`;
}

const CLUSTER = 'bench-seed';

/**
 * Fills the daily rollups of `services` services with `days` days that end
 * yesterday: `containersPerService` containers each, linked to the entities
 * the cost back end already copied from the catalog. Rows are written day by
 * day, as rollups are, so that one service's rows lie as far apart on disk as
 * they do in production.
 */
export async function seedServices(options: {
  /** The cost plugin's own database. */
  url: string;
  services: number;
  days: number;
  containersPerService: number;
}): Promise<{ rows: number }> {
  const { url, services, days, containersPerService } = options;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO cost_clusters (name) VALUES ($1) ON CONFLICT DO NOTHING`,
      [CLUSTER],
    );
    const { rows: clusters } = await client.query<{ id: number }>(
      `SELECT id FROM cost_clusters WHERE name = $1`,
      [CLUSTER],
    );
    const clusterId = clusters[0].id;

    // Linked here and not stale, all at once: the back end has nothing to link.
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container, labels, labels_at, link_stale)
       SELECT $1, 'workload', 'ns-' || n % 200, 'Deployment', name, 'c' || c,
              jsonb_build_object('backstage.io/kubernetes-id', name), now(), false
       FROM (SELECT n, 'svc-' || lpad(n::text, 5, '0') AS name FROM generate_series(0, $2::int - 1) n) s,
            generate_series(1, $3::int) c`,
      [clusterId, services, containersPerService],
    );
    await client.query(
      `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container)
       VALUES ($1, 'idle', '__idle__', 'Idle', 'general', '')`,
      [clusterId],
    );
    await client.query(
      `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
       SELECT c.id, e.id, 'annotation', 'backstage.io/kubernetes-id=' || e.name
       FROM cost_containers c JOIN cost_entities e ON e.name = c.workload AND e.kind = 'component'
       WHERE c.cluster_id = $1`,
      [clusterId],
    );
    await client.query('COMMIT');

    let rows = 0;
    for (let day = days; day >= 1; day--) {
      const inserted = await client.query(
        `INSERT INTO cost_days (cluster_id, day, container_id, capacity_type, region, ${MEASURES.map(
          ({ column }) => column,
        ).join(
          ', ',
        )}, shared_idle_micros, shared_overhead_micros, hours_present)
         SELECT $1, (now() AT TIME ZONE 'UTC')::date - $2::int, id, 'on-demand', 'us-east-1',
                ${MEASURES.map(
                  (_, index) =>
                    `1000 + (id * 7919 + $2::int * 104729 + ${index}) % 900000`,
                ).join(', ')}, 1000, 500, 24
         FROM cost_containers WHERE cluster_id = $1`,
        [clusterId, day],
      );
      rows += inserted.rowCount ?? 0;
    }
    await client.query(
      `INSERT INTO cost_cluster_days (cluster_id, day, hours_complete, last_hour, micros)
       SELECT $1, d::date, 24, d + interval '23 hours',
         (SELECT sum(cpu_micros + memory_micros + gpu_micros + storage_micros + network_micros) FROM cost_days s WHERE s.day = d::date)
       FROM generate_series((now() AT TIME ZONE 'UTC')::date - $2::int, (now() AT TIME ZONE 'UTC')::date - 1, interval '1 day') d`,
      [clusterId, days],
    );
    await client.query('VACUUM ANALYZE cost_days');
    await client.query('ANALYZE');
    return { rows };
  } finally {
    await client.end();
  }
}
