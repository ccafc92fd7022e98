import { Knex } from 'knex';

/** A transaction whose queries all see the database as it is at one moment. */
const SNAPSHOT = {
  isolationLevel: 'repeatable read',
  readOnly: true,
} as const;

/** A page that takes longer helps nobody, and keeps its connection from others. */
const MAX_STATEMENT = '20s';

/** Reads in a snapshot, in which no statement takes longer than 20 s. */
export async function inSnapshot<T>(
  knex: Knex,
  read: (tx: Knex) => Promise<T>,
): Promise<T> {
  return knex.transaction(async tx => {
    await tx.raw(`SET LOCAL statement_timeout = '${MAX_STATEMENT}'`);
    return read(tx);
  }, SNAPSHOT);
}
