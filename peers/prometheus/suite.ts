import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Knex } from 'knex';
import { computeCosts, IndependentCosts } from './independent/computeCosts';
import {
  clusterAt,
  costOfServices,
  createWorldDatabase,
  createSource,
  digest,
  ingest,
  nodeMicros,
} from './ingest';
import { loadSeries } from './load';
import { PrometheusServer } from './PrometheusServer';
import { generate } from './world/generate';
import { gpuBusyShare } from './world/gpus';
import { NODES } from './world/nodes';
import { PODS } from './world/pods';
import { GAP, HOURS, KSM_RESTART, START_SECONDS } from './world/time';

const CACHE = path.resolve(__dirname, '../../.headroom/peers/prometheus');
/** Windows the ingest reads before Prometheus is killed: half of the 14 days. */
const WINDOWS_BEFORE_KILL = 7;
const QUERIES_ALLOWED = 15;
const TOLERANCE = 0.001;

let server: PrometheusServer;
let independent: IndependentCosts;
let database: { knex: Knex; drop(): Promise<void> };
let queriesOfIngest: number;

const hourAt = (index: number) =>
  new Date((START_SECONDS + index * 3600) * 1000);
const { signal } = new AbortController();

async function observe(from: number, to: number) {
  return createSource().observe({
    cluster: clusterAt(server.url),
    start: hourAt(from),
    end: hourAt(to),
    signal,
  });
}

before(async () => {
  const started = Date.now();
  const series = generate();
  independent = computeCosts(series);
  const { directory, samples, reused } = await loadSeries(CACHE, series);
  server = await PrometheusServer.create(directory);
  await server.start();
  process.stdout.write(
    `${series.length} series, ${samples} samples ${
      reused ? 'kept from before' : 'loaded'
    } in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );

  database = await createWorldDatabase();
  const ingestStarted = Date.now();
  const answered = await server.queriesAnswered();
  await ingest(database.knex, server.url);
  queriesOfIngest = (await server.queriesAnswered()) - answered;
  process.stdout.write(
    `${HOURS} hours ingested with ${queriesOfIngest} queries in ${(
      (Date.now() - ingestStarted) /
      1000
    ).toFixed(1)} s\n`,
  );
});

after(async () => {
  await database?.drop();
  await server?.stop();
});

describe('14 days of a cluster in a real Prometheus', () => {
  it('holds more than 40 containers on 9 nodes, 5 of them with GPUs', async () => {
    const names = PODS.flatMap(pod =>
      pod.containers.map(({ name }) =>
        [
          pod.namespace,
          pod.top?.name === 'reports' ? 'reports' : pod.name,
          name,
        ].join('/'),
      ),
    );
    // A pod that was replaced under another name is the same replica.
    const successors = PODS.filter(pod => pod.from > 0 && !pod.completes)
      .filter(pod =>
        PODS.every(other => other === pod || other.name !== pod.name),
      )
      .filter(pod => pod.service !== 'images')
      .reduce((count, pod) => count + pod.containers.length, 0);
    assert.equal(new Set(names).size - successors, 49);
    assert.equal(NODES.length, 9);
    assert.equal(NODES.filter(({ gpus }) => gpus > 0).length, 5);
  });

  it('costs every service what the samples say, to 0.1 %', async () => {
    const costs = await costOfServices(database.knex);
    assert.deepEqual(
      [...costs.keys()].sort(),
      [...independent.services.keys()].sort(),
    );
    let worst = 0;
    for (const [service, expected] of independent.services) {
      const actual = costs.get(service) ?? 0;
      const error = actual / expected - 1;
      worst = Math.max(worst, Math.abs(error));
      process.stdout.write(
        `${(service || '(nobody)').padEnd(10)} ${actual
          .toFixed(6)
          .padStart(12)} $  samples ${expected.toFixed(6).padStart(12)} $  ${(
          error * 100
        ).toFixed(4)} %\n`,
      );
    }
    assert.ok(worst <= TOLERANCE, `off by ${(worst * 100).toFixed(4)} %`);
  });

  it('sums to the price of the nodes, to the micro', async () => {
    const micros = await nodeMicros(database.knex);
    process.stdout.write(`nodes ${micros} micros\n`);
    assert.equal(micros, independent.nodesMicros);
  });

  it('leaves the gap a gap, and says which hours were seen in part', async () => {
    const { rows } = await database.knex.raw(
      'SELECT hour, status, problems FROM cost_ingest_hours ORDER BY hour',
    );
    assert.equal(rows.length, HOURS);
    const missing = rows
      .filter((row: { status: string }) => row.status === 'missing')
      .map((row: { hour: Date }) => row.hour.toISOString());
    assert.deepEqual(
      missing,
      independent.missingHours.map(hour => hourAt(hour).toISOString()),
    );
    assert.deepEqual(missing, [hourAt(Math.ceil(GAP.from / 60)).toISOString()]);
    const inGap = await database
      .knex('cost_hours')
      .whereIn('hour', missing)
      .count({ count: '*' })
      .first();
    assert.equal(Number(inGap?.count), 0);

    const partial = rows
      .filter((row: { problems: Array<{ code: string }> }) =>
        row.problems.some(({ code }) => code === 'partial-hour'),
      )
      .map((row: { hour: Date }) => row.hour.toISOString());
    assert.deepEqual(
      partial,
      [KSM_RESTART.from, GAP.from, GAP.to]
        .map(minute => hourAt(Math.floor(minute / 60)).toISOString())
        .sort(),
    );
  });

  it('takes at most 15 queries a cluster-hour', async () => {
    const { queries } = await observe(30, 31);
    process.stdout.write(
      `${queries} queries for one hour, ${(queriesOfIngest / HOURS).toFixed(
        2,
      )} an hour for all\n`,
    );
    assert.ok(queries <= QUERIES_ALLOWED);
    assert.ok(queriesOfIngest / HOURS <= QUERIES_ALLOWED);
  });

  it('says the same of an hour asked alone and in a day', async () => {
    const day = Math.floor(KSM_RESTART.from / 1440) * 24;
    const whole = await observe(day, day + 24);
    for (const hour of [0, 3, 4, 23]) {
      const alone = await observe(day + hour, day + hour + 1);
      const at = hourAt(day + hour).toISOString();
      assert.deepEqual(
        alone.nodes,
        whole.nodes.filter(node => node.hour === at),
      );
      assert.deepEqual(
        alone.containers,
        whole.containers.filter(container => container.hour === at),
      );
      assert.deepEqual(
        alone.problems,
        whole.problems.filter(problem => problem.hour === at),
      );
      assert.ok(alone.containers.length >= 38);
    }
  });

  it('finds the workload at the top, whatever owns the pod', async () => {
    const { containers } = await observe(1, 2);
    const found = new Set(
      containers.map(
        ({ workloadKind, workload }) => `${workloadKind}/${workload}`,
      ),
    );
    for (const { owner, top, name, from, to } of PODS) {
      if (from < 60 && to > 120) {
        const expected = top ?? owner ?? { kind: 'Pod', name };
        assert.ok(
          found.has(`${expected.kind}/${expected.name}`),
          `${expected.kind}/${expected.name}`,
        );
      }
    }
    assert.ok(found.has('CronJob/reports'));
    assert.ok(![...found].some(kind => /^(ReplicaSet|Job)\//.test(kind)));
  });

  it('reads GPUs of two jobs once, and sets impossible readings aside', async () => {
    const { containers, problems } = await observe(8 * 24, 9 * 24);
    const busy = (workload: string) => {
      const rows = containers.filter(one => one.workload === workload);
      const reserved = rows.map(one => one.gpuRequestDeviceSeconds ?? 0);
      const used = rows.map(one => one.gpuBusyDeviceSeconds ?? NaN);
      return sum(used) / sum(reserved);
    };
    // gpu-1 has engine activity; gpu-2 only "some kernel ran", 1.5 times as much.
    assert.ok(Math.abs(busy('embedder') - 0.35 * 1.25) < 0.02);
    const embedder = containers.filter(
      ({ workload }) => workload === 'embedder',
    );
    assert.equal(
      sum(embedder.map(one => one.gpuRequestDeviceSeconds ?? 0)),
      4 * 86_400,
    );
    assert.ok(problems.some(({ code }) => code === 'gpu-reading-impossible'));
  });

  it('prices and reads MIG instances by their profiles', async () => {
    const { containers, devices } = await observe(5 * 24, 6 * 24);
    const of = (workload: string) =>
      containers.filter(one => one.workload === workload);
    const reserved = (workload: string) =>
      sum(of(workload).map(one => one.gpuRequestDeviceSeconds ?? NaN)) / 86_400;
    assert.ok(Math.abs(reserved('llm') - 1 / 2) < 1e-9);
    assert.ok(Math.abs(reserved('rerank') - 1 / 7) < 1e-9);
    for (const service of ['llm', 'rerank']) {
      const busy =
        sum(of(service).map(one => one.gpuBusyDeviceSeconds ?? NaN)) /
        (reserved(service) * 86_400);
      assert.ok(
        Math.abs(busy - gpuBusyShare(service)) < 0.02,
        `${service} ${busy}`,
      );
    }
    const ofHour = devices!.filter(
      ({ node, hour }) => node === 'mig-1' && hour === devices![0].hour,
    );
    assert.deepEqual(
      ofHour
        .map(({ instance, profile, tenants, tenantsKnown, basis }) => [
          instance,
          profile,
          tenants.map(({ pod }) => pod.split('-')[0]),
          tenantsKnown,
          basis,
        ])
        .sort(),
      [
        ['1', '3g.40gb', ['llm'], true, 'engine-active'],
        ['7', '1g.10gb', ['rerank'], true, 'engine-active'],
        ['8', '1g.10gb', [], true, 'engine-active'],
      ],
    );
    // What no instance covers is stranded.
    const covered = sum(ofHour.map(({ boardShare }) => boardShare));
    assert.ok(Math.abs(covered - (1 / 2 + 2 / 7)) < 1e-9);
  });

  it('counts a board that pods share once', async () => {
    const { containers, devices } = await observe(5 * 24, 5 * 24 + 6);
    const board = devices!.filter(({ node }) => node === 'sliced-1');
    assert.equal(board.length, 6);
    for (const { tenants, busyShare, sharing, replicas } of board) {
      assert.deepEqual(
        [tenants.length, sharing, replicas],
        [3, 'time-slicing', 4],
      );
      assert.ok(busyShare!.every(share => share! > 0.3 && share! < 0.5));
    }
    const taggers = containers.filter(({ workload }) => workload === 'tagger');
    for (const { gpuRequestDeviceSeconds, gpuBusyDeviceSeconds } of taggers) {
      assert.equal(gpuRequestDeviceSeconds, 900);
      assert.ok(Math.abs(gpuBusyDeviceSeconds! / 900 - 0.4) < 0.08);
    }
  });

  it('does not believe profiling counters that read 0 while kernels run', async () => {
    const { containers, devices, problems } = await observe(48, 50);
    const [first] = devices!.filter(({ node }) => node === 'silent-1');
    assert.equal(first.basis, 'utilisation');
    assert.deepEqual(first.busyShare, Array(12).fill(0.99));
    assert.equal(first.setAside['profiling-silent'], 60);
    const [whisper] = containers.filter(one => one.workload === 'whisper');
    assert.equal(whisper.gpuBusyDeviceSeconds, 3600 * 0.99);
    assert.ok(problems.some(({ code }) => code === 'gpu-profiling-silent'));
  });

  it('samples every container by five minutes', async () => {
    const { containers } = await observe(30, 31);
    const steady = containers.filter(one => one.runSeconds === 3600);
    assert.ok(steady.length >= 40);
    for (const { pod, samples, cpuUsageCoreSeconds } of steady) {
      const cores = samples?.cpuCores ?? [];
      assert.equal(cores.length, 12);
      const mean = sum(cores.map(each => each ?? NaN)) / 12;
      const hour = cpuUsageCoreSeconds! / 3600;
      assert.ok(Math.abs(mean / hour - 1) < 0.05, `${pod} ${mean} ${hour}`);
      assert.ok(samples!.memoryBytes!.every(each => each! > 0));
    }
  });

  it('dates limits and a kill for lack of memory', async () => {
    const hour = 7 * 24 + 14;
    const { containers } = await observe(hour - 2, hour + 3);
    const billing = containers.filter(({ workload }) => workload === 'billing');
    const kills = billing
      .filter(({ oomKills }) => oomKills)
      .map(({ hour: at, oomKills, restarts, startedAt }) => [
        at,
        oomKills,
        restarts,
        startedAt,
      ]);
    const restartedAt = new Date(hourAt(hour).getTime() + 12 * 60_000);
    assert.deepEqual(kills, [
      [hourAt(hour).toISOString(), 1, 1, restartedAt.toISOString()],
    ]);
    assert.ok(
      billing.every(
        ({ memoryLimitBytes, specKnown, image }) =>
          memoryLimitBytes === 2 ** 30 && specKnown && image,
      ),
    );
  });

  it('knows since when there is data', async () => {
    const earliest = await createSource().earliest(
      clusterAt(server.url),
      signal,
    );
    assert.equal(earliest?.toISOString(), hourAt(0).toISOString());
  });

  it('comes to the same when Prometheus is killed half-way and started again', async () => {
    const other = await createWorldDatabase();
    try {
      let windows = 0;
      await ingest(other.knex, server.url, step => {
        windows += step === 'window-done' ? 1 : 0;
        if (windows === WINDOWS_BEFORE_KILL) {
          server.kill();
        }
      });
      await server.exited();
      const half = await other.knex('cost_ingest_state').first();
      assert.notEqual(half.down_since, null);
      assert.match(half.last_error, /Prometheus of cluster peer/);
      const stored = await other
        .knex('cost_ingest_hours')
        .where({ status: 'complete' })
        .count({ count: '*' })
        .first();
      assert.ok(Number(stored?.count) < HOURS - 24);
      assert.ok(Number(stored?.count) >= (WINDOWS_BEFORE_KILL - 1) * 24);

      await server.start();
      await ingest(other.knex, server.url);
      const state = await other.knex('cost_ingest_state').first();
      assert.equal(state.down_since, null);
      assert.equal(await digest(other.knex), await digest(database.knex));
    } finally {
      await other.drop();
    }
  });

  it('changes nothing when it is read again', async () => {
    const stored = await digest(database.knex);
    await ingest(database.knex, server.url);
    assert.equal(await digest(database.knex), stored);
  });
});

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
