import { integerArray, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { BILL_ITEM_COLUMNS, createBillStage } from './billStage';

/** Charges of a delivery that are of one billing account and period. */
export interface BillMonth {
  name: string;
  account: string;
  /** First day of the billing period. */
  period: string;
  charges: number;
}

/** A delivery that was read and doesn't count yet. */
export interface WaitingDelivery {
  name: string;
  version: string;
  readAt: Date;
}

const AMOUNTS = 'billed, effective, list, contracted, charges';
const SUMS =
  'sum(billed), sum(effective), sum(list), sum(contracted), sum(charges)';

/** Whether what is staged is of an account and period that some deliveries have charges of. */
export async function isStagedOf(
  tx: Knex,
  source: string,
  names: readonly string[],
): Promise<boolean> {
  if (names.length === 0) {
    return false;
  }
  const { rows } = await tx.raw(
    `SELECT EXISTS (
       SELECT 1 FROM (SELECT DISTINCT period, billing_account FROM bill_stage_items) s
       JOIN cost_bill_items i ON (i.period, i.billing_account) = (s.period, s.billing_account)
       JOIN cost_bill_days d ON d.item_id = i.id JOIN cost_bill_deliveries v ON v.id = d.delivery_id
       WHERE v.source = ? AND v.name = ANY (?::text[])
     ) AS found`,
    [source, textArray([...names])],
  );
  return rows[0].found;
}

/** What is staged waits, instead of what waited under its name. */
export async function keepStaged(
  tx: Knex,
  source: string,
  { name, version, readAt }: WaitingDelivery,
): Promise<void> {
  await dropWaiting(tx, source, [name]);
  const {
    rows: [{ id }],
  } = await tx.raw(
    'INSERT INTO cost_bill_waiting (source, name, version, read_at) VALUES (?, ?, ?, ?) RETURNING id',
    [source, name, version, readAt],
  );
  await tx.raw(
    `INSERT INTO cost_bill_waiting_items (waiting_id, key, ${BILL_ITEM_COLUMNS})
     SELECT DISTINCT ON (key) ?::integer, key, ${BILL_ITEM_COLUMNS} FROM bill_stage_items`,
    [id],
  );
  await tx.raw(
    `INSERT INTO cost_bill_waiting_days (waiting_id, key, day, ${AMOUNTS})
     SELECT ?::integer, key, day, ${SUMS} FROM bill_stage_days GROUP BY key, day`,
    [id],
  );
}

/** Stages what waits under a name. @throws Error when nothing does, as after a crash of the database. */
export async function stageWaiting(
  tx: Knex,
  source: string,
  name: string,
): Promise<WaitingDelivery> {
  const row = await tx('cost_bill_waiting').where({ source, name }).first();
  if (!row) {
    throw new Error(`What was read of ${name} is gone, and is read again`);
  }
  await createBillStage(tx);
  await tx.raw(
    `INSERT INTO bill_stage_items (key, ${BILL_ITEM_COLUMNS})
     SELECT key, ${BILL_ITEM_COLUMNS} FROM cost_bill_waiting_items WHERE waiting_id = ?`,
    [row.id],
  );
  await tx.raw(
    `INSERT INTO bill_stage_days (key, day, ${AMOUNTS})
     SELECT key, day, ${AMOUNTS} FROM cost_bill_waiting_days WHERE waiting_id = ?`,
    [row.id],
  );
  return { name, version: row.version, readAt: row.read_at };
}

export async function dropWaiting(
  tx: Knex,
  source: string,
  names: readonly string[],
): Promise<void> {
  const { rows } = await tx.raw(
    'DELETE FROM cost_bill_waiting WHERE source = ? AND name = ANY (?::text[]) RETURNING id',
    [source, textArray([...names])],
  );
  if (rows.length > 0) {
    const ids = integerArray(rows.map(({ id }: { id: number }) => id));
    for (const table of ['cost_bill_waiting_items', 'cost_bill_waiting_days']) {
      await tx.raw('DELETE FROM ?? WHERE waiting_id = ANY (?::integer[])', [
        table,
        ids,
      ]);
    }
  }
}

/** Of what counts of some deliveries. */
export async function monthsOf(
  knex: Knex,
  source: string,
  names: readonly string[],
): Promise<BillMonth[]> {
  const { rows } = await knex.raw(
    `SELECT v.name, i.billing_account AS account, i.period::text, sum(d.charges)::float8 AS charges
     FROM cost_bill_deliveries v JOIN cost_bill_days d ON d.delivery_id = v.id JOIN cost_bill_items i ON i.id = d.item_id
     WHERE v.source = ? AND v.name = ANY (?::text[]) GROUP BY 1, 2, 3`,
    [source, textArray([...names])],
  );
  return rows;
}

/** Of what waits of some deliveries. */
export async function monthsWaiting(
  knex: Knex,
  source: string,
  names: readonly string[],
): Promise<BillMonth[]> {
  const { rows } = await knex.raw(
    `SELECT w.name, i.billing_account AS account, i.period::text, sum(d.charges)::float8 AS charges
     FROM cost_bill_waiting w JOIN cost_bill_waiting_items i ON i.waiting_id = w.id
     JOIN cost_bill_waiting_days d ON (d.waiting_id, d.key) = (i.waiting_id, i.key)
     WHERE w.source = ? AND w.name = ANY (?::text[]) GROUP BY 1, 2, 3`,
    [source, textArray([...names])],
  );
  return rows;
}
