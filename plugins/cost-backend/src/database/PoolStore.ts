import { EKS_FARGATE, largestPodOf } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { MICRO } from './measures';
import { toNumber } from '@headroom/node';

/** Nodes of a pool, on average over a day. */
export interface PoolCapacity {
  clusterId: number;
  cluster: string;
  nodePool: string;
  /** Need not be whole: a node that came at noon is half a node. */
  nodes: number;
  /** Cores, memory and GPUs are of all its nodes together. */
  cpuCores: number;
  memoryBytes: number;
  gpus: number;
  /** Mean price of a node, decimal, in the stored currency. */
  hourlyPrice: string;
}

/** The largest node a pool had. */
export interface PoolNode {
  clusterId: number;
  nodePool: string;
  cpuCores: number;
  memoryBytes: number;
}

/** Node pools as they were. */
export class PoolStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new PoolStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Pools from `start` up to `end`, ISO 8601, over the hours of it that are known.
   * Without those of Fargate: each pod has a machine of its own there, so what one
   * gives back is no other's room.
   */
  async capacities(start: string, end: string): Promise<PoolCapacity[]> {
    const { rows } = await this.#knex.raw(
      `WITH hours AS (
         SELECT cluster_id, count(DISTINCT hour) AS hours FROM cost_node_hours
         WHERE hour >= ? AND hour < ? GROUP BY cluster_id
       )
       SELECT n.cluster_id, k.name AS cluster, n.node_pool, h.hours,
         sum(n.node_microhours) AS nodes, sum(n.cpu_core_microhours) AS cpu,
         sum(n.memory_byte_hours) AS memory, sum(n.gpu_device_microhours) AS gpus,
         round(sum(n.hourly_price * n.node_microhours) / sum(n.node_microhours), 8)::text AS price
       FROM cost_node_hours n JOIN hours h USING (cluster_id) JOIN cost_clusters k ON k.id = n.cluster_id
       WHERE n.hour >= ? AND n.hour < ? AND n.origin ->> 'podPlatform' IS DISTINCT FROM ?
       GROUP BY n.cluster_id, k.name, n.node_pool, h.hours
       HAVING sum(n.node_microhours) > 0 ORDER BY k.name, n.node_pool`,
      [start, end, start, end, EKS_FARGATE],
    );
    return rows.map(toCapacity);
  }

  /**
   * The most cores and memory one node of each pool had from `start` up to `end`,
   * ISO 8601. Where pods are billed it is the largest pod of their platform; a pool
   * of a platform for which that isn't known is left out.
   */
  async largestNodes(start: string, end: string): Promise<PoolNode[]> {
    // A row is of the nodes of one type: they are alike.
    const { rows } = await this.#knex.raw(
      `SELECT cluster_id, node_pool, max(origin ->> 'podPlatform') AS platform,
         max(cpu_core_microhours::double precision / node_microhours) AS cores,
         max(memory_byte_hours::double precision * ? / node_microhours) AS bytes
       FROM cost_node_hours
       WHERE hour >= ? AND hour < ? AND node_microhours > 0
       GROUP BY cluster_id, node_pool ORDER BY cluster_id, node_pool`,
      [MICRO, start, end],
    );
    return rows.flatMap(toPoolNode);
  }
}

/** Averages of an hour have a rounding in their last digits. */
function toPoolNode(row: {
  cluster_id: number;
  node_pool: string;
  platform: string | null;
  cores: number;
  bytes: number;
}): PoolNode[] {
  const of = { clusterId: row.cluster_id, nodePool: row.node_pool };
  if (row.platform !== null) {
    const largest = largestPodOf(row.platform);
    return largest ? [{ ...of, ...largest }] : [];
  }
  return [
    {
      ...of,
      cpuCores: Math.round(row.cores * 1000) / 1000,
      memoryBytes: Math.round(row.bytes),
    },
  ];
}

function toCapacity(row: {
  cluster_id: number;
  cluster: string;
  node_pool: string;
  hours: string;
  nodes: string;
  cpu: string;
  memory: string;
  gpus: string;
  price: string;
}): PoolCapacity {
  const hours = toNumber(row.hours);
  return {
    clusterId: row.cluster_id,
    cluster: row.cluster,
    nodePool: row.node_pool,
    nodes: toNumber(row.nodes) / MICRO / hours,
    cpuCores: toNumber(row.cpu) / MICRO / hours,
    memoryBytes: toNumber(row.memory) / hours,
    gpus: toNumber(row.gpus) / MICRO / hours,
    hourlyPrice: row.price,
  };
}
