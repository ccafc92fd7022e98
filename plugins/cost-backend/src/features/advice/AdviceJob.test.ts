import { mockServices } from '@backstage/backend-test-utils';
import { Steering, WorkloadRef } from '@headroom/common';
import {
  AdviceRule,
  ContainerAdvice,
  decodeDigest,
} from '@headroom/plugin-cost-common';
import {
  recomputeAdvice,
  RULE_MARGINS,
} from '@headroom/plugin-cost-common/testUtils';
import { Knex } from 'knex';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
  storeInventory,
} from '../../__testUtils__/advice';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = '2026-02-01T10:00:00.000Z';
const LAST_DAY = '2026-01-31';
const WEB: WorkloadRef = { namespace: 'shop', kind: 'Deployment', name: 'web' };
const signal = new AbortController().signal;

let knex: Knex;

beforeEach(async () => {
  knex = await postgres.migrated();
});

const seed = (change: Partial<Parameters<typeof seedContainer>[1]> = {}) =>
  seedContainer(knex, {
    ...WEB,
    days: 21,
    lastDay: LAST_DAY,
    usage: OVERSIZED,
    ...change,
  });

const run = (now = NOW, advice = {}) =>
  createAdviceJob({ knex, now, advice }).runIfDue(signal);

async function shown(): Promise<Record<string, ContainerAdvice>> {
  const { rows } = await knex.raw(
    `SELECT c.workload, t.advice FROM cost_advice a JOIN cost_containers c ON c.id = a.container_id
     JOIN cost_advice_details t USING (run_id, container_id)`,
  );
  return Object.fromEntries(
    rows.map((row: { workload: string; advice: ContainerAdvice }) => [
      row.workload,
      row.advice,
    ]),
  );
}

describe('AdviceJob', () => {
  it('advises what has digests, in worker threads', async () => {
    await seed();
    await storeInventory(knex, [WEB], { readAt: NOW });
    expect(await run()).toBe(true);
    const { web } = await shown();
    expect(web.status).toBe('change');
    expect(web.cpu.proposed?.request).toBeLessThan(0.4);
    expect(web.cpu.proposed?.request).toBeGreaterThanOrEqual(0.15);
    expect(web.memory.proposed?.request).toBeGreaterThanOrEqual(2 ** 30);
    // Every advice of a run is of the same whole days.
    expect(web.evidence.window).toEqual({
      start: '2026-01-04T00:00:00.000Z',
      end: '2026-02-01T00:00:00.000Z',
    });
    // 0.04 a core-hour, as the Cost tab charges it.
    expect(web.evidence.prices.cpuCoreHour).toBeCloseTo(40_000);
    expect(web.evidence.prices.memoryGibHour).toBeCloseTo(5_000);
    expect(BigInt(web.money!.listMicros)).toBeGreaterThan(0n);
  });

  it('stores numbers that can be recomputed from the stored evidence and digests', async () => {
    const id = await seed();
    await storeInventory(knex, [WEB], { readAt: NOW });
    await run();
    const { web } = await shown();
    const { start, end } = web.evidence.window;
    const rows = await knex('cost_digests')
      .where({ container_id: id })
      .where('starts_at', '>=', start)
      .where('starts_at', '<', end)
      .orderBy('day');
    const again = recomputeAdvice(
      web.evidence,
      rows.map(({ data }) => decodeDigest(data)),
    );
    expect(JSON.parse(JSON.stringify(again))).toEqual(web);
  });

  it('stays with the rule of the advice that is shown while none is clearly better', async () => {
    await seed();
    await storeInventory(knex, [WEB], { readAt: NOW });
    await run();
    const first = (await shown()).web.cpu.rule;
    const { kind, ...rule } = first as Extract<
      AdviceRule,
      { kind: 'daily-quantile' }
    >;
    expect(kind).toBe('daily-quantile');
    const stored = await knex('cost_advice').first();
    expect({
      days: stored.rule_days,
      quantile: stored.rule_quantile,
      margin: stored.rule_margin,
    }).toEqual(rule);

    // As if the fleet had been on the neighbour of that rule.
    const neighbour =
      RULE_MARGINS[RULE_MARGINS.findIndex(m => m === rule.margin) + 1];
    await knex('cost_advice').update({ rule_margin: neighbour });
    await run('2026-02-01T12:00:00.000Z');
    const { web } = await shown();
    expect(web.cpu.rule).toMatchObject({ ...rule, margin: neighbour });
    expect(web.evidence.previous).toEqual({ ...rule, margin: neighbour });
  });

  it('takes usage of the last day into pools, and what they give back', async () => {
    await seed();
    const { id: clusterId } = await knex('cost_clusters').first('id');
    await knex.raw(
      "CREATE TABLE cost_node_hours_all PARTITION OF cost_node_hours FOR VALUES FROM ('2026-01-01') TO ('2026-03-01')",
    );
    for (let hour = 0; hour < 24; hour++) {
      await knex('cost_node_hours').insert({
        cluster_id: clusterId,
        hour: new Date(Date.parse(`${LAST_DAY}T00:00:00Z`) + hour * 3_600_000),
        node_pool: 'general',
        instance_type: 'x',
        region: 'r1',
        capacity_type: 'on-demand',
        hourly_price: '0.02',
        origin: '{}',
        node_microhours: 2_000_000,
        cpu_core_microhours: 1_000_000,
        memory_byte_hours: 2 * 2 ** 30,
        gpu_device_microhours: 0,
        cpu_micros: 0,
        memory_micros: 0,
        gpu_micros: 0,
        storage_micros: 0,
        network_micros: 0,
      });
    }
    await storeInventory(knex, [WEB], { readAt: NOW });
    await run();
    const { pools } = await knex('cost_advice_runs').first();
    expect(pools).toEqual([
      {
        cluster: 'c1',
        nodePool: 'general',
        nodes: 2,
        minimumNodes: 0,
        nodeHourlyPrice: '0.02000000',
        nodeCapacity: { cpuCores: 0.5, memoryBytes: 2 ** 30, gpus: 0 },
        requested: { cpuCores: 1, memoryBytes: 2 * 2 ** 30, gpus: 0 },
      },
    ]);
    const [row] = await knex('cost_advice');
    // Memory needs more than one of the two nodes, so neither can go.
    expect(row.realisable_micros).toBe('0');
    expect(BigInt(row.list_micros)).toBeGreaterThan(0n);
  });

  it('withholds where nobody can say what steers a workload', async () => {
    await seed();
    await run();
    const unread = await shown();
    expect(unread.web.status).toBe('withheld');
    expect(unread.web.evidence.steering).toBeNull();
    expect(unread.web.cpu.reasons).toContainEqual(
      expect.objectContaining({ code: 'steering-unknown' }),
    );

    await storeInventory(knex, [WEB], { readAt: '2026-01-31T09:00:00.000Z' });
    await run('2026-02-01T11:30:00.000Z');
    const expired = await shown();
    expect(expired.web.evidence.steering).toBeNull();

    await storeInventory(knex, [WEB], { readAt: NOW });
    await run('2026-02-01T12:31:00.000Z');
    const { web } = await shown();
    expect(web.status).toBe('change');
    expect(web.evidence.steering).toEqual([]);
  });

  it('knows what steers a workload, and by whose appetite it is advised', async () => {
    await storeEntities(knex, [
      storedEntity({ lifecycle: 'experimental' }),
      storedEntity({
        entityRef: 'component:default/api',
        name: 'api',
        appetite: 'Critical',
      }),
    ]);
    await seed({ entityRef: 'component:default/web' });
    await seed({ name: 'api', entityRef: 'component:default/api' });
    const vpa: Steering = {
      kind: 'VerticalPodAutoscaler',
      name: 'web-vpa',
      target: WEB,
      updateMode: 'Off',
      controlled: [],
      recommendations: [],
    };
    await storeInventory(knex, [WEB], { readAt: NOW, steering: [vpa] });
    await run();
    const { web, api } = await shown();
    expect(web.evidence.steering).toEqual([vpa]);
    expect(web.evidence.appetite).toEqual({
      value: 'dev',
      origin: 'lifecycle',
    });
    expect(web.evidence.facts?.containersInPod).toBe(1);
    // A value nobody knows is reported, not guessed at.
    expect(api.evidence.appetite).toEqual({
      value: 'standard',
      origin: 'default',
    });
    const summaries = await knex('cost_advice').pluck('summary');
    expect(summaries).toContainEqual(
      expect.objectContaining({
        appetiteProblem: expect.stringMatching(
          /is "Critical"; it must be one of dev, standard, critical/,
        ),
      }),
    );
    expect(summaries).toContainEqual(
      expect.objectContaining({
        steeredBy: ['VerticalPodAutoscaler/web-vpa'],
      }),
    );
  });

  it('leaves out what is gone, keeps what is only scaled to zero', async () => {
    await seed({ lastDay: '2026-01-25' });
    await seed({ name: 'asleep', lastDay: '2026-01-25' });
    await seed({ name: 'unlisted' });
    await storeInventory(knex, [{ ...WEB, name: 'asleep' }], { readAt: NOW });
    await run();
    expect(Object.keys(await shown()).sort()).toEqual(['asleep', 'unlisted']);
  });

  it('advises the others when a digest is broken, and says so', async () => {
    await seed();
    const broken = await seed({ name: 'broken' });
    await knex('cost_digests')
      .where({ container_id: broken, day: LAST_DAY })
      .update({ data: Buffer.from('nonsense') });
    await run();
    expect(Object.keys(await shown())).toEqual(['web']);
    const { problems } = await knex('cost_advice_runs').first();
    expect(problems).toMatchObject([
      { code: 'advice-failed', subject: `container ${broken}` },
    ]);
  });
});

describe('when advice is computed', () => {
  it('is when there are digests, when it got old, or what it stands on grew', async () => {
    expect(await run()).toBe(false);
    await seed({ lastDay: '2026-01-30' });
    expect(await run()).toBe(true);
    const minutes = (n: number) =>
      new Date(Date.parse(NOW) + n * 60_000).toISOString();
    expect(await run(minutes(5))).toBe(false);

    await seed({ name: 'api' }); // another day is digested
    expect(await run(minutes(6))).toBe(true);
    expect(await run(minutes(30))).toBe(false);

    await storeInventory(knex, [WEB], { readAt: minutes(30) });
    expect(await run(minutes(31))).toBe(true);
    expect(await run(minutes(32))).toBe(false);
    expect(await run(minutes(33), { minimumDays: 7 })).toBe(true);
    expect(await run(minutes(90), { minimumDays: 7 })).toBe(false);
    expect(await run(minutes(94), { minimumDays: 7 })).toBe(true);
  });
});

describe('a run that is disturbed', () => {
  async function dump() {
    const rows = await knex('cost_advice')
      .orderBy('container_id')
      .select('container_id', 'status', 'list_micros', 'fingerprint');
    const { rows: details } = await knex.raw(
      'SELECT container_id, advice FROM cost_advice_details ORDER BY container_id, run_id',
    );
    return { rows, details };
  }

  it.each(['batch', 'computed'])(
    'and dies at "%s" shows nothing; the next one is as if it had been the first',
    async step => {
      await seed();
      await seed({ name: 'api' });
      await storeInventory(knex, [WEB], { readAt: NOW });
      const dying = createAdviceJob({
        knex,
        now: NOW,
        onStep: at => {
          if (at === step) {
            throw new Error('killed');
          }
        },
      });
      await expect(dying.runIfDue(signal)).rejects.toThrow('killed');
      expect((await dump()).rows).toEqual([]);
      // As a process leaves it that had no time to clean up.
      await knex.raw(
        `INSERT INTO cost_advice_runs (started_at, window_start, window_end, days, basis) VALUES (now(), now(), now(), 28, '')`,
      );
      await knex.raw(
        `INSERT INTO cost_advice_details SELECT id, 1, '{}' FROM cost_advice_runs`,
      );

      expect(await run()).toBe(true);
      const first = await dump();
      expect(first.rows).toHaveLength(2);
      expect(first.details).toHaveLength(2);
      expect(await knex('cost_advice_runs')).toHaveLength(1);

      // Once more is the same again.
      expect(await run('2026-02-01T11:00:00.000Z')).toBe(true);
      expect(await dump()).toEqual(first);
    },
  );

  it('stops when it is told to, and leaves nothing behind', async () => {
    await seed();
    const controller = new AbortController();
    controller.abort();
    await expect(
      createAdviceJob({ knex, now: NOW }).runIfDue(controller.signal),
    ).rejects.toThrow(/abort/i);
    expect(await knex('cost_advice_runs')).toEqual([]);
    expect(await knex('cost_advice_details')).toEqual([]);
  });

  it('goes on where its turn ended, and comes to the same', async () => {
    const id = await seed({ days: 14 });
    const others = 209;
    await knex.raw(
      `WITH made AS (
         INSERT INTO cost_containers (cluster_id, bucket, namespace, workload_kind, workload, container, link_stale)
         SELECT cluster_id, bucket, namespace, workload_kind, 'w-' || n, container, link_stale
         FROM cost_containers, generate_series(1, ?::integer) n WHERE id = ?
         RETURNING id
       )
       INSERT INTO cost_digests (container_id, cluster_id, day, starts_at, version, data)
       SELECT made.id, cluster_id, day, starts_at, version, data FROM cost_digests, made WHERE container_id = ?`,
      [others, id, id],
    );
    await run();
    const { rows: whole } = await dump();
    expect(whole).toHaveLength(others + 1);
    for (const table of [
      'cost_advice',
      'cost_advice_details',
      'cost_advice_runs',
    ]) {
      await knex(table).delete();
    }

    // Each turn ends after a batch.
    const turn = async (onBatch: (enough: AbortController) => void) => {
      const enough = new AbortController();
      let batches = 0;
      const job = createAdviceJob({
        knex,
        now: NOW,
        share: 0.99,
        onStep: step => {
          if (step === 'batch') {
            batches += 1;
            onBatch(enough);
          }
        },
      });
      return { shown: await job.runIfDue(signal, enough.signal), batches };
    };
    const first = await turn(enough => enough.abort());
    expect(first).toEqual({ shown: false, batches: 1 });
    expect((await dump()).rows).toEqual([]);
    const second = await turn(enough => enough.abort());
    expect(second).toEqual({ shown: false, batches: 1 });
    const last = await turn(() => undefined);
    expect(last).toEqual({ shown: true, batches: 1 });

    expect((await dump()).rows).toEqual(whole);
    expect(await knex('cost_advice_runs')).toHaveLength(1);
    expect(await knex('cost_advice_outcomes')).toEqual([]);
  });

  it('begins anew when the rules changed meanwhile', async () => {
    await seed();
    await storeInventory(knex, [WEB], { readAt: NOW });
    const enough = AbortSignal.abort();
    const begin = createAdviceJob({ knex, now: NOW });
    expect(await begin.runIfDue(signal, enough)).toBe(false);
    expect(await run(NOW, { minimumDays: 7 })).toBe(true);
    const { evidence } = (await shown()).web;
    expect(evidence.policy.minimumDays).toBe(7);
    const runs = await knex('cost_advice_runs').select('finished_at');
    expect(runs).toHaveLength(1);
  });

  it('and overtaken by another replica is thrown away: pages never mix two runs', async () => {
    await seed();
    await storeInventory(knex, [WEB], { readAt: NOW });
    let computed = 0;
    const job = () =>
      createAdviceJob({
        knex,
        now: NOW,
        onStep: step => {
          computed += step === 'computed' ? 1 : 0;
        },
      });
    // Whichever is first, the advice of one of them is what pages show.
    const runs = await Promise.all(
      [job(), job(), job()].map(each => each.runIfDue(signal)),
    );
    expect(computed).toBeGreaterThan(0);
    expect(runs).toContain(true);
    const ids = await knex('cost_advice').distinct().pluck('run_id');
    const [newest] = await knex('cost_advice_runs')
      .whereNotNull('finished_at')
      .orderBy('id', 'desc')
      .pluck('id');
    expect(ids).toEqual([newest]);
    expect(Object.keys(await shown())).toEqual(['web']);
  });

  it('says that advice was computed when it is shown, not when it is thrown away', async () => {
    await seed();
    await storeInventory(knex, [WEB], { readAt: NOW });
    const logger = mockServices.logger.mock();
    const job = createAdviceJob({ knex, now: NOW, logger });
    await knex.raw(
      `INSERT INTO cost_advice_runs (id, started_at, finished_at, window_start, window_end, days, basis, seconds)
       OVERRIDING SYSTEM VALUE VALUES (1000, '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-02', 1, 'another', 1)`,
    );
    await expect(job.runIfDue(signal)).resolves.toBe(false);
    expect(logger.info).not.toHaveBeenCalled();
    await knex('cost_advice_runs').delete();
    await expect(job.runIfDue(signal)).resolves.toBe(true);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringMatching(/^Advice on 1 containers/),
    );
  });
});
