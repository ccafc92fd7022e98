/**
 * How long it takes to evaluate all budgets of a portal: the first time, when all their
 * days are summed, again, and when two days were summed again, as every hour; and how fast
 * pages that know budgets are served beside them: the real back end, its scheduler and
 * its routes with a signed-in user and a permission check.
 *
 * Prints one JSON line.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { seedBudgets } from './lib/budgets/seedBudgets';
import { openLoop } from './lib/openLoop';
import { numericOptions } from './lib/options';
import { peakRssMb } from './lib/peakRss';
import {
  freePort,
  PortalProcess,
  startPortal,
  until,
} from './lib/portalProcess';
import { databaseUrl, dropDatabases } from './lib/serve/databases';
import { mustAnswer } from './lib/serve/load';
import { log } from './lib/serve/log';
import { portalConfig } from './lib/serve/portalConfig';
import { catalogued, count } from './lib/serve/progress';
import { request, signIn, trigger } from './lib/serve/requests';
import { seedServices, serviceName } from './lib/seedServices';

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
      portalConfig({ port, demoPort, serverUrl, prefix, services }),
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
    const token = await signIn(url);
    await seedBudgets({ url: costUrl, budgets, services });

    const evaluate = () =>
      evaluated(costUrl, budgets, () => trigger(url, token, 'cost-budgets'));
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

    const load = async (what: string, pathOf: (service: string) => string) => {
      const run = (length: number) =>
        openLoop({
          arrivalsPerSecond: arrivals,
          seconds: length,
          request: index =>
            request(
              `${url}/api/cost/v1/${pathOf(
                serviceName((index * 7919) % services),
              )}`,
              token,
            ),
        });
      await run(5); // warm code, not answers: nothing is cached
      const { p50Ms, p95Ms } = mustAnswer(await run(seconds));
      log(`${what}: p50 ${p50Ms} ms, p95 ${p95Ms} ms`);
      return p95Ms;
    };
    const costTab = await load(
      'Cost tab',
      name => `services/component/default/${name}?window=30d`,
    );
    const card = await load(
      'budgets of a service',
      name => `budgets?entityRef=component:default/${name}`,
    );

    process.stdout.write(
      `${JSON.stringify({
        budgets,
        services,
        days,
        firstMs,
        againMs,
        newDaysMs,
        unknown,
        arrivalsPerSecond: arrivals,
        costTabP95Ms: costTab,
        budgetsOfServiceP95Ms: card,
        peakRssMb: peakRssMb(pid),
      })}\n`,
    );
  } finally {
    await portal?.stop();
    await dropDatabases(serverUrl, prefix);
  }
}

/** Yesterday and the day before are others than they were, as after an hour that came in. */
async function summedAgain(costUrl: string): Promise<void> {
  const db = new Client({ connectionString: costUrl });
  await db.connect();
  try {
    await db.query(
      `UPDATE cost_cluster_days SET rolled = gen_random_uuid()
       WHERE day >= (now() AT TIME ZONE 'UTC')::date - 2`,
    );
  } finally {
    await db.end();
  }
}

/** How long an evaluation takes that the scheduler is asked for, by its own clock. */
async function evaluated(
  costUrl: string,
  budgets: number,
  ask: () => Promise<boolean>,
): Promise<number> {
  const db = new Client({ connectionString: costUrl });
  await db.connect();
  const run = async () => {
    const { rows } = await db.query<{
      started: Date | null;
      ended: Date | null;
    }>(
      `SELECT current_run_started_at AS started, last_run_ended_at AS ended
       FROM backstage_backend_tasks__tasks WHERE id = 'cost-budgets'`,
    );
    return rows[0];
  };
  try {
    // One of the clock's own is waited for.
    await until(
      'no evaluation runs',
      600_000,
      async () => !(await run()).started,
    );
    await db.query('DELETE FROM cost_budget_statuses');
    await until('an evaluation is asked for', 120_000, ask);
    let started: Date | undefined;
    while (!started) {
      started = (await run()).started ?? undefined;
      await setTimeout(10);
    }
    let ended: Date | null = null;
    while (!ended || ended < started) {
      ({ ended } = await run());
      await setTimeout(10);
    }
    const known = await count(
      costUrl,
      'SELECT count(*) AS n FROM cost_budget_statuses',
    );
    if (known < budgets) {
      throw new Error(`${known} of ${budgets} budgets were evaluated`);
    }
    return ended.getTime() - started.getTime();
  } finally {
    await db.end();
  }
}

main().catch(error => {
  process.stderr.write(`budgets: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
