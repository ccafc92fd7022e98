import { Knex } from 'knex';

/** What is used of a connection of the driver. */
interface Connection {
  query(sql: string): Promise<unknown>;
}

/** Milliseconds that were set on a connection last. */
const limits = new WeakMap<Connection, number>();

/**
 * Gives a pool back in which PostgreSQL stops every statement that takes longer.
 * The connections are the same ones: each is told the limit whenever it is lent to
 * somebody with another limit than the one before, so no query goes without.
 *
 * @public
 */
export function withStatementLimit(knex: Knex, milliseconds: number): Knex {
  const limited = knex.withUserParams({});
  limited.client.acquireConnection = async () => {
    const connection: Connection = await knex.client.acquireConnection();
    if (limits.get(connection) !== milliseconds) {
      limits.delete(connection);
      try {
        await connection.query(`SET statement_timeout = ${milliseconds}`);
      } catch (error) {
        await knex.client.releaseConnection(connection);
        throw error;
      }
      limits.set(connection, milliseconds);
    }
    return connection;
  };
  return limited;
}
