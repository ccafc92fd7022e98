import { Knex } from 'knex';

/** A transaction whose queries all see the database as it is at one moment. */
const SNAPSHOT = {
  isolationLevel: 'repeatable read',
  readOnly: true,
} as const;

/** Reads in a snapshot. @public */
export async function inSnapshot<T>(
  knex: Knex,
  read: (tx: Knex) => Promise<T>,
): Promise<T> {
  return knex.transaction(read, SNAPSHOT);
}
