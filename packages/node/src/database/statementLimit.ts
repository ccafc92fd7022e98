import { Knex } from 'knex';
import { ConnectionWatch, WatchedConnection } from './ConnectionWatch';

/** @public */
export interface StatementLimitOptions {
  /**
   * Milliseconds that the answer may be late, to a statement that PostgreSQL
   * would have stopped by then or to the question whether a connection that was
   * idle still works: 5 s unless given. The connection is cut then.
   */
  patienceMs?: number;
  /**
   * Milliseconds after which PostgreSQL ends a transaction in which nothing is
   * asked, with its locks: 2 minutes unless given. It can't know that nobody is
   * there any more.
   */
  idleInTransactionMs?: number;
}

const PATIENCE_MS = 5000;
const IDLE_IN_TRANSACTION_MS = 120_000;
/** A connection that answered this recently is believed to work. */
const FRESH_MS = 5000;
const CONNECT_MS = 10_000;

/**
 * The same pool, in which PostgreSQL stops every statement that takes longer. A
 * connection is told when it is lent to somebody with another limit than the
 * one before, so that no query can go without. One that stays silent beyond the
 * limit is dead: what waits for it fails, and it is not lent again. One that was
 * idle is asked first, so that a query does not find that out.
 *
 * @param milliseconds - of one statement
 *
 * @public
 */
export function withStatementLimit(
  knex: Knex,
  milliseconds: number,
  {
    patienceMs = PATIENCE_MS,
    idleInTransactionMs = IDLE_IN_TRANSACTION_MS,
  }: StatementLimitOptions = {},
): Knex {
  limitConnecting(knex);
  const { client } = knex;
  const limited = knex.withUserParams({});
  const wanted = `SET statement_timeout = ${milliseconds}; SET idle_in_transaction_session_timeout = ${idleInTransactionMs}`;

  limited.client.acquireConnection = async () => {
    for (;;) {
      const connection: WatchedConnection = await client.acquireConnection();
      const watch = ConnectionWatch.of(client.pool, connection);
      const wasKnown = watch.told !== undefined;
      const asked = performance.now();
      const isFresh = asked - watch.heardAt < FRESH_MS && !watch.isSuspect;
      if (watch.told === wanted && isFresh) {
        watch.lend(milliseconds + patienceMs);
        return connection;
      }
      try {
        watch.lend(patienceMs);
        watch.told = undefined;
        await connection.query(wanted);
        watch.told = wanted;
        watch.lend(milliseconds + patienceMs);
        return connection;
      } catch (error) {
        watch.giveBack();
        await client.releaseConnection(connection);
        if (!wasKnown) {
          throw error;
        }
        cutSilent(client.pool, asked); // another one, of which there is a new one at last
      }
    }
  };
  limited.client.releaseConnection = async (connection: WatchedConnection) => {
    ConnectionWatch.of(client.pool, connection).giveBack();
    return client.releaseConnection(connection);
  };
  return limited;
}

/**
 * Says that the database of a pool was lost: its connections may be dead. Those
 * that are idle are asked before they are lent again, those in use cut when
 * nothing comes over them for a minute.
 *
 * @public
 */
export function suspectConnections(knex: Knex): void {
  for (const watch of ConnectionWatch.all(knex.client.pool)) {
    watch.suspect();
  }
}

/** Where one connection died when it was idle, so did the others: nobody should wait for each of them. */
function cutSilent(pool: object, since: number): void {
  for (const watch of ConnectionWatch.all(pool)) {
    if (!watch.isLent && watch.heardAt < since) {
      watch.cut('Another connection to the same database was dead');
    }
  }
}

const connectingIsLimited = new WeakSet<object>();

/** A connection that is not made in time fails, rather than keep its place in the pool. */
function limitConnecting({ client }: Knex): void {
  if (connectingIsLimited.has(client)) {
    return;
  }
  connectingIsLimited.add(client);
  const { acquireRawConnection } = client;
  client.acquireRawConnection = () => {
    // Anew each time: a provider of settings makes new ones.
    client.connectionSettings.connectionTimeoutMillis ??= CONNECT_MS;
    return acquireRawConnection.call(client);
  };
}
