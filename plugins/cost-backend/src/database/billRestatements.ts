import { textArray } from '@headroom/node';
import { BillRestatement, Decimal } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { storedDecimal } from './storedDecimal';

/** By how much a month became more or less when it was read again. */
export interface StoredRestatement
  extends Pick<BillRestatement, 'source' | 'at'> {
  currency: string;
  billed: Decimal;
  effective: Decimal;
}

/** Of a month, the newest. */
const MOST = 20;

/**
 * Notes what a delivery holds of months that were over when it was read last, for
 * {@link noteRestatements} of the same transaction: a month that still runs grows, and
 * that restates nothing.
 */
export async function rememberClosedMonths(
  tx: Knex,
  { source, name }: { source: string; name: string },
): Promise<void> {
  await tx.raw(
    `CREATE TEMPORARY TABLE bill_closed_months ON COMMIT DROP AS
     SELECT i.period, i.currency, sum(d.billed) AS billed, sum(d.effective) AS effective
     FROM cost_bill_deliveries v JOIN cost_bill_days d ON d.delivery_id = v.id JOIN cost_bill_items i ON i.id = d.item_id
     WHERE v.source = ? AND v.name = ? AND v.imported_at AT TIME ZONE 'UTC' >= i.period + interval '1 month'
     GROUP BY 1, 2`,
    [source, name],
  );
}

/** Writes down which of those months come to another amount by now, and by how much. */
export async function noteRestatements(
  tx: Knex,
  { source, name }: { source: string; name: string },
  at: Date,
): Promise<void> {
  await tx.raw(
    `INSERT INTO cost_bill_restatements (source, name, period, currency, at, billed, effective)
     SELECT ?, ?, b.period, b.currency, ?::timestamptz, coalesce(n.billed, 0) - b.billed, coalesce(n.effective, 0) - b.effective
     FROM bill_closed_months b LEFT JOIN (
       SELECT i.period, i.currency, sum(d.billed) AS billed, sum(d.effective) AS effective
       FROM cost_bill_deliveries v JOIN cost_bill_days d ON d.delivery_id = v.id JOIN cost_bill_items i ON i.id = d.item_id
       WHERE v.source = ? AND v.name = ? GROUP BY 1, 2
     ) n USING (period, currency)
     WHERE (coalesce(n.billed, 0), coalesce(n.effective, 0)) <> (b.billed, b.effective)`,
    [source, name, at, source, name],
  );
  await tx.raw('DROP TABLE bill_closed_months');
}

/** Forgets those of sources that are not configured any more. */
export async function keepRestatementsOf(
  tx: Knex,
  sources: readonly string[],
): Promise<void> {
  await tx.raw(
    'DELETE FROM cost_bill_restatements WHERE source <> ALL (?::text[])',
    [textArray([...sources])],
  );
}

/** Of a month, the newest first. */
export async function readRestatements(
  knex: Knex,
  period: string,
): Promise<StoredRestatement[]> {
  const { rows } = await knex.raw(
    `SELECT source, currency, at, billed::text, effective::text FROM cost_bill_restatements
     WHERE period = ?::date ORDER BY id DESC LIMIT ?`,
    [period, MOST],
  );
  return rows.map(
    (row: {
      source: string;
      currency: string;
      at: Date;
      billed: string;
      effective: string;
    }) => ({
      source: row.source,
      currency: row.currency,
      at: row.at.toISOString(),
      billed: storedDecimal(row.billed),
      effective: storedDecimal(row.effective),
    }),
  );
}

/** First days of the months that were restated since an instant, the newest first. */
export async function restatedSince(
  knex: Knex,
  since: Date,
): Promise<string[]> {
  const { rows } = await knex.raw(
    `SELECT DISTINCT period::text FROM cost_bill_restatements
     WHERE at >= ?::timestamptz ORDER BY period DESC`,
    [since],
  );
  return rows.map(({ period }: { period: string }) => period);
}
