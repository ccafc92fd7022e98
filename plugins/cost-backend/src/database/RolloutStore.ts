import { integerArray, slices, textArray } from '@headroom/node';
import { AnomalyCause, PodHourRow } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { replicaSetOf } from './replicaSetOf';
import { ContainerIds, idOf } from './ContainerStore';

/** A workload, and between when (`until` not included) a rollout is looked for. */
export interface RolloutSpan {
  workload: NonNullable<AnomalyCause['workload']>;
  from: Date;
  until: Date;
}

/** A ReplicaSet of a workload that had another before. */
export interface StoredRollout {
  replicaSet: string;
  /** The first hour in which a pod of it ran. */
  hour: Date;
}

/** Rollouts of one span that are told, the last ones. */
const MOST_TOLD = 5;
/** How far the last hour that is noted may be behind. */
const BEHIND = "interval '7 days'";

/** When workloads got another template of their pods. For the plugin's own work. */
export class RolloutStore {
  static create() {
    return new RolloutStore();
  }

  private constructor() {}

  /**
   * Notes which ReplicaSets ran in an hour; writes only those that are new, that ran
   * earlier than is known, or a week later.
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
        `INSERT INTO cost_rollouts AS r (container_id, replica_set, first_hour, last_hour)
         SELECT n.container_id, n.replica_set, h.hour, h.hour
         FROM unnest(?::integer[], ?::text[]) AS n (container_id, replica_set), (SELECT ?::timestamptz AS hour) h
         WHERE NOT EXISTS (
           SELECT 1 FROM cost_rollouts k
           WHERE k.container_id = n.container_id AND k.replica_set = n.replica_set
             AND k.first_hour <= h.hour AND k.last_hour > h.hour - ${BEHIND})
         ON CONFLICT (container_id, replica_set) DO UPDATE
           SET first_hour = least(r.first_hour, excluded.first_hour), last_hour = greatest(r.last_hour, excluded.last_hour)`,
        [
          integerArray(slice.map(({ id }) => id)),
          textArray(slice.map(({ replicaSet }) => replicaSet)),
          hour,
        ],
      );
    }
  }

  /**
   * The rollouts of each span, the last five of them, the first one first. None is the
   * first ReplicaSet that is known of a workload, nor one that runs in the first hour
   * after a gap: these may have run before as well. One query for all.
   */
  async of(
    knex: Knex,
    spans: readonly RolloutSpan[],
  ): Promise<StoredRollout[][]> {
    const { rows } = await knex.raw(
      `SELECT s.span, r.replica_set AS "replicaSet", r.first_hour AS hour
       FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
         AS s (span, cluster, namespace, kind, name, since, until)
       CROSS JOIN LATERAL (
         SELECT t.* FROM (
           SELECT c.cluster_id, t.replica_set, min(t.first_hour) AS first_hour, min(min(t.first_hour)) OVER () AS oldest
           FROM cost_clusters k
           JOIN cost_containers c ON c.cluster_id = k.id AND c.bucket = 'workload' AND c.namespace = s.namespace
             AND c.workload_kind = s.kind AND c.workload = s.name
           JOIN cost_rollouts t ON t.container_id = c.id
           WHERE k.name = s.cluster GROUP BY c.cluster_id, t.replica_set
         ) t
         WHERE t.first_hour > t.oldest AND t.first_hour >= s.since AND t.first_hour < s.until AND EXISTS (
           SELECT 1 FROM cost_pod_hours p WHERE p.cluster_id = t.cluster_id AND p.hour = t.first_hour - interval '1 hour')
         ORDER BY t.first_hour DESC LIMIT ${MOST_TOLD}
       ) r
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
    const found = spans.map((): StoredRollout[] => []);
    for (const { span, replicaSet, hour } of rows) {
      found[span].push({ replicaSet, hour });
    }
    return found;
  }

  /** Forgets what has not run since an hour. */
  async forgetBefore(knex: Knex, hour: Date): Promise<void> {
    await knex.raw(
      `DELETE FROM cost_rollouts WHERE last_hour < ?::timestamptz - ${BEHIND}`,
      [hour],
    );
  }
}
