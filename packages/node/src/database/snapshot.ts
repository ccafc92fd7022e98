import { Knex } from 'knex';
import { isNotPrepared, prepareNothing } from './prepared';

/** A transaction whose queries all see the database as it is at one moment. */
const SNAPSHOT = {
  isolationLevel: 'repeatable read',
  readOnly: true,
} as const;

/**
 * Reads in a snapshot.
 *
 * @param read - is called again when a proxy forgot what was prepared
 *
 * @public
 */
export async function inSnapshot<T>(
  knex: Knex,
  read: (tx: Knex) => Promise<T>,
): Promise<T> {
  try {
    return await knex.transaction(read, SNAPSHOT);
  } catch (error) {
    if (!isNotPrepared(error)) {
      throw error;
    }
    prepareNothing(knex);
    return knex.transaction(read, SNAPSHOT);
  }
}
