import {
  CapacityType,
  GpuSharing,
  ObservedGpu,
  ObservedIdle,
  ObservedPool,
  PriceOrigin,
} from '@headroom/plugin-cost-common';
import { Rational } from '@headroom/common';
import { toNumber } from '@headroom/node';
import { Knex } from 'knex';
import { MICRO } from './measures';
import { Scope } from './scope';

/** What the nodes of a pool cost on a day, and whether all hours of it are in. */
export interface PoolDay extends Omit<ObservedPool, 'gpus'> {
  region: string;
  hoursComplete: number;
}

/** What volumes cost on a day, and what of nodes was idle. */
export interface ClusterDay {
  storage: { micros: bigint; quantity: Rational };
  idle: Record<'cpu' | 'memory' | 'gpu', ObservedIdle>;
}

/** The least certain first. */
const PRICE_KINDS: Array<PriceOrigin['kind']> = [
  'unpriced',
  'default',
  'list',
  'config',
  'source',
];

const GIB = 2n ** 30n;

/**
 * What capacity of a cluster costs, over what it had of it. Prices are whose they
 * are of nobody: a scope is asked for, so that somebody was asked, and narrows
 * nothing.
 */
export class CapacityPriceStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex; scope: Scope }) {
    return new CapacityPriceStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Nodes by pool, type, capacity and day, from `start` up to `end`, ISO 8601; days are those of `zone`. */
  async pools(
    cluster: string,
    { start, end, zone }: { start: string; end: string; zone: string },
  ): Promise<PoolDay[]> {
    const { rows } = await this.#knex.raw(
      `WITH pools AS (
         SELECT n.cluster_id, n.node_pool, n.instance_type, n.capacity_type, (n.hour AT TIME ZONE ?)::date AS day,
           max(n.region) AS region, max(n.origin ->> 'podPlatform') AS platform,
           array_agg(DISTINCT n.origin ->> 'kind') AS kinds, sum(n.node_microhours) AS nodes,
           sum(n.cpu_core_microhours) AS cpu, sum(n.memory_byte_hours) AS memory, sum(n.gpu_device_microhours) AS gpu,
           sum(n.cpu_micros) AS cpu_micros, sum(n.memory_micros) AS memory_micros, sum(n.gpu_micros) AS gpu_micros
         FROM cost_node_hours n JOIN cost_clusters k ON k.id = n.cluster_id
         WHERE k.name = ? AND n.hour >= ? AND n.hour < ?
         GROUP BY n.cluster_id, n.node_pool, n.instance_type, n.capacity_type, 5
       )
       SELECT p.*, p.day::text AS day, coalesce(d.hours_complete, 0) AS complete
       FROM pools p LEFT JOIN cost_cluster_days d ON d.cluster_id = p.cluster_id AND d.day = p.day
       WHERE p.nodes > 0 ORDER BY p.node_pool, p.instance_type, p.capacity_type, p.day`,
      [zone, cluster, start, end],
    );
    return (rows as PoolRow[]).map(toPoolDay);
  }

  /** How GPUs were offered since an instant, by pool. */
  async gpus(
    cluster: string,
    since: string,
  ): Promise<Map<string, ObservedGpu[]>> {
    const { rows } = await this.#knex.raw(
      `SELECT DISTINCT g.node_pool, g.sharing, g.model, g.profile, g.board_share, g.replicas, g.memory_bytes
       FROM cost_gpu_devices g JOIN cost_clusters k ON k.id = g.cluster_id
       WHERE k.name = ? AND g.seen_at >= ? AND g.node_pool IS NOT NULL
       ORDER BY g.node_pool, g.board_share, g.profile, g.model`,
      [cluster, since],
    );
    const pools = new Map<string, ObservedGpu[]>();
    for (const row of rows as GpuRow[]) {
      pools.set(row.node_pool, [
        ...(pools.get(row.node_pool) ?? []),
        {
          sharing: row.sharing,
          boardShare: row.board_share,
          ...(row.model !== null && { model: row.model }),
          ...(row.profile !== '' && { profile: row.profile }),
          ...(row.replicas !== null && { replicas: row.replicas }),
          ...(row.memory_bytes !== null && { memoryBytes: row.memory_bytes }),
        },
      ]);
    }
    return pools;
  }

  /** Volumes and idle of a day, `YYYY-MM-DD`. */
  async day(cluster: string, day: string): Promise<ClusterDay> {
    const idle = (resource: string) =>
      `coalesce(sum(d.${resource}_micros) FILTER (WHERE c.bucket = 'idle'), 0)::text AS ${resource}_idle,
       coalesce(sum(d.${resource}_micros) FILTER (WHERE c.bucket <> 'idle'), 0)::text AS ${resource}_charged`;
    const { rows } = await this.#knex.raw(
      `SELECT ${['cpu', 'memory', 'gpu'].map(idle).join(', ')},
         coalesce(sum(d.storage_micros), 0)::text AS storage_micros, coalesce(sum(d.storage_byte_hours), 0)::text AS storage_bytes
       FROM cost_days d JOIN cost_clusters k ON k.id = d.cluster_id JOIN cost_containers c ON c.id = d.container_id
       WHERE k.name = ? AND d.day = ?::date`,
      [cluster, day],
    );
    const [row] = rows as Array<Record<string, string>>;
    const idleOf = (resource: string): ObservedIdle => ({
      idleMicros: BigInt(row[`${resource}_idle`]),
      chargedMicros: BigInt(row[`${resource}_charged`]),
    });
    return {
      storage: {
        micros: BigInt(row.storage_micros),
        quantity: { numerator: BigInt(row.storage_bytes), denominator: GIB },
      },
      idle: {
        cpu: idleOf('cpu'),
        memory: idleOf('memory'),
        gpu: idleOf('gpu'),
      },
    };
  }
}

interface PoolRow {
  node_pool: string;
  instance_type: string;
  capacity_type: CapacityType;
  day: string;
  region: string;
  platform: string | null;
  kinds: Array<PriceOrigin['kind']>;
  nodes: string;
  cpu: string;
  memory: string;
  gpu: string;
  cpu_micros: string;
  memory_micros: string;
  gpu_micros: string;
  complete: number;
}

interface GpuRow {
  node_pool: string;
  sharing: GpuSharing;
  model: string | null;
  profile: string;
  board_share: number;
  replicas: number | null;
  memory_bytes: number | null;
}

function toPoolDay(row: PoolRow): PoolDay {
  const observed = (micros: string, quantity: string, per: bigint) => ({
    micros: BigInt(micros),
    quantity: { numerator: BigInt(quantity), denominator: per },
  });
  return {
    nodePool: row.node_pool,
    instanceType: row.instance_type,
    capacityType: row.capacity_type,
    day: row.day,
    region: row.region,
    nodeHours: toNumber(row.nodes) / MICRO,
    cpu: observed(row.cpu_micros, row.cpu, BigInt(MICRO)),
    memory: observed(row.memory_micros, row.memory, GIB),
    gpu: observed(row.gpu_micros, row.gpu, BigInt(MICRO)),
    priceKind: PRICE_KINDS.find(kind => row.kinds.includes(kind)) ?? 'default',
    ...(row.platform !== null && { podPlatform: row.platform }),
    hoursComplete: row.complete,
  };
}
