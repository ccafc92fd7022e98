import { askPrepared } from '@headroom/node';
import { Knex } from 'knex';
import { Scope } from './scope';

/**
 * Asks within a scope. Of one service little is read, always by the same indexes,
 * so that parsing and planning would take longest: that is prepared. How best to
 * read many services depends on how many they are.
 */
export async function ask(
  knex: Knex,
  scope: Scope,
  sql: string,
  bindings: readonly Knex.Value[],
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as the driver gives them
): Promise<{ rows: any[] }> {
  return scope.whose.kind === 'service'
    ? askPrepared(knex, sql, bindings)
    : knex.raw(sql, bindings);
}
