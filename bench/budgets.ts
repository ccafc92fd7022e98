/**
 * How long it takes to evaluate all budgets of a portal: the first time, when all their
 * days are summed, again, and when two days were summed again, as every hour; and how fast
 * the pages that govern are served, of a service, of a team and of everything: the real
 * back end, its scheduler and its routes with a signed-in user and a permission check;
 * first to a user who sees everything, then to one who sees what three teams own.
 *
 * Prints one JSON line.
 */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { measurePages } from './lib/budgets/measurePages';
import { runTask } from './lib/budgets/runTask';
import { seedBills } from './lib/budgets/seedBills';
import { seedBudgets } from './lib/budgets/seedBudgets';
import { numericOptions } from './lib/options';
import { peakRssMb } from './lib/peakRss';
import { freePort, PortalProcess, startPortal } from './lib/portalProcess';
import { databaseUrl, dropDatabases } from './lib/serve/databases';
import { log } from './lib/serve/log';
import { portalConfig } from './lib/serve/portalConfig';
import { catalogued, count } from './lib/serve/progress';
import { signIn, trigger } from './lib/serve/requests';
import { seedServices, teamRef } from './lib/seedServices';

/** What else is made once, for pages to read. */
const JOBS = ['anomalies', 'rules', 'reviews', 'completion'];

/** Of those who see what their teams own. */
const OWN_TEAMS = [17, 42, 99].map(teamRef);

async function main() {
  const options = numericOptions({
    services: 10_000,
    days: 400,
    'containers-per-service': 2,
    budgets: 5_000,
    seconds: 30,
  });
  const { budgets, services, days, seconds } = options;
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
    const start = (teams?: string[]) =>
      startPortal(port =>
        portalConfig({
          port,
          demoPort,
          serverUrl,
          prefix,
          services,
          catalogSeconds: 60,
          teams,
        }),
      );
    portal = await start();
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

    const jobsMs: Record<string, number> = {};
    for (const task of JOBS) {
      if (task === 'completion') {
        // What the clock has made already is made again, so that making it is measured.
        await execute(costUrl, 'DELETE FROM cost_completion');
      }
      jobsMs[task] = await run(`cost-${task}`);
      log(`${task}: ${jobsMs[task]} ms`);
    }
    const pages = (portalUrl: string, as: string, teams?: string[]) =>
      measurePages({
        load: { url: portalUrl, token: as, seconds },
        costUrl,
        teams,
      });
    const pagesP95Ms = await pages(url, token);
    const peakRss = peakRssMb(pid);
    await portal.stop();
    portal = await start(OWN_TEAMS);
    const restarted = portal.url;
    const owner = await signIn(restarted);
    // Its first evaluation after a start reads all that the one before remembered.
    await runTask({
      url: costUrl,
      task: 'cost-budgets',
      ask: () => trigger(restarted, owner, 'cost-budgets'),
    });
    const ofOwnersP95Ms = await pages(restarted, owner, OWN_TEAMS);

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
        jobsMs,
        pagesP95Ms,
        ofOwnersP95Ms,
        peakRssMb: peakRss,
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
