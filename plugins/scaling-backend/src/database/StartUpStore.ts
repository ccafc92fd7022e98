import { slices } from '@headroom/node';
import { StartUp } from '@headroom/plugin-scaling-node';
import { Knex } from 'knex';
import { workloadKey } from './LinkStore';

/** Starts of a workload that are kept, and how long one says something of the next. */
export const MOST_STARTS = 20;
const KEPT_DAYS = 30;

/** How long pods of a workload take to be ready. */
export interface MeasuredStartUp {
  /** Nine of ten took no longer. */
  seconds: number;
  /** Of how many it was measured. */
  starts: number;
}

/** By `workloadKey`. */
export type StartUps = ReadonlyMap<string, MeasuredStartUp>;

/** How long pods took to be ready, as they were seen. */
export class StartUpStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): StartUpStore {
    return new StartUpStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds what isn't known yet: the first time a pod is seen to be ready counts. */
  async add(cluster: string, startUps: readonly StartUp[]): Promise<void> {
    const rows = startUps.map(({ workload, podUid, seconds, readyAt }) => ({
      cluster,
      pod_uid: podUid,
      ...workload,
      seconds,
      ready_at: readyAt,
    }));
    for await (const slice of slices(rows)) {
      await this.#knex.raw(
        `INSERT INTO scaling_start_ups (cluster, pod_uid, namespace, kind, name, seconds, ready_at)
         SELECT * FROM jsonb_to_recordset(?::jsonb) AS n (cluster text, pod_uid text, namespace text,
           kind text, name text, seconds double precision, ready_at timestamptz)
         ON CONFLICT DO NOTHING`,
        [JSON.stringify(slice)],
      );
    }
  }

  /** Takes away what says nothing any more. */
  async prune(now: Date): Promise<void> {
    await this.#knex.raw(
      `DELETE FROM scaling_start_ups s USING (
         SELECT cluster, pod_uid, row_number() OVER (
           PARTITION BY cluster, namespace, kind, name ORDER BY ready_at DESC, pod_uid) AS place
         FROM scaling_start_ups) o
       WHERE s.cluster = o.cluster AND s.pod_uid = o.pod_uid
         AND (o.place > ? OR s.ready_at < ?::timestamptz - ? * interval '1 day')`,
      [MOST_STARTS, now.toISOString(), KEPT_DAYS],
    );
  }

  /** How long pods of each workload take, of those of which any was seen to start. */
  async read(): Promise<StartUps> {
    const { rows } = await this.#knex.raw<{
      rows: Array<{
        cluster: string;
        namespace: string;
        kind: string;
        name: string;
        seconds: number;
        starts: number;
      }>;
    }>(
      `SELECT cluster, namespace, kind, name, count(*)::int AS starts,
         percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS seconds
       FROM scaling_start_ups GROUP BY cluster, namespace, kind, name`,
    );
    return new Map(
      rows.map(({ seconds, starts, ...of }) => [
        workloadKey(of),
        { seconds, starts },
      ]),
    );
  }
}
