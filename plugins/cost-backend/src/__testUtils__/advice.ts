import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import {
  ClusterInventory,
  WorkloadRef,
  addDays,
  dayBounds,
} from '@headroom/common';
import { encodeDigest, UsageDigest } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { AdviceJob, AdviceJobOptions } from '../features/advice/AdviceJob';
import { readCostConfig } from '../core/config/readCostConfig';
import { InventoryStore } from '../database/InventoryStore';
import {
  DayOfUsage,
  digestOfDay,
} from '@headroom/plugin-cost-common/testUtils';

const GIB = 2 ** 30;

/** A container that used the same every day, and what it was charged. */
export interface SeededContainer extends WorkloadRef {
  cluster?: string;
  container?: string;
  /** Entity it is linked to. */
  entityRef?: string;
  /** Days of digests that end with `lastDay`. */
  days: number;
  lastDay: string;
  usage: Omit<DayOfUsage, 'start'>;
}

/** Uses a fifth of the core and half of the memory it asks for. */
export const OVERSIZED: SeededContainer['usage'] = {
  cpuCores: slot => 0.15 + 0.05 * Math.sin(slot / 20),
  memoryBytes: () => GIB,
  spec: { cpuRequestCores: 1, memoryRequestBytes: 2 * GIB },
};

/** Stores digests, charges and a node pool; @returns the container's id. */
export async function seedContainer(
  knex: Knex,
  seeded: SeededContainer,
): Promise<number> {
  const { namespace, kind, name, container = 'app', cluster = 'c1' } = seeded;
  await knex.raw(
    'INSERT INTO cost_clusters (name) VALUES (?) ON CONFLICT DO NOTHING',
    [cluster],
  );
  const { id: clusterId } = await knex('cost_clusters')
    .where({ name: cluster })
    .first('id');
  const [{ id }] = await knex('cost_containers')
    .insert({
      cluster_id: clusterId,
      bucket: 'workload',
      namespace,
      workload_kind: kind,
      workload: name,
      container,
      link_stale: false,
    })
    .returning('id');
  if (seeded.entityRef) {
    await knex.raw(
      `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
       SELECT ?, id, 'annotation', 'test' FROM cost_entities WHERE entity_ref = ?`,
      [id, seeded.entityRef],
    );
  }
  for (let back = seeded.days - 1; back >= 0; back--) {
    const day = addDays(seeded.lastDay, -back);
    const start = dayBounds(day, 'UTC').start.toISOString();
    const digest = digestOfDay({ ...seeded.usage, start });
    await storeDigest(knex, { id, clusterId, day, digest });
    await charge(knex, { id, clusterId, day, digest });
  }
  return id;
}

/** Stores or replaces the digest of a container and day. */
export async function storeDigest(
  knex: Knex,
  of: { id: number; clusterId: number; day: string; digest: UsageDigest },
): Promise<void> {
  await knex('cost_digests')
    .insert({
      container_id: of.id,
      cluster_id: of.clusterId,
      day: of.day,
      starts_at: of.digest.start,
      version: 1,
      data: Buffer.from(encodeDigest(of.digest)),
    })
    .onConflict(['container_id', 'day'])
    .merge();
}

/** A core-hour costs 0.04, a GiB-hour 0.005. */
async function charge(
  knex: Knex,
  of: { id: number; clusterId: number; day: string; digest: UsageDigest },
): Promise<void> {
  const { pods, specs } = of.digest;
  const spec = specs[0]?.spec ?? {};
  const coreHours = 24 * pods * (spec.cpuRequestCores ?? 0.2);
  const gibHours = (24 * pods * (spec.memoryRequestBytes ?? GIB)) / GIB;
  const zeros = Object.fromEntries(
    [
      'gpu_micros',
      'storage_micros',
      'network_micros',
      'cpu_used_micros',
      'memory_used_micros',
      'gpu_used_micros',
      'cpu_known_micros',
      'memory_known_micros',
      'gpu_known_micros',
      'cpu_request_core_microhours',
      'cpu_usage_core_microhours',
      'memory_request_byte_hours',
      'memory_usage_byte_hours',
      'gpu_device_microhours',
      'gpu_known_device_microhours',
      'storage_byte_hours',
      'network_bytes',
      'shared_idle_micros',
      'shared_overhead_micros',
    ].map(column => [column, 0]),
  );
  await knex('cost_days').insert({
    ...zeros,
    cluster_id: of.clusterId,
    container_id: of.id,
    day: of.day,
    capacity_type: 'on-demand',
    region: 'r1',
    cpu_micros: Math.round(coreHours * 40_000),
    memory_micros: Math.round(gibHours * 5_000),
    cpu_core_microhours: Math.round(coreHours * 1e6),
    memory_byte_hours: Math.round(gibHours * GIB),
    hours_present: 24,
  });
}

/** Says that a cluster was read at `readAt`, and that nothing steers anything. */
export async function storeInventory(
  knex: Knex,
  workloads: WorkloadRef[],
  change: Partial<ClusterInventory> & { cluster?: string; readAt: string },
): Promise<void> {
  const { cluster = 'c1', ...rest } = change;
  await InventoryStore.create({ knex }).replace(cluster, {
    workloads: workloads.map(ref => ({
      ...ref,
      uid: ref.name,
      replicas: 1,
      containers: [{ name: 'app', role: 'main', spec: {} }],
    })),
    steering: [],
    unreadable: [],
    ...rest,
  });
}

/** An advice job on a database, with a clock that stands still. */
export function createAdviceJob(
  options: { knex: Knex; now: string; advice?: JsonObject } & Pick<
    AdviceJobOptions,
    'onStep'
  > &
    Partial<Pick<AdviceJobOptions, 'fence' | 'logger' | 'share'>>,
): AdviceJob {
  const config = readCostConfig(
    new ConfigReader({
      headroom: { cost: { advice: options.advice ?? {} } },
    }),
  );
  return AdviceJob.create({
    knex: options.knex,
    config,
    logger: options.logger ?? mockServices.logger.mock(),
    fence: options.fence,
    now: () => new Date(options.now),
    onStep: options.onStep,
    share: options.share,
    threads: 1,
  });
}
