import { WorkloadIdentity } from '@headroom/common';
import { HourRow } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { slices, textArray } from '@headroom/node';

type Named = Pick<
  HourRow,
  'bucket' | 'namespace' | 'workloadKind' | 'workload' | 'container'
>;

/** What tells one container of a cluster from another. */
export function containerKey(row: Named): string {
  return [
    row.bucket,
    row.namespace,
    row.workloadKind,
    row.workload,
    row.container,
  ].join('\0');
}

/** Ids by {@link containerKey}. */
export type ContainerIds = Map<string, number>;

/** @throws Error when the container was not identified. */
export function idOf(row: Named, ids: ContainerIds): number {
  const id = ids.get(containerKey(row));
  if (id === undefined) {
    throw new Error(
      `Container ${row.namespace}/${row.workload}/${row.container} was not identified before it was stored`,
    );
  }
  return id;
}

/** The containers (and idle node pools) that ever cost something. */
export class ContainerStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new ContainerStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Adds to `ids` what it lacks of the rows of an hour; creates containers that
   * were never seen. Idempotent, and safe outside the hour's transaction: a
   * container without cost changes nothing.
   */
  async identify(
    clusterId: number,
    rows: readonly Named[],
    ids: ContainerIds,
  ): Promise<void> {
    const unknown = new Map<string, Named>();
    for (const row of rows) {
      const key = containerKey(row);
      if (!ids.has(key)) {
        unknown.set(key, row);
      }
    }
    for await (const slice of slices([...unknown.values()])) {
      const columns = [
        textArray(slice.map(row => row.bucket)),
        textArray(slice.map(row => row.namespace)),
        textArray(slice.map(row => row.workloadKind)),
        textArray(slice.map(row => row.workload)),
        textArray(slice.map(row => row.container)),
      ];
      await this.#knex.raw(
        `INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container, link_stale)
         SELECT ?::integer, k.bucket, k.namespace, k.workload_kind, k.workload, k.container, k.bucket = 'workload'
         FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
           AS k (bucket, namespace, workload_kind, workload, container)
         WHERE NOT EXISTS (
           SELECT 1 FROM cost_containers c
           WHERE c.cluster_id = ? AND (c.bucket, c.namespace, c.workload_kind, c.workload, c.container)
             = (k.bucket, k.namespace, k.workload_kind, k.workload, k.container))
         ON CONFLICT DO NOTHING`,
        [clusterId, ...columns, clusterId],
      );
      const { rows: found } = await this.#knex.raw(
        `SELECT c.id, c.bucket, c.namespace, c.workload_kind AS "workloadKind", c.workload, c.container
         FROM cost_containers c
         JOIN unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
           AS k (bucket, namespace, workload_kind, workload, container)
           USING (bucket, namespace, workload_kind, workload, container)
         WHERE c.cluster_id = ?`,
        [...columns, clusterId],
      );
      for (const row of found as Array<Named & { id: number }>) {
        ids.set(containerKey(row), row.id);
      }
    }
  }

  /**
   * Remembers the labels of an hour's workloads unless newer ones are known, and
   * marks containers whose labels changed for linking. None at all are not known:
   * a source may miss them for an hour, and a controller's pods have some.
   */
  async label(
    clusterId: number,
    hour: Date,
    workloads: readonly WorkloadIdentity[],
    known: Map<string, string>,
  ): Promise<void> {
    for await (const slice of slices(workloads)) {
      const changed = slice
        .filter(({ labels }) => Object.keys(labels).length > 0)
        .map(workload => ({
          workload,
          key: containerKey({ ...workload, bucket: 'workload' }),
          labels: sortedJson(workload.labels),
        }))
        .filter(({ key, labels }) => known.get(key) !== labels);
      if (changed.length === 0) {
        continue;
      }
      await this.#knex.raw(
        `UPDATE cost_containers c
         SET labels = k.labels::jsonb, labels_sanitized = k.sanitized, labels_at = ?::timestamptz, link_stale = true
         FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
           AS k (namespace, workload_kind, workload, container, labels, sanitized)
         WHERE c.cluster_id = ? AND c.bucket = 'workload'
           AND (c.namespace, c.workload_kind, c.workload, c.container)
             = (k.namespace, k.workload_kind, k.workload, k.container)
           AND (c.labels_at IS NULL OR c.labels_at <= ?::timestamptz)
           AND (c.labels_at IS NULL OR c.labels <> k.labels::jsonb OR c.labels_sanitized <> k.sanitized)`,
        [
          hour,
          textArray(changed.map(({ workload }) => workload.namespace)),
          textArray(changed.map(({ workload }) => workload.workloadKind)),
          textArray(changed.map(({ workload }) => workload.workload)),
          textArray(changed.map(({ workload }) => workload.container)),
          textArray(changed.map(({ labels }) => labels)),
          `{${changed
            .map(({ workload }) => Boolean(workload.labelsSanitized))
            .join(',')}}`,
          clusterId,
          hour,
        ],
      );
      changed.forEach(({ key, labels }) => known.set(key, labels));
    }
  }
}

function sortedJson(labels: Record<string, string>): string {
  return JSON.stringify(labels, Object.keys(labels).sort());
}
