/**
 * How long one full reconcile of schedules takes with nothing to do: every workload of
 * every cluster is held against every policy, with the lease, the guards and the
 * database as in a portal, and API servers in a process of their own.
 *
 * Prints one JSON line.
 */
import { ConfigReader } from '@backstage/config';
import {
  createClusterCaches,
  createKubernetesAccess,
} from '@headroom/plugin-clusters-node';
import {
  createController,
  migrationsDirectory,
} from '@headroom/plugin-scaling-backend/testUtils';
import { policyOf } from './lib/controllers/policyOf';
import { createBenchDatabase } from './lib/database';
import { stderrLogger } from './lib/logger';
import { numericOptions } from './lib/options';
import { peakRssMb } from './lib/peakRss';
import { startServer } from './lib/startServer';
import { watchPauses } from './lib/watchPauses';

/** Reconciles that are measured; the slowest counts, and the first reads everything. */
const ROUNDS = 3;

async function main() {
  const options = numericOptions({
    policies: 10_000,
    clusters: 5,
    objects: 50_000,
  });
  const servers = await startServer<{ urls: string[] }>(
    'controllers/apiServers.ts',
    { clusters: options.clusters, objects: options.objects },
  );
  const { knex, drop } = await createBenchDatabase(migrationsDirectory());
  const stopping = new AbortController();
  try {
    const logger = stderrLogger();
    const config = new ConfigReader({
      headroom: {
        clusters: servers.urls.map((server, index) => ({
          name: `cluster-${index}`,
          kubernetes: { url: server, token: 'reads', act: { token: 'acts' } },
        })),
      },
    });
    const kubernetes = createKubernetesAccess({ config, logger });
    const caches = createClusterCaches({
      access: kubernetes,
      signal: stopping.signal,
    });
    const { cycle, policies } = createController({
      knex,
      caches,
      config,
      kubernetes,
      logger,
    });
    for (let index = 0; index < options.policies; index += 1) {
      await policies.create(policyOf(index, options), 'user:default/bench');
    }
    for (let index = 0; index < options.clusters; index += 1) {
      await caches.of(`cluster-${index}`)!.ready(stopping);
    }
    const seconds: number[] = [];
    let longestPauseMs = 0;
    let result;
    for (let round = 0; round < ROUNDS; round += 1) {
      const pauses = watchPauses();
      const start = performance.now();
      result = await cycle.run(stopping.signal);
      seconds.push((performance.now() - start) / 1000);
      longestPauseMs = Math.max(longestPauseMs, pauses.stop());
    }
    if (!result || result.drafts > 0 || result.policies !== options.policies) {
      throw new Error(
        `There should be ${
          options.policies
        } policies and nothing to do: ${JSON.stringify(result)}`,
      );
    }
    const { asked } = await (await fetch(`${servers.urls[0]}/asked`)).json();
    process.stdout.write(
      `${JSON.stringify({
        policies: result.policies,
        clusters: options.clusters,
        objects: options.objects,
        seconds: Number(Math.max(...seconds).toFixed(2)),
        laterSeconds: Number(Math.min(...seconds).toFixed(2)),
        longestPauseMs: Math.round(longestPauseMs),
        apiCalls: asked,
        peakRssMb: peakRssMb(),
      })}\n`,
    );
  } finally {
    stopping.abort();
    await drop();
    servers.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
