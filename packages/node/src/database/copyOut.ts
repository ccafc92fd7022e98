import { Knex } from 'knex';
import { to as copyTo } from 'pg-copy-streams';

/** What is used of a connection of the driver. */
interface Connection {
  query<T>(query: T): T;
}

/**
 * The bytes of `COPY … TO STDOUT`, in memory of their own so that they can be
 * handed to another thread. The driver's rows are text, twice the size of what
 * `bytea` holds and slow to decode; copied bytes come as they are.
 *
 * @param sql - without bindings: COPY takes none
 *
 * @public
 */
export async function copyOut(knex: Knex, sql: string): Promise<Uint8Array> {
  const connection: Connection = await knex.client.acquireConnection();
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of connection.query(copyTo(sql))) {
      chunks.push(chunk);
    }
    return joined(chunks);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

/** A buffer outside the pool that small buffers share, which is not filled with zeros first. */
function joined(chunks: Buffer[]): Uint8Array {
  const length = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
