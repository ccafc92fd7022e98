import { Knex } from 'knex';

/**
 * Takes the oldest rows of an outbox that nobody has taken, in a transaction of who
 * delivers them: when it is committed they are taken, once; when it is not, they wait.
 * Others that take at the same time get other rows.
 *
 * @param table - its columns are `id`, that grows, and `taken_at`
 * @param columns - of a row `e`
 * @param from - what else is read of a row, e.g. `JOIN t ON t.id = e.t_id`
 */
export async function takeOldest<TRow>(
  tx: Knex,
  {
    table,
    columns,
    from = '',
    limit,
    now,
  }: {
    table: string;
    columns: string;
    from?: string;
    limit: number;
    now: Date;
  },
): Promise<TRow[]> {
  const { rows } = await tx.raw(
    `WITH open AS (
       SELECT id FROM ${table} WHERE taken_at IS NULL ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE ${table} t SET taken_at = ?::timestamptz FROM open WHERE open.id = t.id RETURNING t.*
     ) SELECT ${columns} FROM taken e ${from} ORDER BY e.id`,
    [limit, now.toISOString()],
  );
  return rows;
}
