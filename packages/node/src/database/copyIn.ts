import { finished } from 'node:stream/promises';
import { Knex } from 'knex';
import { from as copyFrom } from 'pg-copy-streams';

/** What is used of a connection of the driver. */
interface Connection {
  query<T>(query: T): T;
}

/**
 * Writes rows with `COPY … FROM STDIN`: nothing is quoted twice, and the
 * database plans nothing. All rows or none.
 *
 * @param sql - without bindings: COPY takes none
 * @param rows - in the format the statement names; text is the default
 *
 * @public
 */
export async function copyIn(
  knex: Knex,
  sql: string,
  rows: Uint8Array,
): Promise<void> {
  const connection: Connection = await knex.client.acquireConnection();
  try {
    const stream = connection.query(copyFrom(sql));
    stream.end(Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength));
    await finished(stream);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
