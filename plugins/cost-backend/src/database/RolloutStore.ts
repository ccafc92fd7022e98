import { integerArray, slices, textArray } from '@headroom/node';
import { PodHourRow } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { replicaSetOf } from '../core/replicaSetOf';
import { WorkloadKey } from './AnomalyInputStore';
import { ContainerIds, idOf } from './ContainerStore';

/** A workload, and between when (`until` not included) a rollout is looked for. */
export interface RolloutSpan {
  workload: WorkloadKey;
  from: Date;
  until: Date;
}

/** A ReplicaSet of a workload that had another before. */
export interface StoredRollout {
  replicaSet: string;
  /** The first hour in which a pod of it ran. */
  hour: Date;
}

/** When workloads got another template of their pods. For the plugin's own work. */
export class RolloutStore {
  static create() {
    return new RolloutStore();
  }

  private constructor() {}

  /**
   * Notes which ReplicaSets ran in an hour; writes only those that are new, or that ran
   * earlier than is known.
   */
  async note(
    tx: Knex,
    hour: Date,
    pods: readonly PodHourRow[],
    ids: ContainerIds,
  ): Promise<void> {
    const ran = new Map<string, { id: number; replicaSet: string }>();
    for (const pod of pods) {
      const replicaSet =
        pod.bucket === 'workload' ? replicaSetOf(pod) : undefined;
      if (replicaSet !== undefined) {
        const id = idOf(pod, ids);
        ran.set(`${id} ${replicaSet}`, { id, replicaSet });
      }
    }
    for await (const slice of slices([...ran.values()])) {
      await tx.raw(
        `INSERT INTO cost_rollouts AS r (container_id, replica_set, first_hour)
         SELECT n.container_id, n.replica_set, h.hour
         FROM unnest(?::integer[], ?::text[]) AS n (container_id, replica_set), (SELECT ?::timestamptz AS hour) h
         WHERE NOT EXISTS (
           SELECT 1 FROM cost_rollouts k
           WHERE k.container_id = n.container_id AND k.replica_set = n.replica_set AND k.first_hour <= h.hour)
         ON CONFLICT (container_id, replica_set)
           DO UPDATE SET first_hour = least(r.first_hour, excluded.first_hour)`,
        [
          integerArray(slice.map(({ id }) => id)),
          textArray(slice.map(({ replicaSet }) => replicaSet)),
          hour,
        ],
      );
    }
  }

  /**
   * The last rollout of each span; undefined where there was none, and where the first
   * ReplicaSet that is known of the workload ran then: that may have run before as well.
   * One query for all.
   */
  async last(
    knex: Knex,
    spans: readonly RolloutSpan[],
  ): Promise<Array<StoredRollout | undefined>> {
    const { rows } = await knex.raw(
      `SELECT s.span, r.replica_set AS "replicaSet", r.first_hour AS hour
       FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
         AS s (span, cluster, namespace, kind, name, since, until)
       CROSS JOIN LATERAL (
         SELECT t.replica_set, min(t.first_hour) AS first_hour, min(min(t.first_hour)) OVER () AS oldest
         FROM cost_clusters k
         JOIN cost_containers c ON c.cluster_id = k.id AND c.bucket = 'workload' AND c.namespace = s.namespace
           AND c.workload_kind = s.kind AND c.workload = s.name
         JOIN cost_rollouts t ON t.container_id = c.id
         WHERE k.name = s.cluster GROUP BY t.replica_set
       ) r
       WHERE r.first_hour > r.oldest AND r.first_hour >= s.since AND r.first_hour < s.until
       ORDER BY r.first_hour, r.replica_set`,
      [
        integerArray(spans.map((_, i) => i)),
        textArray(spans.map(({ workload }) => workload.cluster)),
        textArray(spans.map(({ workload }) => workload.namespace)),
        textArray(spans.map(({ workload }) => workload.kind)),
        textArray(spans.map(({ workload }) => workload.name)),
        textArray(spans.map(({ from }) => from.toISOString())),
        textArray(spans.map(({ until }) => until.toISOString())),
      ],
    );
    const last: Array<StoredRollout | undefined> = spans.map(() => undefined);
    for (const { span, replicaSet, hour } of rows) {
      last[span] = { replicaSet, hour };
    }
    return last;
  }

  /** Forgets what was before an hour, but for the ReplicaSet that was the last one then. */
  async forgetBefore(knex: Knex, hour: Date): Promise<void> {
    await knex.raw(
      `DELETE FROM cost_rollouts r WHERE r.first_hour < ? AND EXISTS (
         SELECT 1 FROM cost_rollouts n
         WHERE n.container_id = r.container_id AND n.first_hour > r.first_hour AND n.first_hour < ?)`,
      [hour, hour],
    );
  }
}
