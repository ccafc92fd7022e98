import { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Knex } from 'knex';
import { spawnTypeScript } from '../lib/portalProcess';
import { Random } from '../lib/random';
import { ApiFault, ApiProxy } from './ApiProxy';
import { cycle, readObject, RunObject, Wish } from './cycle';
import { Instance } from './Instance';
import { ReplicaOptions } from './replica';
import { RunTruth, truthOf } from './truth';

const FAULTS: ApiFault[] = ['lost', 'late', 'cut', 'busy', 'failed'];
/** Clocks of replicas are apart by twice this. */
const SKEW_MS = 2.5 * 60_000;
/** A process takes so long to compile what it runs, on a machine that is busy. */
const STARTS_MS = 60_000;
const GOES_WRONG_MS = 4000;
const SETTLES_MS = 60_000;

export interface ProcessRunOptions {
  id: string;
  random: Random;
  proxy: ApiProxy;
  upstream: string;
  objects: RunObject[];
  knex: Knex;
  databaseUrl: string;
  prefix: string;
  leaseName: string;
  /** One in this process, that is given time. */
  patient(): Instance;
}

/**
 * The same with processes: they are stopped (`SIGSTOP`) and go on (`SIGCONT`), and are
 * killed (`SIGKILL`), wherever they are; their clocks are five minutes apart.
 */
export async function processRun(
  options: ProcessRunOptions,
): Promise<RunTruth> {
  const { id, random, proxy, upstream, objects, knex, prefix } = options;
  let isWell = false;
  proxy.enter(id, {
    upstream,
    blind: false,
    fault: dryRun =>
      !isWell && !dryRun && random() < 0.4
        ? FAULTS[Math.floor(random() * FAULTS.length)]
        : undefined,
    lateMs: () => 300 + random() * 700,
    human: async () => {},
  });
  const wishes = new Map<string, Wish>(
    objects.map(({ name }, at) => [name, { value: 1 + at, revision: 0 }]),
  );
  const start = (at: number): ChildProcess => {
    const told: ReplicaOptions = {
      id,
      name: `${id}-${at}`,
      databaseUrl: options.databaseUrl,
      prefix,
      leaseName: options.leaseName,
      proxyUrl: proxy.url(id, '').replace(/\/$/, ''),
      upstream,
      objects,
      wishes: [...wishes],
      skewMs: at === 0 ? SKEW_MS : -SKEW_MS,
    };
    return spawnTypeScript('bench/faults/replica.ts', [JSON.stringify(told)]);
  };
  const replicas = [start(0), start(1)];
  await until(STARTS_MS, async () => {
    const { rows } = await knex.raw(
      'SELECT 1 FROM pg_stat_activity WHERE application_name LIKE ?',
      [`${id}-%`],
    );
    return rows.length > 0;
  });
  const wrongUntil = performance.now() + GOES_WRONG_MS;
  while (performance.now() < wrongUntil) {
    const replica = replicas[Math.floor(random() * replicas.length)];
    replica.kill('SIGSTOP');
    await sleep(random() * 900);
    replica.kill('SIGCONT');
    await sleep(random() * 150);
  }
  isWell = true;
  // One dies where it is; the other was stopped before it, and goes on when all is done.
  replicas[1].kill('SIGSTOP');
  replicas[0].kill('SIGKILL');
  const last = options.patient();
  const isDone = async () => {
    await cycle(
      last,
      { id, upstream, objects, wishes },
      new AbortController().signal,
    );
    const reads = await Promise.all(
      objects.map(object => readObject(upstream, object)),
    );
    return objects.every(
      ({ name }, at) => reads[at].value === wishes.get(name)!.value,
    );
  };
  await until(SETTLES_MS, isDone);
  replicas[1].kill('SIGCONT');
  await sleep(1000);
  replicas[1].kill('SIGKILL');
  await until(SETTLES_MS, async () => (await isDone()) && proxy.isIdle(id));
  await isDone();
  await last.close();
  const truth = await truthOf({
    knex,
    prefix,
    run: id,
    accepted: proxy.accepted(id),
    values: await Promise.all(
      objects.map(async object => ({
        wanted: wishes.get(object.name)!.value,
        is: (await readObject(upstream, object)).value,
      })),
    ),
  });
  proxy.leave(id);
  return truth;
}

async function until(ms: number, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo()) && performance.now() < end) {
    await sleep(20);
  }
}
