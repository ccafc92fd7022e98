import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { Fence, StoredEntity } from '@headroom/node';
import { readClusters } from '@headroom/plugin-clusters-node';
import { Knex } from 'knex';
import { readCostConfig } from '../core/config/readCostConfig';
import { createEntityMirror } from '../database/entityMirror';
import { ensurePartitions } from '../database/partitions';
import { POD_MEASURES } from '../database/PodHourStore';
import { CostSources } from '../core/CostSources';
import { IngestService } from '../features/ingest/IngestService';
import { FakeUsageSource } from './FakeUsageSource';

/** Configuration of one cluster, `c1`, without pauses. */
export function headroom(change: JsonObject = {}): JsonObject {
  return {
    headroom: {
      clusters: [
        { name: 'c1', prometheus: { url: 'http://prometheus.example.com' } },
      ],
      ...change,
      cost: {
        ...((change.cost as JsonObject) ?? {}),
        ingest: {
          backfill: { hours: 48 },
          share: 1,
          ...(((change.cost as JsonObject)?.ingest as JsonObject) ?? {}),
        },
      },
    },
  };
}

/** An ingest service on a database, with a clock that stands still. */
export function createIngest(options: {
  knex: Knex;
  source: FakeUsageSource;
  /** The time; a function when it moves. */
  now: string | (() => string);
  config?: JsonObject;
  /** Whether anybody bills the machines. */
  isBilled?: boolean;
  fence?: Fence;
  onStep?: (step: string) => void;
}): IngestService {
  const config = new ConfigReader(headroom(options.config));
  const sources = CostSources.create();
  sources.addUsageSource(options.source);
  if (options.isBilled) {
    sources.addBillSource({
      id: 'some-bill',
      deliveries: async () => [],
      async *charges() {},
    });
  }
  return IngestService.create({
    knex: options.knex,
    clusters: readClusters(config),
    sources,
    config: readCostConfig(config),
    logger: mockServices.logger.mock(),
    fence: options.fence,
    now: () =>
      new Date(typeof options.now === 'string' ? options.now : options.now()),
    onStep: options.onStep,
  });
}

/** Runs an ingest to its end. */
export async function runIngest(
  options: Parameters<typeof createIngest>[0],
): Promise<void> {
  await createIngest(options).runOnce(new AbortController().signal);
}

/** An entity as the catalog would have it copied. */
export function storedEntity(change: Partial<StoredEntity> = {}): StoredEntity {
  return {
    entityRef: 'component:default/web',
    kind: 'component',
    namespace: 'default',
    name: 'web',
    ownerRefs: ['group:default/shop'],
    labels: {},
    annotations: { 'backstage.io/kubernetes-id': 'web' },
    ...change,
  };
}

/** Makes entities known, as a reading of the catalog does. */
export async function storeEntities(
  knex: Knex,
  entities: StoredEntity[],
  edges: Array<{ group: string; parent: string }> = [],
) {
  await createEntityMirror({ knex }).replaceAll(
    entities,
    edges,
    new Date('2026-01-01T00:00:00Z'),
  );
}

/** The sum of every amount that was ingested, in micros. */
export async function totalMicros(
  knex: Knex,
  table: 'cost_hours' | 'cost_days' = 'cost_days',
): Promise<bigint> {
  const { rows } = await knex.raw(
    `SELECT coalesce(sum(cpu_micros + memory_micros + gpu_micros + storage_micros + network_micros), 0)::text AS total FROM ${table}`,
  );
  return BigInt(rows[0].total);
}

/** Stores that what pods cost in an hour was read of the only cluster. */
export async function storePodHour(knex: Knex, hour: Date): Promise<void> {
  await ensurePartitions(knex, hour);
  const [{ id }] = await knex('cost_clusters').select('id');
  await knex('cost_pod_hours').insert({
    cluster_id: id,
    hour,
    container_id: 0,
    pod: 'some',
    node: 'some',
    ...Object.fromEntries(POD_MEASURES.map(column => [column, 0])),
  });
}
