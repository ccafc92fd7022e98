/**
 * How long it takes to evaluate all budgets of a portal: the first time, when all their
 * days are summed, again, and when two days were summed again, as every hour; and how fast
 * the pages that govern are served, of a service, of a team and of everything: the real
 * back end, its scheduler and its routes with a signed-in user and a permission check.
 *
 * Prints one JSON line.
 */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { governPages } from './lib/budgets/governPages';
import { runTask } from './lib/budgets/runTask';
import { seedBills } from './lib/budgets/seedBills';
import { seedBudgets } from './lib/budgets/seedBudgets';
import { openLoop } from './lib/openLoop';
import { numericOptions } from './lib/options';
import { peakRssMb } from './lib/peakRss';
import { freePort, PortalProcess, startPortal } from './lib/portalProcess';
import { databaseUrl, dropDatabases } from './lib/serve/databases';
import { mustAnswer } from './lib/serve/load';
import { log } from './lib/serve/log';
import { portalConfig } from './lib/serve/portalConfig';
import { catalogued, count } from './lib/serve/progress';
import { request, signIn, trigger } from './lib/serve/requests';
import { seedServices, serviceName } from './lib/seedServices';

/** What else is made once, for pages to read. */
const JOBS = ['anomalies', 'rules', 'reviews', 'completion'];

async function main() {
  const options = numericOptions({
    services: 10_000,
    days: 400,
    'containers-per-service': 2,
    budgets: 5_000,
    arrivals: 20,
    seconds: 30,
  });
  const { budgets, services, days, arrivals, seconds } = options;
  const serverUrl = process.env.HEADROOM_BENCH_DATABASE;
  if (!serverUrl) {
    throw new Error(
      'HEADROOM_BENCH_DATABASE is not set: start benches with `yarn bench budgets`',
    );
  }
  const prefix = `bench_${randomBytes(3).toString('hex')}_`;
  const demoPort = await freePort();
  let portal: PortalProcess | undefined;
  try {
    portal = await startPortal(port =>
      portalConfig({
        port,
        demoPort,
        serverUrl,
        prefix,
        services,
        catalogSeconds: 60,
      }),
    );
    const { url, pid } = portal;
    const costUrl = databaseUrl(serverUrl, `${prefix}cost`);
    await catalogued(costUrl, services);
    log(`seeding ${days} days of ${services} services`);
    await seedServices({
      url: costUrl,
      services,
      days,
      containersPerService: options['containers-per-service'],
    });
    log('seeding the bill');
    await seedBills({ url: costUrl, days });
    const token = await signIn(url);
    await seedBudgets({ url: costUrl, budgets, services });
    // Reviews wait for a back-fill, and that of the demo cluster, which is off, never ends.
    await execute(costUrl, 'UPDATE cost_ingest_state SET backfill_from = NULL');

    const run = (task: string) =>
      runTask({ url: costUrl, task, ask: () => trigger(url, token, task) });
    const monthsMs = await keepMonths(run, costUrl);
    log(`months were summed in ${monthsMs} ms`);
    log(`the bill was split in ${await run('cost-bill')} ms`);
    const evaluate = () => evaluated(run, costUrl, budgets);
    const firstMs = await evaluate();
    const againMs = await evaluate();
    await summedAgain(costUrl);
    const newDaysMs = await evaluate();
    const unknown = await count(
      costUrl,
      'SELECT count(*) AS n FROM cost_budget_statuses WHERE status IS NULL',
    );
    log(
      `evaluated in ${firstMs} ms, again in ${againMs} ms, with two new days in ${newDaysMs} ms; ${unknown} unknown`,
    );

    const load = async (
      what: string,
      pathOf: (index: number) => string,
      rate: number,
    ) => {
      const send = (length: number) =>
        openLoop({
          arrivalsPerSecond: rate,
          seconds: length,
          request: index =>
            request(`${url}/api/cost/v1/${pathOf(index)}`, token),
        });
      await send(5); // warm code, not answers: nothing is cached
      const { p50Ms, p95Ms } = mustAnswer(await send(seconds));
      log(`${what}: p50 ${p50Ms} ms, p95 ${p95Ms} ms`);
      return p95Ms;
    };
    const pick = (index: number) => serviceName((index * 7919) % services);
    const costTab = await load(
      'Cost tab',
      index => `services/component/default/${pick(index)}?window=30d`,
      arrivals,
    );
    const jobsMs: Record<string, number> = {};
    for (const task of JOBS) {
      jobsMs[task] = await run(`cost-${task}`);
      log(`${task}: ${jobsMs[task]} ms`);
    }
    const pagesP95Ms: Record<string, number> = {};
    for (const page of await governPages({ url: costUrl, pick })) {
      pagesP95Ms[page.name] = await load(page.name, page.path, page.rate);
    }

    process.stdout.write(
      `${JSON.stringify({
        budgets,
        services,
        days,
        monthsMs,
        firstMs,
        againMs,
        newDaysMs,
        unknown,
        arrivalsPerSecond: arrivals,
        costTabP95Ms: costTab,
        jobsMs,
        pagesP95Ms,
        peakRssMb: peakRssMb(pid),
      })}\n`,
    );
  } finally {
    await portal?.stop();
    await dropDatabases(serverUrl, prefix);
  }
}

/** Turns of the ingest that nothing is new for, until all months that are over are summed. */
async function keepMonths(
  run: (task: string) => Promise<number>,
  costUrl: string,
): Promise<number> {
  const kept = () =>
    count(costUrl, 'SELECT count(*) AS n FROM cost_kept_months');
  let took = 0;
  let before = -1;
  while (before < (await kept())) {
    before = await kept();
    took += await run('cost-ingest');
  }
  return took;
}

/** Yesterday and the day before are others than they were, as after an hour that came in. */
async function summedAgain(costUrl: string): Promise<void> {
  await execute(
    costUrl,
    `UPDATE cost_cluster_days SET rolled = gen_random_uuid()
     WHERE day >= (now() AT TIME ZONE 'UTC')::date - 2`,
  );
}

async function execute(url: string, sql: string): Promise<void> {
  const db = new Client({ connectionString: url });
  await db.connect();
  try {
    await db.query(sql);
  } finally {
    await db.end();
  }
}

/** How long an evaluation of all budgets takes, by the scheduler's own clock. */
async function evaluated(
  run: (task: string) => Promise<number>,
  costUrl: string,
  budgets: number,
): Promise<number> {
  const took = await run('cost-budgets');
  const known = await count(
    costUrl,
    'SELECT count(*) AS n FROM cost_budget_statuses',
  );
  if (known < budgets) {
    throw new Error(`${known} of ${budgets} budgets were evaluated`);
  }
  return took;
}

main().catch(error => {
  process.stderr.write(`budgets: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
