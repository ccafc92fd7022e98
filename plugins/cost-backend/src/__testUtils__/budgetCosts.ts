import { addDays, eachDay } from '@headroom/common';
import { Knex } from 'knex';
import { MEASURES } from '../database/measures';

/** A container that cost the same every day, whole days of UTC, `to` exclusive. */
export interface CostlyContainer {
  cluster?: string;
  namespace?: string;
  name: string;
  bucket?: 'workload' | 'idle';
  labels?: Record<string, string>;
  /** Entity it is linked to. */
  entityRef?: string;
  from: string;
  to: string;
  dollars: number;
  /** What sharing moved there each day. */
  sharedDollars?: number;
}

const ZERO_COLUMNS = Object.fromEntries(
  MEASURES.map(({ column }) => [column, 0]),
);

/** Stores what containers cost, on days that are complete. @returns ids in their order. */
export async function seedCosts(
  knex: Knex,
  containers: CostlyContainer[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const each of containers) {
    ids.push(await seedOne(knex, each));
  }
  return ids;
}

async function seedOne(knex: Knex, each: CostlyContainer): Promise<number> {
  const { cluster = 'c1', namespace = 'shop', bucket = 'workload' } = each;
  await knex('cost_clusters')
    .insert({ name: cluster })
    .onConflict('name')
    .ignore();
  const { id: clusterId } = await knex('cost_clusters')
    .where({ name: cluster })
    .first('id');
  const [{ id }] = await knex('cost_containers')
    .insert({
      cluster_id: clusterId,
      bucket,
      namespace,
      workload_kind: 'Deployment',
      workload: each.name,
      container: 'app',
      labels: JSON.stringify(each.labels ?? {}),
      link_stale: false,
    })
    .returning('id');
  if (each.entityRef) {
    await knex.raw(
      `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
       SELECT ?, id, 'annotation', 'test' FROM cost_entities WHERE entity_ref = ?`,
      [id, each.entityRef],
    );
  }
  for (const day of eachDay(each.from, each.to)) {
    await knex('cost_days').insert({
      ...ZERO_COLUMNS,
      cluster_id: clusterId,
      container_id: id,
      day,
      capacity_type: 'on-demand',
      region: 'r1',
      cpu_micros: Math.round(each.dollars * 1e6),
      shared_idle_micros: Math.round((each.sharedDollars ?? 0) * 1e6),
      shared_overhead_micros: 0,
      hours_present: 24,
    });
    await knex('cost_cluster_days')
      .insert({
        cluster_id: clusterId,
        day,
        hours_complete: 24,
        last_hour: `${day}T23:00:00Z`,
      })
      .onConflict(['cluster_id', 'day'])
      .ignore();
  }
  await knex.raw(
    `INSERT INTO cost_ingest_state (cluster_id, source) VALUES (?, 'prometheus') ON CONFLICT DO NOTHING`,
    [clusterId],
  );
  return id;
}

/** Replaces what a container cost a day, as it is when its days are summed again. */
export async function restate(
  knex: Knex,
  containerId: number,
  dollars: number,
): Promise<void> {
  await knex('cost_days')
    .where({ container_id: containerId })
    .update({ cpu_micros: Math.round(dollars * 1e6) });
  await knex('cost_cluster_days').update({
    rolled: knex.raw('gen_random_uuid()'),
  });
}

/** What an hour of a container cost; its day has it already. */
export async function seedHour(
  knex: Knex,
  hour: { containerId: number; at: string; dollars: number },
): Promise<void> {
  const month = `${hour.at.slice(0, 7)}-01`;
  const name = `cost_hours_${month.slice(0, 7).replace('-', '_')}`;
  await knex.raw(
    `CREATE TABLE IF NOT EXISTS ?? PARTITION OF cost_hours FOR VALUES FROM ('${month}T00:00:00Z') TO ('${addDays(
      month,
      31,
    ).slice(0, 7)}-01T00:00:00Z')`,
    [name],
  );
  const { cluster_id } = await knex('cost_containers')
    .where({ id: hour.containerId })
    .first('cluster_id');
  await knex('cost_hours').insert({
    ...ZERO_COLUMNS,
    cluster_id,
    hour: hour.at,
    container_id: hour.containerId,
    capacity_type: 'on-demand',
    region: 'r1',
    cpu_micros: Math.round(hour.dollars * 1e6),
  });
}

/** Stores that a container had a machine alone, so much of it. */
export async function storeMachineDay(
  knex: Knex,
  had: {
    cluster: number;
    day: string;
    machine: number;
    container: number;
    micros: number;
  },
): Promise<void> {
  const key = {
    cluster_id: had.cluster,
    day: had.day,
    machine_id: had.machine,
  };
  await knex('cost_machine_days').insert({
    ...key,
    container_id: had.container,
    cpu_micros: had.micros,
    memory_micros: 0,
    gpu_micros: 0,
    cpu_core_microhours: 0,
    memory_byte_hours: 0,
    gpu_device_microhours: 0,
  });
  await knex('cost_machine_totals').insert({ ...key, micros: had.micros });
  await knex('cost_machine_sums')
    .insert({
      cluster_id: had.cluster,
      day: had.day,
      hours: 'all',
      is_known: true,
    })
    .onConflict()
    .ignore();
}
