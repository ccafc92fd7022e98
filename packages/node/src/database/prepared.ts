import { createHash } from 'node:crypto';
import { Knex } from 'knex';

/** Wordings that are prepared; the largest takes 0.7 MB of every connection's server process. */
const MAX_PREPARED = 20;

const names = new Map<string, string>();
/** Settings of pools behind which statements are not kept. */
const without = new WeakSet<object>();

/**
 * Asks what is asked again and again in the same words, on its own or inside
 * `inSnapshot`. PostgreSQL parses the words once for each connection and, where the values make
 * no difference to the plan, plans them a few times only: of small queries that is
 * most of their time. Those whose best plan depends on their values are better
 * asked as they are, and so is everything while more wordings come than can be kept.
 *
 * @public
 */
export async function askPrepared(
  knex: Knex,
  sql: string,
  bindings: readonly Knex.Value[],
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as the driver gives them
): Promise<{ rows: any[] }> {
  const name = without.has(poolOf(knex)) ? undefined : nameOf(sql);
  const ask = () => knex.raw(sql, bindings);
  if (!name) {
    return ask();
  }
  try {
    return await ask().options({ name });
  } catch (error) {
    // A transaction is over now: who began it reads again.
    if (!isNotPrepared(error) || knex.isTransaction) {
      throw error;
    }
    prepareNothing(knex);
    return ask();
  }
}

/**
 * Whether it failed because a proxy lends one connection of the server after the
 * other, and knows nothing of statements that were prepared over them: PgBouncer
 * before 1.21 does so, and later ones with `max_prepared_statements = 0`.
 */
export function isNotPrepared(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string };
  return code === '26000' || code === '42P05';
}

/** From now on nothing is prepared over the pool's connections. */
export function prepareNothing(knex: Knex): void {
  without.add(poolOf(knex));
}

/** A transaction shares the settings of the client it began with. */
function poolOf({ client }: Knex): object {
  return client.config;
}

/** Of the words alone: over a proxy, others may have prepared something of the same name. */
function nameOf(sql: string): string | undefined {
  let name = names.get(sql);
  if (!name && names.size < MAX_PREPARED) {
    const hash = createHash('sha256').update(sql).digest('hex').slice(0, 40);
    name = `headroom-${hash}`;
    names.set(sql, name);
  }
  return name;
}
