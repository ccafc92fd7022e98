/**
 * How fast the Cost tab is served: the real route with a signed-in user and a
 * permission check, requests arriving at fixed instants, beside the catalog's
 * own entity-by-name in the same run, then the same while readers of CSVs have
 * paused, while advice on a large fleet is computed in the same back end, while
 * a back-fill of a large cluster runs in it, and while controllers look after
 * other large clusters.
 *
 * Prints one JSON line.
 */
import { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openLoop } from './lib/openLoop';
import { numericOptions } from './lib/options';
import { pauseDownloads } from './lib/pauseDownloads';
import {
  freePort,
  PortalProcess,
  spawnTypeScript,
  startPortal,
  stopChild,
  until,
} from './lib/portalProcess';
import { databaseUrl, dropDatabases } from './lib/serve/databases';
import { mustAnswer, saturation } from './lib/serve/load';
import { log } from './lib/serve/log';
import { portalConfig } from './lib/serve/portalConfig';
import { catalogued, ingestedHours, ingesting } from './lib/serve/progress';
import { request, signIn, trigger } from './lib/serve/requests';
import { whileAdvising } from './lib/serve/whileAdvising';
import {
  makePolicies,
  whileControllersRun,
} from './lib/serve/whileControllersRun';
import { seedServices, serviceName } from './lib/seedServices';
import { startServer } from './lib/startServer';
import { untilIdle } from './lib/untilIdle';

async function main() {
  const options = numericOptions({
    services: 10_000,
    days: 400,
    'containers-per-service': 2,
    arrivals: 20,
    seconds: 60,
    'paused-downloads': 200,
    'ingest-containers': 10_000,
    'advice-containers': 10_000,
    'advice-days': 14,
    policies: 10_000,
    clusters: 5,
    objects: 50_000,
  });
  const serverUrl = process.env.HEADROOM_BENCH_DATABASE;
  if (!serverUrl) {
    throw new Error(
      'HEADROOM_BENCH_DATABASE is not set: start benches with `yarn bench serve`',
    );
  }
  const prefix = `bench_${randomBytes(3).toString('hex')}_`;
  const demoPort = await freePort();
  let demo: ChildProcess | undefined;
  let servers: { stop(): void } | undefined;
  let portal: PortalProcess | undefined;
  const start = (controlled?: readonly string[]) =>
    startPortal(port =>
      portalConfig({
        port,
        demoPort,
        serverUrl,
        prefix,
        services: options.services,
        controlled,
      }),
    );
  try {
    portal = await start();
    const costUrl = databaseUrl(serverUrl, `${prefix}cost`);
    await catalogued(costUrl, options.services);
    log(`seeding ${options.days} days of ${options.services} services`);
    const { rows } = await seedServices({
      url: costUrl,
      services: options.services,
      days: options.days,
      containersPerService: options['containers-per-service'],
    });
    log(`${rows} daily rows`);

    let token = await signIn(portal.url);
    const get = (path: string) => request(`${portal!.url}${path}`, token);
    const costTab = (index: number) =>
      get(
        `/api/cost/v1/services/component/default/${pick(
          index,
          options.services,
        )}?window=30d`,
      );
    const entity = (index: number) =>
      get(
        `/api/catalog/entities/by-name/component/default/${pick(
          index,
          options.services,
        )}`,
      );
    const load = (
      arrivalsPerSecond: number,
      send: (index: number) => Promise<unknown>,
      seconds = options.seconds,
    ) => openLoop({ arrivalsPerSecond, seconds, request: send });

    await load(options.arrivals, costTab, 10); // warm code, not answers: nothing is cached
    await load(options.arrivals, entity, 10);
    const quiet = mustAnswer(await load(options.arrivals, costTab));
    const catalog = mustAnswer(await load(options.arrivals, entity));
    log(`quiet: ${JSON.stringify(quiet)} catalog: ${JSON.stringify(catalog)}`);

    const paused = await pauseDownloads({
      url: portal.url,
      path: '/api/cost/v1/fleet/charges.csv?window=30d',
      token,
      count: options['paused-downloads'],
    });
    // Each is made until the network takes no more of it.
    const downloading = mustAnswer(await load(options.arrivals, costTab));
    log(`while downloads are made: ${JSON.stringify(downloading)}`);
    await untilIdle(portal.pid);
    const withPaused = mustAnswer(await load(options.arrivals, costTab));
    paused.leave();
    log(`with paused downloads: ${JSON.stringify(withPaused)}`);

    const saturationRps = await saturation(rps => load(rps, costTab, 10));
    log(`saturation: ${saturationRps}/s`);

    await seedDigests(costUrl, [
      options['advice-containers'],
      options['advice-days'],
    ]);
    const { advising, runs, advised } = await whileAdvising(costUrl, {
      advise: () => trigger(portal!.url, token, 'cost-advice'),
      load: () => load(options.arrivals, costTab),
    });
    log(`while advising: ${JSON.stringify(advising)}, ${advised} containers`);

    // Only now, so that nothing can be ingested before.
    demo = spawnTypeScript('bench/lib/largeCluster.ts', [
      String(demoPort),
      String(options['ingest-containers']),
    ]);
    await answers(`http://127.0.0.1:${demoPort}/telemetry/v1/info`);
    await ingesting(costUrl, () => trigger(portal!.url, token, 'cost-ingest'));
    const busy = mustAnswer(await load(options.arrivals, costTab));
    const hours = await ingestedHours(costUrl);
    log(
      `while ingesting: ${JSON.stringify(busy)}, ${hours} cluster-hours so far`,
    );

    await portal.stop();
    await stopChild(demo);
    const { policies, clusters, objects } = options;
    const scalingUrl = databaseUrl(serverUrl, `${prefix}scaling`);
    await makePolicies(scalingUrl, { policies, clusters, objects });
    const apiServers = await startServer<{ urls: string[] }>(
      'controllers/apiServers.ts',
      { clusters, objects },
    );
    servers = apiServers;
    portal = await start(apiServers.urls);
    token = await signIn(portal.url);
    const { acting, rounds } = await whileControllersRun(scalingUrl, {
      policies,
      covered: async () => JSON.parse(await get('/api/scaling/v1/overview')),
      load: async () => {
        await load(options.arrivals, costTab, 10);
        return load(options.arrivals, costTab);
      },
    });
    log(`while controllers run: ${JSON.stringify(acting)}, ${rounds} rounds`);

    process.stdout.write(
      `${JSON.stringify({
        services: options.services,
        days: options.days,
        arrivalsPerSecond: options.arrivals,
        p50Ms: quiet.p50Ms,
        p95Ms: quiet.p95Ms,
        p99Ms: quiet.p99Ms,
        catalogP95Ms: catalog.p95Ms,
        pausedDownloads: options['paused-downloads'],
        p95MsWhileDownloading: downloading.p95Ms,
        p95MsWithPausedDownloads: withPaused.p95Ms,
        p95MsWhileAdvising: advising.p95Ms,
        p95MsWhileIngesting: busy.p95Ms,
        saturationRps,
        dailyRows: rows,
        adviceRunsMeanwhile: runs,
        advisedMeanwhile: advised,
        hoursIngestedMeanwhile: hours,
        p95MsWhileControllersRun: acting.p95Ms,
        roundsMeanwhile: rounds,
      })}\n`,
    );
  } finally {
    await portal?.stop();
    if (demo) await stopChild(demo);
    servers?.stop();
    await dropDatabases(serverUrl, prefix);
  }
}

/** Spreads requests over all services, in an order that repeats late. */
function pick(index: number, services: number) {
  return serviceName((index * 7919) % services);
}

function answers(url: string) {
  return until('the simulated cluster answers', 120_000, async () => {
    const response = await fetch(url).catch(() => undefined);
    return response?.ok ?? false;
  });
}

async function seedDigests(costUrl: string, size: number[]) {
  log(`seeding digests of ${size[1]} days of ${size[0]} containers`);
  const child = spawnTypeScript('bench/lib/seedDigests.ts', [
    costUrl,
    ...size.map(String),
    'stored',
  ]);
  const code = await new Promise(done => child.once('exit', done));
  if (code !== 0) throw new Error('digests could not be made');
}

main().catch(error => {
  process.stderr.write(`serve: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
