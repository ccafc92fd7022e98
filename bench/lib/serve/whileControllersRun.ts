import knexFactory from 'knex';
import { PolicyStore } from '@headroom/plugin-scaling-backend/testUtils';
import { LoadResult } from '../openLoop';
import { policyOf } from '../controllers/policyOf';
import { until } from '../portalProcess';
import { mustAnswer } from './load';

/** How many policies, clusters and objects the controllers have. */
export interface ControllersSize {
  policies: number;
  clusters: number;
  objects: number;
}

/** Makes the policies in the plugin's own database, as the page does. */
export async function makePolicies(scalingUrl: string, size: ControllersSize) {
  const knex = knexFactory({ client: 'pg', connection: scalingUrl });
  try {
    const policies = PolicyStore.create({ knex });
    for (let index = 0; index < size.policies; index += 1) {
      await policies.create(policyOf(index, size), 'user:default/bench');
    }
  } finally {
    await knex.destroy();
  }
}

/**
 * Sends the load while controllers go round, from when they hold every policy against
 * what runs.
 *
 * @returns also the rounds that ended meanwhile.
 */
export async function whileControllersRun(
  scalingUrl: string,
  work: {
    covered(): Promise<{ policies: number; covered: number }>;
    load(): Promise<LoadResult>;
    policies: number;
  },
): Promise<{ acting: LoadResult; rounds: number }> {
  await until('all policies are looked at', 300_000, async () => {
    const { policies, covered } = await work.covered();
    return policies === work.policies && covered > 0;
  });
  const knex = knexFactory({ client: 'pg', connection: scalingUrl });
  try {
    let loading = true;
    const acting = work.load().finally(() => (loading = false));
    const ends = new Set<string>();
    while (loading) {
      const { rows } = await knex.raw(
        `SELECT expires_at::text AS ended FROM scaling_leases
         WHERE expires_at <= clock_timestamp()`,
      );
      for (const { ended } of rows) ends.add(ended);
      await new Promise(done => setTimeout(done, 200));
    }
    return { acting: mustAnswer(await acting), rounds: ends.size };
  } finally {
    await knex.destroy();
  }
}
