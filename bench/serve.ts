/**
 * How fast the Cost tab is served: the real route with a signed-in user and a
 * permission check, requests arriving at fixed instants, beside the catalog's
 * own entity-by-name in the same run, then the same while readers of CSVs have
 * paused, while advice on a large fleet is computed in the same back end, and while a back-fill of a large cluster runs
 * in it.
 *
 * Prints one JSON line.
 */
import { ChildProcess } from 'node:child_process';
import { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { onServer } from './lib/database';
import { LoadResult, openLoop } from './lib/openLoop';
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
import { seedServices, serviceName } from './lib/seedServices';
import { untilIdle } from './lib/untilIdle';

const log = (line: string) => process.stderr.write(`serve: ${line}\n`);

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
  let portal: PortalProcess | undefined;
  try {
    portal = await startPortal(port =>
      portalConfig({
        port,
        demoPort,
        serverUrl,
        prefix,
        services: options.services,
      }),
    );
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

    const token = await signIn(portal.url);
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
      send: (index: number) => Promise<void>,
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
    await trigger(portal.url, token, 'cost-ingest');
    await ingesting(costUrl);
    const busy = mustAnswer(await load(options.arrivals, costTab));
    const hours = await ingestedHours(costUrl);
    log(
      `while ingesting: ${JSON.stringify(busy)}, ${hours} cluster-hours so far`,
    );

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
      })}\n`,
    );
  } finally {
    await portal?.stop();
    if (demo) await stopChild(demo);
    await dropDatabases(serverUrl, prefix);
  }
}

function portalConfig(options: {
  port: number;
  demoPort: number;
  serverUrl: string;
  prefix: string;
  services: number;
}) {
  const { port, demoPort, serverUrl, prefix, services } = options;
  const server = new URL(serverUrl);
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    bench: { services },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'pg',
        prefix,
        connection: {
          host: server.hostname,
          port: Number(server.port),
          user: decodeURIComponent(server.username),
          password: decodeURIComponent(server.password),
        },
      },
    },
    auth: { providers: { guest: {} } },
    permission: { enabled: true },
    catalog: { rules: [{ allow: ['Component'] }] },
    headroom: {
      clusters: [
        { name: 'us-west', demo: { url: `http://127.0.0.1:${demoPort}` } },
      ],
      cost: {
        // Started by the bench, not by the clock.
        ingest: {
          initialDelay: { seconds: 1 },
          frequency: { cron: '0 0 1 1 *' },
        },
        entities: { frequency: { seconds: 10 }, initialDelay: { seconds: 1 } },
      },
    },
  };
}

function databaseUrl(serverUrl: string, name: string) {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Spreads requests over all services, in an order that repeats late. */
function pick(index: number, services: number) {
  return serviceName((index * 7919) % services);
}

async function request(url: string, token: string) {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  });
  const body = await response.text();
  if (!response.ok) {
    throw new Error(
      `${url} answered ${response.status}: ${body.slice(0, 300)}`,
    );
  }
}

function mustAnswer(result: LoadResult): LoadResult {
  if (result.failed > 0) {
    throw new Error(`${result.failed} of ${result.sent} requests failed`);
  }
  return result;
}

/** Largest rate, in steps of a quarter, at which p95 stays under 500 ms and nothing fails. */
async function saturation(load: (rps: number) => Promise<LoadResult>) {
  let held = 0;
  for (let rps = 40; rps <= 2000; rps = Math.ceil(rps * 1.25)) {
    const { p95Ms, failed } = await load(rps);
    log(`${rps}/s: p95 ${p95Ms} ms, ${failed} failed`);
    if (failed > 0 || p95Ms > 500) break;
    held = rps;
  }
  return held;
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const body = (await response.json()) as {
    backstageIdentity?: { token: string };
  };
  if (!body.backstageIdentity) {
    throw new Error(`sign-in answered ${response.status}`);
  }
  return body.backstageIdentity.token;
}

async function trigger(url: string, token: string, task: string) {
  const response = await fetch(
    `${url}/api/cost/.backstage/scheduler/v1/tasks/${task}/trigger`,
    { method: 'POST', headers: { authorization: `Bearer ${token}` } },
  );
  if (!response.ok) {
    throw new Error(`starting ${task} answered ${response.status}`);
  }
}

async function count(url: string, sql: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string }>(sql);
    return Number(rows[0].n);
  } finally {
    await client.end();
  }
}

function catalogued(costUrl: string, services: number) {
  let last = -1;
  return until(
    `${services} services are in the catalog`,
    1_800_000,
    async () => {
      const known = await count(
        costUrl,
        `SELECT count(*) AS n FROM cost_entities WHERE kind = 'component'`,
      ).catch(() => 0);
      if (known !== last) log(`${known} of ${services} services catalogued`);
      last = known;
      return known >= services;
    },
  );
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

/** Sends the load while advice is computed over and over. */
async function whileAdvising(
  costUrl: string,
  work: { advise(): Promise<void>; load(): Promise<LoadResult> },
): Promise<{ advising: LoadResult; runs: number; advised: number }> {
  let loading = true;
  let runs = 0;
  const advising = work.load().finally(() => (loading = false));
  while (loading) {
    // Advice of two hours ago is due again.
    await count(
      costUrl,
      `WITH aged AS (
         UPDATE cost_advice_runs SET finished_at = finished_at - interval '2 hours'
         WHERE finished_at IS NOT NULL RETURNING 1
       ) SELECT count(*) AS n FROM aged`,
    );
    // The task that has just ended may not be startable yet.
    await until('advice can be computed', 60_000, () =>
      work.advise().then(
        () => true,
        () => false,
      ),
    );
    await until(
      'advice is computed',
      300_000,
      async () => !loading || (await freshRuns(costUrl)) > 0,
    );
    runs += loading ? 1 : 0;
  }
  return {
    advising: mustAnswer(await advising),
    runs,
    // Of the run that is shown and of the one that goes on.
    advised: await count(
      costUrl,
      'SELECT count(*) AS n FROM cost_advice_details',
    ),
  };
}

function freshRuns(costUrl: string) {
  return count(
    costUrl,
    `SELECT count(*) AS n FROM cost_advice_runs
     WHERE finished_at > now() - interval '1 hour'`,
  );
}

function ingestedHours(costUrl: string) {
  return count(
    costUrl,
    `SELECT count(*) AS n FROM cost_ingest_hours WHERE status = 'complete'`,
  );
}

function ingesting(costUrl: string) {
  return until(
    'the ingest has begun',
    120_000,
    async () => (await ingestedHours(costUrl)) > 0,
  );
}

async function dropDatabases(serverUrl: string, prefix: string) {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE starts_with(datname, $1)`,
    [prefix],
  );
  await client.end();
  for (const { datname } of rows) {
    await onServer(serverUrl, `DROP DATABASE "${datname}" WITH (FORCE)`);
  }
}

main().catch(error => {
  process.stderr.write(`serve: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
