import { integerArray, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { forgetDecided } from './billOwnership';
import { noteRestatements, rememberClosedMonths } from './billRestatements';
import { BILL_ITEM_COLUMNS, dropBillStage } from './billStage';
import { dropWaiting } from './billWaiting';

// What deliveries hold, as it changes within a transaction of the store.

export const NO_FAILURE = {
  failed_version: null,
  problem: null,
  failed_at: null,
};

/** What is staged becomes what a delivery holds. @returns how many charges it is. */
export async function putStaged(
  tx: Knex,
  source: string,
  { name, version }: { name: string; version: string },
  at: Date,
): Promise<number> {
  await dropWaiting(tx, source, [name]);
  await forgetDecided(tx);
  await rememberClosedMonths(tx, { source, name });
  const {
    rows: [{ id }],
  } = await tx.raw(
    `INSERT INTO cost_bill_deliveries (source, name, version, imported_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (source, name) DO UPDATE SET version = excluded.version, imported_at = excluded.imported_at,
         failed_version = NULL, problem = NULL, failed_at = NULL
       RETURNING id`,
    [source, name, version, at],
  );
  await rememberItems(tx, [id]);
  await removeDays(tx, [id]);
  await tx.raw(
    `INSERT INTO cost_bill_items (key, ${BILL_ITEM_COLUMNS})
       SELECT DISTINCT ON (key) key, ${BILL_ITEM_COLUMNS} FROM bill_stage_items
       ON CONFLICT (key) DO UPDATE SET machine = excluded.machine`,
  );
  await tx.raw(
    `INSERT INTO cost_bill_days (item_id, day, delivery_id, billed, effective, list, contracted, charges)
       SELECT i.id, s.day, ?::integer, sum(s.billed), sum(s.effective), sum(s.list), sum(s.contracted), sum(s.charges)
       FROM bill_stage_days s JOIN cost_bill_items i ON i.key = s.key GROUP BY i.id, s.day`,
    [id],
  );
  await rememberItems(tx, [id]);
  await sumItems(tx);
  await noteRestatements(tx, { source, name }, at);
  await dropBillStage(tx);
  const { rows } = await tx.raw(
    `UPDATE cost_bill_deliveries v SET charges = s.charges, billing_accounts = s.accounts,
         first_usage_day = s.first_day, last_usage_day = s.last_day
       FROM (
         SELECT coalesce(sum(d.charges), 0) AS charges, coalesce(array_agg(DISTINCT i.billing_account), '{}') AS accounts,
           min(d.day) FILTER (WHERE i.category = 'Usage') AS first_day,
           max(d.day) FILTER (WHERE i.category = 'Usage') AS last_day
         FROM cost_bill_days d JOIN cost_bill_items i ON i.id = d.item_id WHERE d.delivery_id = ?
       ) s WHERE v.id = ? RETURNING v.charges`,
    [id, id],
  );
  return Number(rows[0].charges);
}

/** What was asked for is there, or was there before; what holds nothing is no delivery. */
export async function forgiveIn(
  tx: Knex,
  source: string,
  names: readonly string[],
): Promise<void> {
  const deliveries = () =>
    tx('cost_bill_deliveries').where({ source }).whereIn('name', names);
  await deliveries().whereNull('version').delete();
  await deliveries().update(NO_FAILURE);
}

/** Removes deliveries with all they hold. */
export async function removeDeliveries(
  tx: Knex,
  source: string,
  names: readonly string[],
): Promise<void> {
  await dropWaiting(tx, source, names);
  const { rows } = await tx.raw(
    'DELETE FROM cost_bill_deliveries WHERE source = ? AND name = ANY (?::text[]) RETURNING id',
    [source, textArray([...names])],
  );
  const ids = rows.map(({ id }: { id: number }) => id);
  await rememberItems(tx, ids);
  await removeDays(tx, ids);
  await sumItems(tx);
}

async function removeDays(tx: Knex, deliveries: number[]): Promise<void> {
  await tx('cost_bill_days').whereIn('delivery_id', deliveries).delete();
}

/** Notes whose sums change, for {@link sumItems} of the same transaction. */
async function rememberItems(tx: Knex, deliveries: number[]): Promise<void> {
  await tx.raw(
    'CREATE TEMPORARY TABLE IF NOT EXISTS bill_touched_items (item_id integer) ON COMMIT DROP',
  );
  await tx.raw(
    `INSERT INTO bill_touched_items
     SELECT DISTINCT item_id FROM cost_bill_days WHERE delivery_id = ANY (?::integer[])`,
    [integerArray(deliveries)],
  );
}

/** Items are the sums of their days; those without any are gone. */
async function sumItems(tx: Knex): Promise<void> {
  await tx.raw(
    `UPDATE cost_bill_items i SET billed = s.billed, effective = s.effective, list = s.list, charges = s.charges,
       first_day = s.first_day, last_day = s.last_day
     FROM (
       SELECT item_id, sum(billed) AS billed, sum(effective) AS effective, sum(list) AS list,
         sum(charges) AS charges, min(day) AS first_day, max(day) AS last_day
       FROM cost_bill_days WHERE item_id IN (SELECT item_id FROM bill_touched_items) GROUP BY item_id
     ) s WHERE i.id = s.item_id`,
  );
  await tx.raw(
    `DELETE FROM cost_bill_items i USING bill_touched_items t WHERE i.id = t.item_id
       AND NOT EXISTS (SELECT 1 FROM cost_bill_days d WHERE d.item_id = i.id)`,
  );
}
