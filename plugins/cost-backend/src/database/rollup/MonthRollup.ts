import { Knex } from 'knex';
import { MOVED, OWN } from '../amounts';
import { IngestStore } from '../IngestStore';

/** A text that is another one whenever a day of a month was summed again; of rows of `cost_cluster_days`. */
export const ROLLED = "md5(string_agg(rolled::text, ',' ORDER BY day))";

/** @internal */
export interface MonthRollupOptions {
  knex: Knex;
  store: IngestStore;
}

/**
 * Sums the days of months that are over, a cluster and month at a time, when none of its
 * days waits to be summed itself. Each is replaced whole in one transaction, with what
 * tells of which days it is the sum.
 */
export class MonthRollup {
  readonly #options: MonthRollupOptions;

  static create(options: MonthRollupOptions) {
    return new MonthRollup(options);
  }

  private constructor(options: MonthRollupOptions) {
    this.#options = options;
  }

  /**
   * Sums what is new, or not the sum of its days any more.
   *
   * @param today - `YYYY-MM-DD` in the zone of the days
   * @param enough - one month is summed at least, and no other begun after it
   * @returns how many months of clusters were summed
   */
  async keep(today: string, enough: AbortSignal): Promise<number> {
    const { knex } = this.#options;
    const { rows } = await knex.raw(
      `SELECT d.cluster_id, d.month::text FROM (
         SELECT cluster_id, date_trunc('month', day)::date AS month, ${ROLLED} AS rolled
         FROM cost_cluster_days WHERE day < date_trunc('month', ?::date) GROUP BY 1, 2
       ) d LEFT JOIN cost_kept_months k USING (cluster_id, month)
       WHERE k.rolled IS DISTINCT FROM d.rolled AND NOT EXISTS (
         SELECT 1 FROM cost_dirty_days w
         WHERE w.cluster_id = d.cluster_id AND w.day >= d.month AND w.day < d.month + interval '1 month')
       ORDER BY d.month DESC, d.cluster_id`,
      [today],
    );
    let summed = 0;
    for (const { cluster_id, month } of rows) {
      await this.#sum(cluster_id, month);
      summed += 1;
      if (enough.aborted) {
        break;
      }
    }
    return summed;
  }

  async #sum(clusterId: number, month: string): Promise<void> {
    const { knex, store } = this.#options;
    await knex.transaction(async tx => {
      await store.lock(tx, clusterId);
      const where = { cluster_id: clusterId, month };
      await tx('cost_months').where(where).delete();
      await tx('cost_kept_months').where(where).delete();
      // Days are written under the same lock: all of this sees the same ones.
      await tx.raw(
        `INSERT INTO cost_months (cluster_id, month, container_id, own_micros, shared_micros)
         SELECT d.cluster_id, ?::date, d.container_id, sum(${OWN}), sum(${OWN} + ${MOVED})
         FROM cost_days d
         WHERE d.cluster_id = ? AND d.day >= ?::date AND d.day < ?::date + interval '1 month'
         GROUP BY d.cluster_id, d.container_id`,
        [month, clusterId, month, month],
      );
      await tx.raw(
        `INSERT INTO cost_kept_months (cluster_id, month, rolled)
         SELECT cluster_id, ?::date, ${ROLLED} FROM cost_cluster_days
         WHERE cluster_id = ? AND day >= ?::date AND day < ?::date + interval '1 month' GROUP BY cluster_id`,
        [month, clusterId, month, month],
      );
    });
  }
}
