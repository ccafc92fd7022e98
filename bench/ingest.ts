/**
 * How fast usage becomes stored, allocated and rolled-up cost: a simulated
 * cluster in another process, asked over HTTP; this process reads, allocates,
 * digests and writes to PostgreSQL as the cost back end does.
 *
 * Prints one JSON line; `peakRssMb` is of this process.
 */
import { ConfigReader } from '@backstage/config';
import { readClusters } from '@headroom/plugin-clusters-node';
import {
  CostSources,
  IngestService,
  readCostConfig,
} from '@headroom/plugin-cost-backend/testUtils';
import {
  DemoPriceSource,
  DemoUsageSource,
  TelemetryClient,
} from '@headroom/plugin-cost-backend-module-demo/testUtils';
import { createBenchDatabase } from './lib/database';
import { stderrLogger } from './lib/logger';
import { numericOptions } from './lib/options';
import { peakRssMb } from './lib/peakRss';
import {
  freePort,
  spawnTypeScript,
  stopChild,
  until,
} from './lib/portalProcess';

async function main() {
  const { containers, hours } = numericOptions({
    containers: 10_000,
    hours: 24,
  });
  const database = await createBenchDatabase();
  const { knex } = database;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const cluster = spawnTypeScript('bench/lib/largeCluster.ts', [
    String(port),
    String(containers),
  ]);
  try {
    await until('the simulated cluster answers', 120_000, async () => {
      const info = await fetch(`${url}/telemetry/v1/info`).catch(
        () => undefined,
      );
      return info?.ok ?? false;
    });
    const config = new ConfigReader({
      headroom: {
        clusters: [{ name: 'us-west', demo: { url } }],
        cost: {
          ingest: { backfill: { hours }, share: 1 },
        },
      },
    });
    const logger = stderrLogger();
    const client = TelemetryClient.create({ logger });
    const sources = CostSources.create();
    sources.addUsageSource(DemoUsageSource.create(client));
    sources.addPriceSource(DemoPriceSource.create(client));
    const ingest = IngestService.create({
      knex,
      clusters: readClusters(config),
      sources,
      config: readCostConfig(config),
      logger,
    });

    const began = performance.now();
    await ingest.runOnce(new AbortController().signal);
    const seconds = (performance.now() - began) / 1000;

    const [{ hours: done }] = await rows(
      knex.raw(
        `SELECT count(*)::int AS hours FROM cost_ingest_hours WHERE status = 'complete'`,
      ),
    );
    const [{ containers: seen }] = await rows(
      knex.raw(
        `SELECT round(avg(n))::int AS containers FROM (SELECT count(*) AS n FROM cost_hours GROUP BY hour) h`,
      ),
    );
    const [usage] = await rows(
      knex.raw(
        `SELECT count(*)::int AS hours, round(avg(length(data)))::int AS bytes FROM cost_usage_hours`,
      ),
    );
    const [digests] = await rows(
      knex.raw(
        `SELECT count(*)::int AS days, round(avg(length(data)))::int AS bytes, max(length(data)) AS most FROM cost_digests`,
      ),
    );
    const [gpus] = await rows(
      knex.raw('SELECT count(*)::int AS hours FROM cost_gpu_hours'),
    );
    if (usage.hours === 0 || digests.days === 0 || gpus.hours === 0) {
      throw new Error(
        'The simulated cluster gave no samples or no GPU devices; the figures would be of less work than there is',
      );
    }
    const [{ queries }] = await rows(
      knex.raw(`SELECT queries_per_hour AS queries FROM cost_ingest_state`),
    );
    process.stdout.write(
      `${JSON.stringify({
        containers,
        hours: done,
        queries: Math.round(queries * done),
        seconds: Math.round(seconds * 10) / 10,
        peakRssMb: peakRssMb(),
        rowsPerHour: seen,
        usageRows: usage.hours,
        usageRowBytes: usage.bytes,
        digests: digests.days,
        digestBytes: digests.bytes,
        largestDigestBytes: digests.most,
        gpuDeviceHours: gpus.hours,
      })}\n`,
    );
  } finally {
    await stopChild(cluster);
    await database.drop();
  }
}

async function rows(
  answer: PromiseLike<{ rows: Array<Record<string, number>> }>,
) {
  return (await answer).rows;
}

main().catch(error => {
  process.stderr.write(`ingest: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
