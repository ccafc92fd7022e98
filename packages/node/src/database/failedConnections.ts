import { Knex } from 'knex';

const failures = new WeakSet<object>();
const noticed = new WeakSet<object>();

/**
 * Remembers every error of a pool that opens a connection. They can't be listed:
 * certificates, passwords and tokens of clouds fail in ways of their own.
 *
 * @public
 */
export function noticeFailedConnections(knex: Knex): void {
  const { pool } = knex.client;
  if (noticed.has(pool)) {
    return;
  }
  noticed.add(pool);
  pool.on('createFail', (_eventId: number, error: unknown) => {
    if (typeof error === 'object' && error !== null) {
      failures.add(error);
    }
  });
}

/** Whether it is an error of {@link noticeFailedConnections}. @public */
export function isFailedConnection(error: object): boolean {
  return failures.has(error);
}
