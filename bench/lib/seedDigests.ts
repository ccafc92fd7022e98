/**
 * Fills a database with what advice is computed from:
 * `seedDigests.ts URL CONTAINERS DAYS`, or with a fourth argument `stored` for
 * containers that are there already, with their charges. A process of its own,
 * so that making data costs the measured process nothing.
 *
 * Every container has a level, a daily and a weekly rhythm, noise, bursts and
 * replicas of its own; days are written one after the other, as digests are, so
 * that one container's days lie as far apart on disk as they do in production.
 */
import { encodeDigest, UsageDigest } from '@headroom/plugin-cost-common';
import knexFactory, { Knex } from 'knex';
import { DigestStore, MEASURES } from '@headroom/plugin-cost-backend/testUtils';
import { digestOfDay } from '@headroom/plugin-cost-common/testUtils';
import { DAY_MS } from '@headroom/common';
import { createRandom, Random } from './random';

const GIB = 2 ** 30;
const SLICE = 500;
const SLOTS_PER_DAY = 288;
const POOLS = ['general', 'batch', 'memory'];

interface Seed {
  cores: number;
  bytes: number;
  replicas: number;
  daily: number;
  weekly: number;
  noise: number;
  phase: number;
  pool: string;
  random: Random;
}

async function main() {
  const [url, containers, days, stored] = process.argv.slice(2);
  const knex = knexFactory({ client: 'pg', connection: url });
  try {
    await seed(knex, Number(containers), Number(days), stored === 'stored');
  } finally {
    await knex.destroy();
  }
}

async function seed(
  knex: Knex,
  containers: number,
  days: number,
  stored: boolean,
) {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const { clusterId, ids } = stored
    ? await storedContainers(knex, containers)
    : await seedContainers(knex, containers);
  const seeds = ids.map(seedOf);
  const store = DigestStore.create({ knex });
  for (let back = days; back >= 1; back--) {
    const start = today - back * DAY_MS;
    const day = new Date(start).toISOString().slice(0, 10);
    for (let at = 0; at < ids.length; at += SLICE) {
      await store.insert(
        knex,
        clusterId,
        day,
        ids.slice(at, at + SLICE).map((containerId, i) => ({
          containerId,
          start: new Date(start).toISOString(),
          data: encodeDigest(digestOf(seeds[at + i], start)),
        })),
      );
    }
    if (!stored) {
      await seedCharges(knex, day);
    }
  }
  if (!stored) {
    await seedNodes(knex, today - DAY_MS, containers);
  }
  await knex.raw('VACUUM ANALYZE');
}

interface Containers {
  clusterId: number;
  ids: number[];
}

async function storedContainers(
  knex: Knex,
  limit: number,
): Promise<Containers> {
  const rows = await knex('cost_containers')
    .select('id', 'cluster_id')
    .where({ bucket: 'workload' })
    .orderBy('id')
    .limit(limit);
  return {
    clusterId: rows[0].cluster_id,
    ids: rows.map(({ id }: { id: number }) => id),
  };
}

/** A workload of one container each; one in ten is scaled by an HPA. */
async function seedContainers(knex: Knex, count: number): Promise<Containers> {
  await knex('cost_clusters').insert({ name: 'bench' });
  const { rows } = await knex.raw(
    `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container, link_stale)
     SELECT 1, 'workload', 'ns-' || n % 200, 'Deployment', 'svc-' || n, 'app', false
     FROM generate_series(1, ?::int) n RETURNING id`,
    [count],
  );
  await knex.raw(
    `INSERT INTO cost_entities (entity_ref, kind, namespace, name, owner_refs, labels, annotations, lifecycle)
     SELECT 'component:default/' || workload, 'component', 'default', workload, ARRAY['group:default/' || namespace],
       '{}', '{}', 'production' FROM cost_containers WHERE id % 2 = 0`,
  );
  await knex.raw(
    `INSERT INTO cost_links SELECT c.id, e.id, 'annotation', 'bench'
     FROM cost_containers c JOIN cost_entities e ON e.name = c.workload`,
  );
  await knex.raw(
    `INSERT INTO cost_workload_facts SELECT 1, namespace, workload_kind, workload, jsonb_build_object(
       'namespace', namespace, 'kind', workload_kind, 'name', workload, 'uid', id::text, 'replicas', 3, 'containers',
       jsonb_build_array(jsonb_build_object('name', 'app', 'role', 'main', 'spec', '{}'::jsonb)))
     FROM cost_containers`,
  );
  await knex.raw(
    `INSERT INTO cost_steering SELECT 1, namespace, workload_kind, workload, jsonb_build_object(
       'kind', 'HorizontalPodAutoscaler', 'name', workload, 'minReplicas', 2, 'maxReplicas', 9, 'otherMetrics', 0,
       'target', jsonb_build_object('namespace', namespace, 'kind', workload_kind, 'name', workload),
       'metrics', jsonb_build_array(jsonb_build_object('resource', 'cpu', 'targetUtilization', 80)))
     FROM cost_containers WHERE id % 10 = 0`,
  );
  await knex.raw(
    `INSERT INTO cost_inventory_state (cluster_id, read_at, checked_at) VALUES (1, now(), now())`,
  );
  return { clusterId: 1, ids: rows.map(({ id }: { id: number }) => id) };
}

function seedOf(id: number): Seed {
  const random = createRandom(id);
  return {
    cores: 0.02 * 100 ** random(),
    bytes: 2 ** (26 + 7 * random()),
    replicas: 1 + Math.floor(random() * 4),
    daily: 0.7 * random(),
    weekly: 0.5 * random(),
    noise: 0.05 + 0.3 * random(),
    phase: random(),
    pool: POOLS[id % POOLS.length],
    random,
  };
}

function digestOf(seedling: Seed, start: number): UsageDigest {
  const { cores, bytes, daily, weekly, noise, phase, random } = seedling;
  const weekend = [0, 6].includes(new Date(start).getUTCDay());
  const level = weekend ? 1 - weekly : 1;
  const burst = random() < 0.3 ? Math.floor(random() * SLOTS_PER_DAY) : -100;
  return digestOfDay({
    start: new Date(start).toISOString(),
    cpuCores: slot => {
      const wave =
        1 + daily * Math.sin(2 * Math.PI * (slot / SLOTS_PER_DAY + phase));
      const spike = slot >= burst && slot < burst + 3 ? 2.5 : 1;
      return cores * level * wave * spike * (1 + noise * (random() - 0.5) * 2);
    },
    memoryBytes: () => bytes * (0.9 + 0.1 * random()),
    spec: {
      cpuRequestCores: Math.ceil(cores * 4000) / 1000,
      memoryRequestBytes: Math.ceil((bytes * 2) / 2 ** 20) * 2 ** 20,
      memoryLimitBytes: Math.ceil((bytes * 2) / 2 ** 20) * 2 ** 20,
      image: 'registry.example.com/team/service:1.2.3',
    },
    pods: seedling.replicas,
    nodePool: seedling.pool,
  });
}

async function seedCharges(knex: Knex, day: string) {
  const columns = MEASURES.map(({ column }) => column);
  await knex.raw(
    `INSERT INTO cost_days (cluster_id, day, container_id, capacity_type, region, ${columns.join(
      ', ',
    )}, shared_idle_micros, shared_overhead_micros, hours_present)
     SELECT 1, ?::date, id, 'on-demand', 'us-east-1', ${columns
       .map((_, index) => `100000 + (id * 7919 + ${index}) % 900000`)
       .join(', ')}, 1000, 500, 24 FROM cost_containers`,
    [day],
  );
}

async function seedNodes(knex: Knex, start: number, containers: number) {
  await knex.raw(
    `CREATE TABLE cost_node_hours_bench PARTITION OF cost_node_hours DEFAULT`,
  );
  const nodes = Math.ceil(containers / 20);
  for (const pool of POOLS) {
    await knex.raw(
      `INSERT INTO cost_node_hours SELECT 1, to_timestamp(?::double precision) + n * interval '1 hour', ?, 'm5.4xlarge',
         'us-east-1', 'on-demand', 0.768, '{}', ?::bigint * 1000000, ?::bigint * 16000000, ?::bigint * ?::bigint, 0, 0, 0, 0, 0, 0
       FROM generate_series(0, 23) n`,
      [start / 1000, pool, nodes, nodes, nodes, 64 * GIB],
    );
  }
}

main().catch(error => {
  process.stderr.write(`seedDigests: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
