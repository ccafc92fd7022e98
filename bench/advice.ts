/**
 * How fast advice is computed: the job of the cost back end as it is, from
 * digests in PostgreSQL to advice in PostgreSQL, worker threads and all.
 *
 * Prints one JSON line. `peakRssMb` is of this whole process, threads included;
 * `eventLoopP99Ms` and `eventLoopMaxMs` are how long other work of the process,
 * such as a request, waited meanwhile.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ConfigReader } from '@backstage/config';
import {
  AdviceJob,
  readCostConfig,
} from '@headroom/plugin-cost-backend/testUtils';
import { createBenchDatabase } from './lib/database';
import { stderrLogger } from './lib/logger';
import { numericOptions } from './lib/options';
import { peakRssMb } from './lib/peakRss';
import { spawnTypeScript } from './lib/portalProcess';

const NANOSECONDS = 1e6;

async function main() {
  const { containers, days, threads } = numericOptions({
    containers: 10_000,
    days: 14,
    threads: 2,
  });
  const database = await createBenchDatabase();
  const { knex } = database;
  try {
    await seeded([database.url, String(containers), String(days)]);
    const job = AdviceJob.create({
      knex,
      config: readCostConfig(
        new ConfigReader({
          headroom: {
            cost: {
              advice: { lookBack: { days }, minimumDays: Math.min(days, 14) },
            },
          },
        }),
      ),
      logger: stderrLogger(),
      threads,
    });

    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    const shown = await job.runIfDue(new AbortController().signal);
    const seconds = (performance.now() - began) / 1000;
    delay.disable();
    if (!shown) {
      throw new Error('no advice was computed');
    }

    const { rows } = await knex.raw<{
      rows: Array<{ status: string; containers: number }>;
    }>(
      'SELECT status, count(*)::int AS containers FROM cost_advice GROUP BY status',
    );
    const byStatus = Object.fromEntries(
      rows.map(row => [row.status, row.containers]),
    );
    process.stdout.write(
      `${JSON.stringify({
        containers: rows.reduce((sum, row) => sum + row.containers, 0),
        days,
        seconds: Math.round(seconds * 100) / 100,
        peakRssMb: peakRssMb(),
        eventLoopP99Ms: round(delay.percentile(99) / NANOSECONDS),
        eventLoopMaxMs: round(delay.max / NANOSECONDS),
        ...byStatus,
      })}\n`,
    );
  } finally {
    await database.drop();
  }
}

async function seeded(args: string[]) {
  const child = spawnTypeScript('bench/lib/seedDigests.ts', args);
  const code = await new Promise(done => child.once('exit', done));
  if (code !== 0) {
    throw new Error('the data could not be made');
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

main().catch(error => {
  process.stderr.write(`advice: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
