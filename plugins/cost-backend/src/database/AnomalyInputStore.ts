import { integerArray, textArray, toBigint, toNumber } from '@headroom/node';
import {
  ChangedPart,
  ResourceAmount,
  RESOURCES,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { OWN } from './amounts';
import { costColumn } from './measures';
import { RolloutSpan, RolloutStore, StoredRollout } from './RolloutStore';

/** Quantities that go with the resources, in their order. */
const QUANTITIES = [
  'cpu_core_microhours',
  'memory_byte_hours',
  'gpu_device_microhours',
  'storage_byte_hours',
  'network_bytes',
];

/** What a service cost a day. */
export interface ServiceDays {
  entityRef: string;
  ownerRefs: string[];
  /** Micros, by day (`YYYY-MM-DD`); a day without a row has none. */
  days: Map<string, bigint>;
  /** Clusters its workloads are in. */
  clusters: number[];
}

/** Hours of a day that are in, by cluster and day. */
export type ClusterHours = Map<number, Map<string, number>>;

/** Which days of a service are to be explained: both ends inclusive. */
export interface ExplainedSpan {
  entityRef: string;
  /** First day of those before, and the day after the last. */
  from: string;
  until: string;
  firstDay: string;
  lastDay: string;
}

/** A workload, as people know it. */
export interface WorkloadKey {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
}

/** What anomalies are looked for in. For the plugin's own work: it asks of everything. */
export class AnomalyInputStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new AnomalyInputStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Every service that is in the catalog and cost anything, from a day up to, not including, another. */
  async services(from: string, to: string): Promise<ServiceDays[]> {
    const { rows } = await this.#knex.raw(
      `WITH days AS (
         SELECT l.entity_id, d.day, sum(${OWN})::bigint AS micros
         FROM cost_days d JOIN cost_links l ON l.container_id = d.container_id
         WHERE d.day >= ?::date AND d.day < ?::date GROUP BY l.entity_id, d.day
       ), lists AS (
         SELECT entity_id, array_agg(day::text ORDER BY day) AS days, array_agg(micros::text ORDER BY day) AS micros
         FROM days GROUP BY entity_id
       ), homes AS (
         SELECT l.entity_id, array_agg(DISTINCT c.cluster_id) AS clusters
         FROM cost_links l JOIN cost_containers c ON c.id = l.container_id GROUP BY l.entity_id
       )
       SELECT e.entity_ref AS "entityRef", e.owner_refs AS "ownerRefs", s.days, s.micros, h.clusters
       FROM lists s JOIN homes h USING (entity_id) JOIN cost_entities e ON e.id = s.entity_id
       WHERE e.vanished_at IS NULL AND e.kind <> 'group' ORDER BY e.entity_ref`,
      [from, to],
    );
    return rows.map(
      ({
        days,
        micros,
        ...row
      }: Omit<ServiceDays, 'days'> & { days: string[]; micros: string[] }) => ({
        ...row,
        days: new Map(days.map((day, i) => [day, BigInt(micros[i])])),
      }),
    );
  }

  async clusterHours(from: string, to: string): Promise<ClusterHours> {
    const { rows } = await this.#knex.raw(
      `SELECT cluster_id, array_agg(day::text) AS days, array_agg(hours_complete::integer) AS hours
       FROM cost_cluster_days WHERE day >= ?::date AND day < ?::date AND hours_complete > 0
       GROUP BY cluster_id`,
      [from, to],
    );
    return new Map(
      rows.map(
        (row: { cluster_id: number; days: string[]; hours: number[] }) => [
          row.cluster_id,
          new Map(row.days.map((day, i) => [day, row.hours[i]])),
        ],
      ),
    );
  }

  /** Groups that are in the catalog, with the groups right above each. */
  async groups(): Promise<Array<{ groupRef: string; parents: string[] }>> {
    const { rows } = await this.#knex.raw(
      `SELECT e.entity_ref AS "groupRef", coalesce(array_agg(g.parent_ref) FILTER (WHERE g.parent_ref IS NOT NULL), '{}') AS parents
       FROM cost_entities e LEFT JOIN cost_groups g ON g.group_ref = e.entity_ref
       WHERE e.kind = 'group' AND e.vanished_at IS NULL GROUP BY e.entity_ref ORDER BY e.entity_ref`,
    );
    return rows;
  }

  /** What the workloads of services cost and had before and in spans; one query for all. */
  async workloads(
    spans: readonly ExplainedSpan[],
  ): Promise<Array<Array<ChangedPart<WorkloadKey>>>> {
    const sums = RESOURCES.flatMap((resource, i) =>
      ['before', 'after'].flatMap(part => {
        const where = `FILTER (WHERE d.day ${
          part === 'before' ? '< s.until_day' : '>= s.first_day'
        })`;
        return [
          `coalesce(sum(d.${costColumn(
            resource,
          )}) ${where}, 0)::text AS ${part}_c${i}`,
          `coalesce(sum(d.${QUANTITIES[i]}) ${where}, 0)::text AS ${part}_q${i}`,
        ];
      }),
    );
    const { rows } = await this.#knex.raw(
      `SELECT s.span, k.name AS cluster, c.namespace, c.workload_kind AS kind, c.workload AS name, ${sums.join(
        ', ',
      )}
       FROM unnest(?::integer[], ?::text[], ?::date[], ?::date[], ?::date[], ?::date[]) AS s (span, entity_ref, from_day, until_day, first_day, last_day)
       JOIN cost_entities e ON e.entity_ref = s.entity_ref JOIN cost_links l ON l.entity_id = e.id
       JOIN cost_containers c ON c.id = l.container_id JOIN cost_clusters k ON k.id = c.cluster_id
       JOIN cost_days d ON d.container_id = c.id AND d.day >= s.from_day AND d.day <= s.last_day
       GROUP BY s.span, k.name, c.namespace, c.workload_kind, c.workload`,
      [
        integerArray(spans.map((_, i) => i)),
        textArray(spans.map(({ entityRef }) => entityRef)),
        textArray(spans.map(({ from }) => from)),
        textArray(spans.map(({ until }) => until)),
        textArray(spans.map(({ firstDay }) => firstDay)),
        textArray(spans.map(({ lastDay }) => lastDay)),
      ],
    );
    const parts: Array<Array<ChangedPart<WorkloadKey>>> = spans.map(() => []);
    for (const row of rows) {
      const { cluster, namespace, kind, name } = row;
      parts[row.span].push({
        key: { cluster, namespace, kind, name },
        before: amounts(row, 'before'),
        after: amounts(row, 'after'),
      });
    }
    return parts;
  }

  /** As {@link RolloutStore.of}. */
  async rollouts(spans: readonly RolloutSpan[]): Promise<StoredRollout[][]> {
    return RolloutStore.create().of(this.#knex, spans);
  }
}

function amounts(
  row: Record<string, string>,
  part: 'before' | 'after',
): ResourceAmount[] {
  return RESOURCES.map((_, i) => ({
    micros: toBigint(row[`${part}_c${i}`]),
    quantity: toNumber(row[`${part}_q${i}`]),
  }));
}
