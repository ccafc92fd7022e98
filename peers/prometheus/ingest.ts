import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import { Knex } from 'knex';
import { PrometheusUsageSource } from '@headroom/plugin-cost-backend-module-prometheus';
import {
  CostSources,
  IngestService,
  readCostConfig,
} from '@headroom/plugin-cost-backend/testUtils';
import { createDatabase, PeerDatabase } from '../lib/database';
import { quietLogger } from '../lib/quietLogger';
import {
  GPU_PRICES,
  NODE_PRICES,
  STORAGE_PRICE,
  WEIGHTS,
} from './world/prices';
import { PODS } from './world/pods';
import { DAYS, HOURS, START_SECONDS } from './world/time';

/** Half an hour after the data ends. */
export const NOW = new Date((START_SECONDS + HOURS * 3600 + 1800) * 1000);

/** The cluster as somebody would configure it. */
export function clusterAt(url: string) {
  const [cluster] = readClusters(
    new ConfigReader({
      headroom: { clusters: [{ name: 'peer', prometheus: { url } }] },
    }),
  );
  return cluster;
}

export function createSource() {
  return PrometheusUsageSource.create({ logger: quietLogger, now: () => NOW });
}

/** A migrated database of its own, with the services in its copy of the catalog. */
export function createWorldDatabase(): Promise<PeerDatabase> {
  const services = [...new Set(PODS.flatMap(({ service }) => service ?? []))];
  return createDatabase(
    services.map(service => ({
      entityRef: `component:default/${service}`,
      kind: 'component',
      namespace: 'default',
      name: service,
      ownerRefs: [],
      labels: {},
      annotations: { 'backstage.io/kubernetes-id': service },
    })),
    NOW,
  );
}

/** Reads all 14 days through the ingest, as the back end does. */
export async function ingest(
  knex: Knex,
  url: string,
  onStep?: (step: string) => void,
): Promise<void> {
  const sources = CostSources.create();
  sources.addUsageSource(createSource());
  const config = readCostConfig(
    new ConfigReader({
      headroom: {
        prices: {
          nodes: [...NODE_PRICES],
          gpus: [...GPU_PRICES],
          storageClasses: [STORAGE_PRICE],
          unitPrices: Object.fromEntries(
            Object.entries(WEIGHTS).map(([type, weights]) => [
              type,
              {
                cpuCoreHour: weights.cpuCore,
                memoryGibHour: weights.memoryGib,
              },
            ]),
          ),
        },
        cost: {
          ingest: {
            backfill: { days: DAYS },
            share: 1,
          },
        },
      },
    }),
  );
  await IngestService.create({
    knex,
    clusters: [clusterAt(url)],
    sources,
    config,
    logger: quietLogger,
    now: () => NOW,
    onStep,
  }).runOnce(AbortSignal.timeout(5 * 60_000));
}

/** Dollars by service; '' is nobody's, idle left out. */
export async function costOfServices(knex: Knex): Promise<Map<string, number>> {
  const { rows } = await knex.raw(`
    SELECT coalesce(e.name, '') AS service, sum(h.cpu_micros + h.memory_micros
      + h.gpu_micros + h.storage_micros + h.network_micros)::text AS micros
    FROM cost_hours h
    JOIN cost_containers c ON c.id = h.container_id AND c.bucket = 'workload'
    LEFT JOIN cost_links l ON l.container_id = c.id
    LEFT JOIN cost_entities e ON e.id = l.entity_id
    GROUP BY 1`);
  return new Map(
    rows.map((row: { service: string; micros: string }) => [
      row.service,
      Number(row.micros) / 1e6,
    ]),
  );
}

/** Micros of everything a node is paid for: workloads and idle. */
export async function nodeMicros(knex: Knex): Promise<bigint> {
  const { rows } = await knex.raw(`
    SELECT sum(cpu_micros + memory_micros + gpu_micros)::text AS micros
    FROM cost_hours`);
  return BigInt(rows[0].micros);
}

/** A fingerprint of everything that was stored but when it was read. */
export async function digest(knex: Knex): Promise<string> {
  const { rows } = await knex.raw(`
    SELECT md5(string_agg(line, E'\\n' ORDER BY line)) AS digest FROM (
      SELECT 'hour ' || concat_ws('|', h.hour, c.bucket, c.namespace,
        c.workload_kind, c.workload, c.container, c.labels,
        to_jsonb(h) - 'container_id' - 'cluster_id') AS line
      FROM cost_hours h JOIN cost_containers c ON c.id = h.container_id
      UNION ALL
      SELECT 'day ' || concat_ws('|', c.bucket, c.namespace, c.workload_kind,
        c.workload, c.container, to_jsonb(d) - 'container_id' - 'cluster_id')
      FROM cost_days d JOIN cost_containers c ON c.id = d.container_id
      UNION ALL
      SELECT 'node ' || (to_jsonb(n) - 'cluster_id')::text FROM cost_node_hours n
      UNION ALL
      SELECT 'read ' || (to_jsonb(i) - 'cluster_id' - 'ingested_at')::text
      FROM cost_ingest_hours i
    ) lines`);
  return rows[0].digest;
}
