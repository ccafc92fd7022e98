import { Fence } from '@headroom/node';
import { Knex } from 'knex';
import { ON_MACHINES } from './amounts';
import { BILLED_MACHINES } from './billedMachines';
import { IS_FIXED, OF_MACHINES } from './billItems';
import { DELIVERED, HAS_OLD_SPLITS } from './isBillSplit';

/** What all shares are made of; another one when any of it changed. */
export interface ShareSources {
  stamp: string;
  /** All deliveries, as a text. */
  deliveries: string | null;
  /** Some shares are of other deliveries. */
  isOld: boolean;
}

/** What a period's bill and the days of its machines are; another one when either changed. */
export interface StaleShares {
  /** First day of the billing period. */
  period: string;
  fingerprint: string;
}

/** Of kinds `k` what containers had of them, one kind after the other: joined with all days, all would be read. */
const ESTIMATED = `CROSS JOIN LATERAL (
      SELECT d.container_id, sum(${ON_MACHINES}) AS micros FROM cost_days d
      WHERE d.cluster_id = k.cluster_id AND d.region = k.region AND d.capacity_type = k.capacity_type
        AND d.day >= k.first_day AND d.day <= k.last_day GROUP BY 1) d`;

/**
 * Of a period `?` what each container pays of machines: of a machine as it had it in the
 * days that the machine is charged for; of machines of which that is not known, as those
 * of their cluster, region and capacity type were had together. And what it had of all
 * machines of its kind at estimated prices.
 */
const SHARES = `
  WITH ${BILLED_MACHINES}, charges AS MATERIALIZED (
    SELECT i.currency, b.machine_id, b.cluster_id, b.region, b.capacity_type, sum(i.billed) AS billed, sum(i.effective) AS effective
    FROM billed_machines b JOIN cost_bill_items i ON i.period = b.period AND i.machine = b.machine GROUP BY 1, 2, 3, 4, 5
  ), had AS MATERIALIZED (
    SELECT k.machine_id, d.container_id, sum(${ON_MACHINES})::numeric AS micros
    FROM known_machines k JOIN cost_machine_totals t ON t.machine_id = k.machine_id AND t.day >= k.first_day AND t.day <= k.last_day
    JOIN cost_machine_days d ON d.cluster_id = t.cluster_id AND d.day = t.day AND d.machine_id = t.machine_id
    GROUP BY 1, 2
  ), pooled_charges AS MATERIALIZED (
    SELECT c.currency, cluster_id, region, capacity_type, sum(c.billed) AS billed, sum(c.effective) AS effective
    FROM charges c WHERE NOT EXISTS (SELECT 1 FROM known_machines k WHERE k.machine_id = c.machine_id) GROUP BY 1, 2, 3, 4
  ), pooled AS MATERIALIZED (
    SELECT k.cluster_id, k.region, k.capacity_type, d.container_id, d.micros::numeric AS micros FROM pooled_kinds k ${ESTIMATED}
  ), whole AS MATERIALIZED (
    SELECT cluster_id, region, capacity_type, sum(micros) AS micros FROM pooled GROUP BY 1, 2, 3
  ), kinds AS MATERIALIZED (
    SELECT cluster_id, region, capacity_type, greatest(min(first_day), min(period)) AS first_day, max(last_day) AS last_day
    FROM billed_machines GROUP BY 1, 2, 3
  ), estimates AS MATERIALIZED (
    SELECT k.cluster_id, k.region, k.capacity_type, d.container_id, d.micros FROM kinds k ${ESTIMATED}
  ), parts AS (
    SELECT c.currency, c.cluster_id, c.region, c.capacity_type, h.container_id,
      c.billed * h.micros / k.micros AS billed, c.effective * h.micros / k.micros AS effective, 0 AS estimated
    FROM had h JOIN known_machines k USING (machine_id) JOIN charges c USING (machine_id)
    UNION ALL
    SELECT c.currency, cluster_id, region, capacity_type, p.container_id,
      c.billed * p.micros / w.micros, c.effective * p.micros / w.micros, 0
    FROM pooled_charges c JOIN whole w USING (cluster_id, region, capacity_type)
    JOIN pooled p USING (cluster_id, region, capacity_type) WHERE w.micros > 0
    UNION ALL
    SELECT c.currency, cluster_id, region, capacity_type, e.container_id, 0, 0, e.micros
    FROM (SELECT DISTINCT currency, cluster_id, region, capacity_type FROM charges) c
    JOIN estimates e USING (cluster_id, region, capacity_type)
  )`;

const AMOUNTS = 'sum(c.billed) / t.micros, sum(c.effective) / t.micros';

/**
 * Of a period `?` what a micro of the estimates of a machine costs on each day that it is
 * charged for; of machines of which it is not known who had them that day, what one of
 * those of their kind costs together.
 */
const DAYS = `
  WITH charges AS MATERIALIZED (
    SELECT i.period, m.id AS machine_id, m.cluster_id, m.region, m.capacity_type, d.day, i.currency, i.category,
      ${IS_FIXED} AS is_fixed, sum(d.billed) AS billed, sum(d.effective) AS effective
    FROM ${OF_MACHINES} JOIN cost_bill_days d ON d.item_id = i.id
    WHERE i.period = ?::date GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), totals AS MATERIALIZED (
    SELECT machine_id, day, sum(micros)::numeric AS micros FROM cost_machine_totals
    WHERE (machine_id, day) IN (SELECT machine_id, day FROM charges) GROUP BY 1, 2 HAVING sum(micros) > 0
  ), pooled AS MATERIALIZED (
    SELECT c.* FROM charges c LEFT JOIN totals t USING (machine_id, day) WHERE t.machine_id IS NULL
  ), whole AS MATERIALIZED (
    SELECT cluster_id, d.day, d.region, d.capacity_type, sum(${ON_MACHINES})::numeric AS micros
    FROM (SELECT DISTINCT cluster_id, day FROM pooled) p JOIN cost_days d USING (cluster_id, day)
    GROUP BY 1, 2, 3, 4 HAVING sum(${ON_MACHINES}) > 0
  ), of_kinds AS (
    INSERT INTO cost_bill_kind_days (period, cluster_id, day, region, capacity_type, currency, category, is_fixed, billed, effective)
    SELECT period, cluster_id, day, region, capacity_type, currency, category, is_fixed, ${AMOUNTS}
    FROM pooled c JOIN whole t USING (cluster_id, day, region, capacity_type) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, t.micros
  )
  INSERT INTO cost_bill_machine_days (period, machine_id, day, currency, category, is_fixed, billed, effective)
  SELECT period, machine_id, day, currency, category, is_fixed, ${AMOUNTS}
  FROM charges c JOIN totals t USING (machine_id, day) GROUP BY 1, 2, 3, 4, 5, 6, t.micros`;

/** Where what was found out of a period is kept. */
const FOUND = [
  'cost_bill_shares',
  'cost_bill_machine_days',
  'cost_bill_kind_days',
];

/** What containers pay of the machines of bills, as it was found out last. */
export class BillShareStore {
  readonly #knex: Knex;
  readonly #fence: Fence;

  static create(options: { knex: Knex; fence: Fence }) {
    return new BillShareStore(options);
  }

  private constructor({ knex, fence }: { knex: Knex; fence: Fence }) {
    this.#knex = knex;
    this.#fence = fence;
  }

  /** What is stored now, without looking at any bill. */
  async sources(): Promise<ShareSources> {
    const { rows } = await this.#knex.raw(
      `SELECT ${DELIVERED} AS deliveries, ${HAS_OLD_SPLITS} AS "isOld", concat_ws(' ', ${DELIVERED},
         (SELECT md5(string_agg(rolled::text, ',' ORDER BY cluster_id, day)) FROM cost_cluster_days),
         (SELECT md5(string_agg(hours, ',' ORDER BY cluster_id, day)) FROM cost_machine_sums)) AS stamp`,
    );
    return rows[0];
  }

  /** Periods whose shares are not of what is stored now, the newest first. */
  async stale(): Promise<StaleShares[]> {
    const { rows } = await this.#knex.raw(
      `WITH bills AS (
         SELECT i.period, min(i.first_day) AS first_day, max(i.last_day) AS last_day,
           md5(string_agg(concat_ws(' ', i.id, i.currency, i.category, i.frequency, i.correction,
             m.id, m.cluster_id, m.region, m.capacity_type, d.days), ',' ORDER BY i.id)) AS bill
         FROM ${OF_MACHINES} CROSS JOIN LATERAL (
           SELECT string_agg(concat_ws(' ', d.day, d.billed, d.effective), ',' ORDER BY d.day, d.delivery_id) AS days
           FROM cost_bill_days d WHERE d.item_id = i.id) d
         GROUP BY i.period
       ), now AS (
         SELECT b.period, concat_ws(' ', b.bill, d.rolled, s.hours) AS fingerprint
         FROM bills b CROSS JOIN LATERAL (
           SELECT md5(string_agg(rolled::text, ',' ORDER BY cluster_id, day)) AS rolled
           FROM cost_cluster_days WHERE day >= b.first_day AND day <= b.last_day) d
         CROSS JOIN LATERAL (
           SELECT md5(string_agg(hours, ',' ORDER BY cluster_id, day)) AS hours
           FROM cost_machine_sums WHERE day >= b.first_day AND day <= b.last_day) s
       )
       SELECT n.period::text, n.fingerprint FROM now n LEFT JOIN cost_bill_shared s USING (period)
       WHERE s.fingerprint IS DISTINCT FROM n.fingerprint ORDER BY n.period DESC`,
    );
    return rows;
  }

  /** Replaces the shares of a period by what they are now. */
  async replace({ period, fingerprint }: StaleShares): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      await forget(tx, period);
      await tx.raw(DAYS, [period]);
      await tx.raw(
        `${SHARES}
         INSERT INTO cost_bill_shares (period, currency, cluster_id, region, capacity_type, container_id, billed, effective, estimated_micros)
         SELECT ?::date, currency, cluster_id, region, capacity_type, container_id, sum(billed), sum(effective), sum(estimated)
         FROM parts GROUP BY 2, 3, 4, 5, 6`,
        [period, period],
      );
      await tx('cost_bill_shared')
        .insert({ period, fingerprint })
        .onConflict('period')
        .merge();
    });
  }

  /** All shares are of these deliveries. */
  async upToDate(deliveries: string | null): Promise<void> {
    await this.#fence.write(this.#knex, async tx => {
      await tx('cost_bill_shared')
        .whereRaw('deliveries IS DISTINCT FROM ?', [deliveries])
        .update({ deliveries });
    });
  }

  /** Forgets shares of periods that have no machines of clusters on a bill any more. */
  async forget(): Promise<void> {
    const { rows } = await this.#knex.raw(
      `SELECT period::text FROM cost_bill_shared s WHERE NOT EXISTS (
         SELECT 1 FROM ${OF_MACHINES} WHERE i.period = s.period)`,
    );
    for (const { period } of rows) {
      await this.#fence.write(this.#knex, async tx => {
        await forget(tx, period);
        await tx('cost_bill_shared').where({ period }).delete();
      });
    }
  }
}

async function forget(tx: Knex, period: string): Promise<void> {
  for (const table of FOUND) {
    await tx(table).where({ period }).delete();
  }
}
