/**
 * Whether anything is done twice, lost, or done by who should not any more: replicas of
 * the engine on one PostgreSQL, against APIs of Kubernetes over HTTP, while processes
 * stop, die and lose their answers, connections and leases.
 *
 * `--runs N` of them, `--seed S`, `--lanes L` at a time; every `--demoEvery`-th acts on
 * the demo cluster, the others on an API that answers at once; `--processes P` more have
 * replicas in processes of their own, with signals. `--mutation` breaks the
 * engine on purpose. Prints one JSON line; the last four are 0, or it exits with 1.
 */
import { parseArgs } from 'node:util';
import { startDemoCluster } from '@headroom/demo-cluster';
import { stderrLogger } from '../lib/logger';
import { createRandom } from '../lib/random';
import { ApiProxy } from './ApiProxy';
import { createFaultDatabase } from './database';
import { Instance, Mutation } from './Instance';
import { RunObject } from './cycle';
import { processRun } from './ProcessRun';
import { FaultRun } from './Run';
import { SmallApi } from './SmallApi';
import { isClean, NOTHING, RunTruth, sum } from './truth';

/** A world keeps what was done to it: a new one is made after so many runs. */
const RUNS_PER_DEMO = 5;
const HOUR_MS = 3600_000;
const LEASE = 'acting';

interface Options {
  runs: number;
  seed: number;
  lanes: number;
  demoEvery: number;
  processes: number;
  mutation?: Mutation;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      lanes: { type: 'string', default: '10' },
      demoEvery: { type: 'string', default: '25' },
      processes: { type: 'string', default: '2' },
      mutation: { type: 'string' },
    },
  });
  const whole = (
    name: 'runs' | 'seed' | 'lanes' | 'demoEvery' | 'processes',
  ) => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < 0) {
      throw new Error(
        `--${name} is "${values[name]}"; it takes a whole number`,
      );
    }
    return number;
  };
  const { mutation } = values;
  if (
    mutation !== undefined &&
    !['fence', 'preconditions', 'look'].includes(mutation)
  ) {
    throw new Error(
      `--mutation is "${mutation}"; it takes fence, preconditions or look`,
    );
  }
  return {
    runs: whole('runs'),
    seed: whole('seed'),
    lanes: Math.max(1, whole('lanes')),
    demoEvery: whole('demoEvery'),
    processes: whole('processes'),
    mutation: mutation as Mutation | undefined,
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  const began = performance.now();
  // Each lane has tables of its own: one engine acts on all of a table.
  const prefixes = Array.from(
    { length: options.lanes },
    (_, at) => `faults${at}`,
  );
  const database = await createFaultDatabase(prefixes);
  const proxy = await ApiProxy.start();
  const small = await SmallApi.start();
  let total = NOTHING;
  let next = 0;
  let demoTurn = Promise.resolve();
  let demo = { left: 0, stop: async () => {}, url: '' };

  const add = (id: string, truth: RunTruth): void => {
    total = sum(total, truth);
    if (!isClean(truth)) {
      process.stderr.write(`${id} ${JSON.stringify(truth)}\n`);
    }
  };

  const one = async (
    at: number,
    prefix: string,
    upstream: string,
    objects: RunObject[],
  ): Promise<void> => {
    const id = `r${options.seed}-${at}`;
    const truth = await FaultRun.create({
      id,
      random: createRandom(options.seed * 7919 + at),
      proxy,
      upstream,
      objects,
      knex: database.knex,
      prefix,
      leaseName: LEASE,
      blind: options.mutation === 'preconditions',
      instance: (name, listener, isPatient) =>
        Instance.create({
          databaseUrl: database.url,
          name,
          prefix,
          leaseName: LEASE,
          logger: stderrLogger(),
          apiUrl: token => proxy.url(id, token),
          at: listener,
          mutation: options.mutation,
          isPatient,
        }),
    }).run();
    add(id, truth);
  };

  const onSmall = async (at: number, prefix: string): Promise<void> => {
    const objects = Array.from({ length: 3 }, (_, index) => ({
      namespace: 'faults',
      name: `o${at}-${index}`,
      uid: `u${at}-${index}`,
    }));
    objects.forEach(({ namespace, name, uid }) =>
      small.add(namespace, name, uid, 10),
    );
    await one(at, prefix, small.url, objects);
    objects.forEach(({ namespace, name }) => small.remove(namespace, name));
  };

  const onDemo = async (at: number, prefix: string): Promise<void> => {
    if (demo.left === 0) {
      await demo.stop();
      demo = await startDemo();
    }
    demo.left -= 1;
    await one(at, prefix, demo.url, await demoObjects(demo.url));
  };

  const onProcesses = async (at: number, prefix: string): Promise<void> => {
    const id = `p${options.seed}-${at}`;
    const objects = Array.from({ length: 3 }, (_, index) => ({
      namespace: 'faults',
      name: `p${at}-${index}`,
      uid: `p${at}-${index}`,
    }));
    objects.forEach(({ namespace, name, uid }) =>
      small.add(namespace, name, uid, 10),
    );
    const truth = await processRun({
      id,
      random: createRandom(options.seed * 104729 + at),
      proxy,
      upstream: small.url,
      objects,
      knex: database.knex,
      databaseUrl: database.url,
      prefix,
      leaseName: LEASE,
      patient: () =>
        Instance.create({
          databaseUrl: database.url,
          name: `${id}-last`,
          prefix,
          leaseName: LEASE,
          logger: stderrLogger(),
          apiUrl: token => proxy.url(id, token),
          at: async () => {},
          isPatient: true,
        }),
    });
    add(id, truth);
  };

  const lane = async (prefix: string): Promise<void> => {
    while (next < options.runs) {
      const at = next;
      next += 1;
      if (options.demoEvery > 0 && at % options.demoEvery === 0) {
        // One at a time: its objects are few.
        demoTurn = demoTurn.then(() => onDemo(at, prefix));
        await demoTurn;
      } else {
        await onSmall(at, prefix);
      }
    }
  };
  try {
    // By themselves: their leases are as short, and they share the machine.
    for (let at = 0; at < options.processes; at += 1) {
      await onProcesses(at, prefixes[0]);
    }
    await Promise.all(prefixes.map(lane));
  } finally {
    await demo.stop();
    await small.stop();
    await proxy.stop();
    await database.drop();
  }
  const { actions, duplicated, lost, stale, unresolved }: RunTruth = total;
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stderr.write(`${seconds} s with seed ${options.seed}\n`);
  process.stdout.write(
    `${JSON.stringify({
      runs: options.runs + options.processes,
      actions,
      duplicated,
      lost,
      stale,
      unresolved,
    })}\n`,
  );
  process.exitCode = isClean(total) ? 0 : 1;
}

async function startDemo() {
  const running = await startDemoCluster({
    ports: { 'us-west': 0, 'eu-central': 0 },
    start: new Date(Date.now() - HOUR_MS),
  });
  return {
    left: RUNS_PER_DEMO,
    stop: () => running.stop(),
    url: running.urls['us-west'],
  };
}

/** HPAs that nobody else steers. */
async function demoObjects(url: string): Promise<RunObject[]> {
  const answer = await fetch(
    `${url}/apis/autoscaling/v2/horizontalpodautoscalers`,
  );
  const { items } = (await answer.json()) as {
    items: Array<{
      metadata: { namespace: string; name: string; uid: string };
    }>;
  };
  return items
    .map(({ metadata: { namespace, name, uid } }) => ({ namespace, name, uid }))
    .filter(({ name }) => !name.startsWith('keda-'))
    .slice(0, 3);
}

main().then(
  () => process.exit(),
  error => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(1);
  },
);
