import { NamespaceLimit, Steering, WorkloadFacts } from '@headroom/common';
import { RequestRule } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { copyOut, integerArray, toNumber } from '@headroom/node';
import { MICRO } from './measures';

const GIB = 2 ** 30;

/** A container as the database knows it, with what may steer it. */
export interface StoredSubject {
  id: number;
  clusterId: number;
  cluster: string;
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  labels: Record<string, string>;
  labelsSanitized: boolean;
  /** Of the pod template, from the Kubernetes API. */
  kubernetesLabels?: Record<string, string>;
  /** Of the linked entity. */
  lifecycle?: string;
  appetite?: string;
  facts?: WorkloadFacts;
  steering: Steering[];
  /** Of its namespace. */
  limits: NamespaceLimit[];
  /** Paid over charged in the window, micros; undefined = nothing was charged. */
  cpuCoreHour?: number;
  memoryGibHour?: number;
  /** What the CPU request that is shown now follows from. */
  previous?: RequestRule;
}

/** Days of digests there are. */
export interface DigestSpan {
  days: number;
  newest: string;
}

/** What advice is computed from. */
export class AdviceInputStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new AdviceInputStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Which days before `end` have digests, from `start` on; undefined = none. */
  async digestSpan(
    start: string,
    end: string,
  ): Promise<DigestSpan | undefined> {
    const { rows } = await this.#knex.raw(
      `SELECT count(*)::integer AS days, max(day)::text AS newest
       FROM (SELECT DISTINCT day FROM cost_digests WHERE day >= ?::date AND day < ?::date) d`,
      [start, end],
    );
    return rows[0].newest === null ? undefined : rows[0];
  }

  /**
   * Containers with digests from `start` up to `end`, those of a workload
   * together: those that still are in their cluster's inventory, or ran on
   * `seenFrom` or later.
   */
  async workloads(
    start: string,
    end: string,
    seenFrom: string,
  ): Promise<number[][]> {
    // All ids come as one text, because ten thousand rows would hold up the event loop.
    const { rows } = await this.#knex.raw(
      `SELECT string_agg(w.ids, ';' ORDER BY w.first) AS workloads FROM (
         SELECT string_agg(d.id::text, ',' ORDER BY d.id) AS ids, min(d.id) AS first FROM (
           SELECT container_id AS id, max(day) AS seen FROM cost_digests
           WHERE day >= ?::date AND day < ?::date GROUP BY container_id
         ) d JOIN cost_containers c ON c.id = d.id
         WHERE c.bucket = 'workload' AND c.container <> '' AND (d.seen >= ?::date OR EXISTS (
           SELECT 1 FROM cost_workload_facts f
           WHERE (f.cluster_id, f.namespace, f.kind, f.name) = (c.cluster_id, c.namespace, c.workload_kind, c.workload)))
         GROUP BY c.cluster_id, c.namespace, c.workload_kind, c.workload
       ) w`,
      [start, end, seenFrom],
    );
    const text: string = rows[0].workloads ?? '';
    return text === ''
      ? []
      : text.split(';').map(ids => ids.split(',').map(Number));
  }

  /** What is known of containers, with their prices from `start` up to `end`; in the order of their ids. */
  async subjects(
    ids: readonly number[],
    start: string,
    end: string,
  ): Promise<StoredSubject[]> {
    const { rows } = await this.#knex.raw(
      `SELECT c.id, c.cluster_id, k.name AS cluster, c.namespace, c.workload_kind, c.workload, c.container,
         c.labels, c.labels_sanitized, w.labels AS kubernetes_labels, e.lifecycle, e.appetite, f.facts, s.steering, n.limits,
         p.cpu_micros, p.cpu_core_microhours, p.memory_micros, p.memory_byte_hours,
         a.rule_days, a.rule_quantile, a.rule_margin
       FROM cost_containers c JOIN cost_clusters k ON k.id = c.cluster_id
       LEFT JOIN cost_advice a ON a.container_id = c.id
       LEFT JOIN cost_links l ON l.container_id = c.id
       LEFT JOIN cost_entities e ON e.id = l.entity_id
       LEFT JOIN cost_workload_facts f
         ON (f.cluster_id, f.namespace, f.kind, f.name) = (c.cluster_id, c.namespace, c.workload_kind, c.workload)
       LEFT JOIN cost_workload_labels w
         ON (w.cluster_id, w.namespace, w.kind, w.name) = (c.cluster_id, c.namespace, c.workload_kind, c.workload)
       LEFT JOIN cost_namespace_limits n ON (n.cluster_id, n.namespace) = (c.cluster_id, c.namespace)
       LEFT JOIN LATERAL (
         SELECT jsonb_agg(steering ORDER BY steering ->> 'kind', steering ->> 'name') AS steering FROM cost_steering t
         WHERE (t.cluster_id, t.namespace, t.kind, t.name) = (c.cluster_id, c.namespace, c.workload_kind, c.workload)
       ) s ON true
       LEFT JOIN (
         SELECT container_id, sum(cpu_micros) AS cpu_micros, sum(cpu_core_microhours) AS cpu_core_microhours,
           sum(memory_micros) AS memory_micros, sum(memory_byte_hours) AS memory_byte_hours
         FROM cost_days
         WHERE container_id = ANY (?::integer[]) AND day >= ?::date AND day < ?::date GROUP BY container_id
       ) p ON p.container_id = c.id
       WHERE c.id = ANY (?::integer[]) ORDER BY c.id`,
      [integerArray([...ids]), start, end, integerArray([...ids])],
    );
    return rows.map(toSubject);
  }

  /**
   * Rows of (container id, digests) in PostgreSQL's binary copy format, by
   * container. Digests are by day, each after its length as four bytes: one row for
   * each container costs the event loop a tenth of one row for each day.
   */
  async digests(
    ids: readonly number[],
    start: string,
    end: string,
  ): Promise<Uint8Array> {
    // COPY takes no bindings; these are whole numbers and days.
    return copyOut(
      this.#knex,
      `COPY (
         SELECT container_id, string_agg(int4send(length(data)) || data, ''::bytea ORDER BY day) FROM cost_digests
         WHERE container_id = ANY ('${integerArray(ids.map(Math.trunc))}')
           AND day >= '${asDay(start)}' AND day < '${asDay(end)}'
         GROUP BY container_id ORDER BY container_id
       ) TO STDOUT (FORMAT binary)`,
    );
  }
}

function asDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    throw new RangeError(`"${day}" is not a calendar day (YYYY-MM-DD)`);
  }
  return day;
}

function toSubject(row: {
  id: number;
  cluster_id: number;
  cluster: string;
  namespace: string;
  workload_kind: string;
  workload: string;
  container: string;
  labels: Record<string, string>;
  labels_sanitized: boolean;
  kubernetes_labels: Record<string, string> | null;
  lifecycle: string | null;
  appetite: string | null;
  facts: WorkloadFacts | null;
  steering: Steering[] | null;
  limits: NamespaceLimit[] | null;
  cpu_micros: string | null;
  cpu_core_microhours: string | null;
  memory_micros: string | null;
  memory_byte_hours: string | null;
  rule_days: number | null;
  rule_quantile: number | null;
  rule_margin: number | null;
}): StoredSubject {
  const { rule_days: days, rule_quantile: quantile, rule_margin: margin } = row;
  return {
    id: row.id,
    clusterId: row.cluster_id,
    cluster: row.cluster,
    namespace: row.namespace,
    workloadKind: row.workload_kind,
    workload: row.workload,
    container: row.container,
    labels: row.labels,
    labelsSanitized: row.labels_sanitized,
    kubernetesLabels: row.kubernetes_labels ?? undefined,
    lifecycle: row.lifecycle ?? undefined,
    appetite: row.appetite ?? undefined,
    facts: row.facts ?? undefined,
    steering: row.steering ?? [],
    limits: row.limits ?? [],
    cpuCoreHour: unitPrice(row.cpu_micros, row.cpu_core_microhours, MICRO),
    memoryGibHour: unitPrice(row.memory_micros, row.memory_byte_hours, GIB),
    ...(days !== null &&
      quantile !== null &&
      margin !== null && { previous: { days, quantile, margin } }),
  };
}

/** Micros for each unit; undefined when no unit was charged. */
function unitPrice(
  micros: string | null,
  quantity: string | null,
  unit: number,
): number | undefined {
  const units = toNumber(quantity) / unit;
  return units > 0 ? toNumber(micros) / units : undefined;
}
