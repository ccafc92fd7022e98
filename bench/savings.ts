/**
 * `yarn bench savings [--workloads 10000] [--days 365]`: what it takes to measure what
 * was saved, from a ledger of nights, each of which has four lines for each workload, and
 * from hours that a cost back end in another process is asked for.
 *
 * Prints one JSON line: a process's first run, which reads the whole ledger, and one of
 * those after it.
 */
import { AuthService } from '@backstage/backend-plugin-api';
import { CostClient } from '@headroom/plugin-cost-common';
import {
  createSavingsJob,
  migrationsDirectory,
} from '@headroom/plugin-scaling-backend/testUtils';
import { Knex } from 'knex';
import { createBenchDatabase } from './lib/database';
import { stderrLogger } from './lib/logger';
import { numericOptions } from './lib/options';
import { peakRssMb } from './lib/peakRss';
import { seedLedger } from './lib/savings/seedLedger';
import { startServer } from './lib/startServer';
import { watchPauses } from './lib/watchPauses';

const DAY_MS = 24 * 3_600_000;
const HOURS_BEFORE = 28 * 24;

/** The job's own calls are signed in a portal; here nobody checks. */
const AUTH = {
  getOwnServiceCredentials: async () => ({}),
  getPluginRequestToken: async () => ({ token: 'bench' }),
} as unknown as AuthService;

async function measured(knex: Knex, work: () => Promise<unknown>) {
  let queries = 0;
  const count = () => {
    queries += 1;
  };
  knex.on('query', count);
  const pauses = watchPauses();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const pauseMs = pauses.stop();
  knex.removeListener('query', count);
  return {
    seconds: Number(seconds.toFixed(2)),
    queries,
    longestPauseMs: Math.round(pauseMs),
  };
}

async function main() {
  const options = numericOptions({ workloads: 10_000, days: 365 });
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const costs = await startServer<{ url: string }>('savings/costServer.ts', {
    since: today - options.days * DAY_MS,
  });
  const { knex, drop } = await createBenchDatabase(migrationsDirectory());
  try {
    const ledgerLines = await seedLedger(knex, options);
    let asked = 0;
    const { run, rows } = createSavingsJob({
      knex,
      auth: AUTH,
      costs: CostClient.create({
        discoveryApi: { getBaseUrl: async () => costs.url },
        fetchApi: {
          fetch: (...request) => {
            asked += 1;
            return fetch(...request);
          },
        },
      }),
      logger: stderrLogger(),
    });
    const { signal } = new AbortController();
    const first = await measured(knex, () => run(signal));
    asked = 0;
    const later = await measured(knex, () => run(signal));
    const page = await measured(knex, rows);
    const all = await rows();
    if (all.length !== options.workloads) {
      throw new Error(
        `There should be ${options.workloads} rows, and there are ${all.length}`,
      );
    }
    process.stdout.write(
      `${JSON.stringify({
        ...options,
        ledgerLines,
        first,
        later: { ...later, asked },
        page,
        measured: all.filter(row => row.measured).length,
        runsForAll: Math.ceil(
          (options.workloads * (options.days * 24 + HOURS_BEFORE)) / 1_000_000,
        ),
        peakRssMb: peakRssMb(),
      })}\n`,
    );
  } finally {
    await drop();
    costs.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
