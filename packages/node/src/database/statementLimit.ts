import { Knex } from 'knex';

/** What is used of a connection of the driver. */
interface Connection {
  query(sql: string): Promise<unknown>;
}

/** Milliseconds that were set on a connection last. */
const limits = new WeakMap<Connection, number>();

/**
 * The same pool, in which PostgreSQL stops every statement that takes longer. A
 * connection is told when it is lent to somebody with another limit than the
 * one before, so that no query can go without.
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
