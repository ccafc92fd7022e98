import { sumMicros } from '@headroom/common';
import { TestPostgres, dump } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  gpu,
  node,
  sampled,
} from '../../__testUtils__/FakeUsageSource';
import {
  createIngest,
  runIngest,
  storedEntity,
  storeEntities,
  totalMicros,
} from '../../__testUtils__/ingest';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';

/** Price of the one node: 1.2 an hour. */
const NODE_HOUR = 1_200_000n;

describe('IngestService', () => {
  it('reads closed hours and the back-fill, and sums days', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    await runIngest({ knex, source, now: NOW });

    expect(await totalMicros(knex, 'cost_hours')).toBe(48n * NODE_HOUR);
    expect(await totalMicros(knex)).toBe(48n * NODE_HOUR);
    const days = await knex('cost_cluster_days').select('micros');
    expect(sumMicros(days.map(({ micros }) => BigInt(micros)))).toBe(
      48n * NODE_HOUR,
    );
    const state = await knex('cost_ingest_state').first();
    expect(state.watermark.toISOString()).toBe('2026-01-10T12:00:00.000Z');
    expect(state.backfill_cursor.toISOString()).toBe(
      '2026-01-08T12:00:00.000Z',
    );
    // One hour to see how much an hour is, then all at once.
    expect(source.asked.map(({ start, end }) => [start, end])).toEqual([
      ['2026-01-09T12:00:00.000Z', '2026-01-09T13:00:00.000Z'],
      ['2026-01-09T13:00:00.000Z', '2026-01-10T12:00:00.000Z'],
      ['2026-01-08T12:00:00.000Z', '2026-01-09T12:00:00.000Z'],
    ]);
    expect(await knex('cost_dirty_days')).toEqual([]);
  });

  it('does not read an hour that has not settled', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    await runIngest({ knex, source, now: '2026-01-10T12:04:59.000Z' });
    const state = await knex('cost_ingest_state').first();
    expect(state.watermark.toISOString()).toBe('2026-01-10T11:00:00.000Z');
  });

  it('changes nothing when it runs again', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    await storeEntities(knex, [storedEntity()]);
    await runIngest({ knex, source, now: NOW });
    const once = await dump(knex);
    await runIngest({ knex, source, now: NOW });
    expect(await dump(knex)).toEqual(once);
    expect(once.cost_links).toHaveLength(1);

    // Also when everything is read again from the start.
    await knex('cost_ingest_state').delete();
    await runIngest({ knex, source, now: NOW });
    expect(await dump(knex)).toEqual(once);
  });

  it('is as if it had run once when it is killed at any step', async () => {
    // Labels, prices and workloads change on the way, so that order matters.
    const world: FakeUsageSource['world'] = hour => ({
      nodes: [node(hour, hour > '2026-01-09T20' ? { hourlyPrice: '2' } : {})],
      containers: [
        sampled(hour, {
          image: hour > '2026-01-09T20' ? 'web:2' : 'web:1',
          labels: {
            'backstage.io/kubernetes-id':
              hour > '2026-01-09T18' ? 'web' : 'old',
          },
        }),
        ...(hour > '2026-01-09T15'
          ? [sampled(hour, { pod: 'api-1', workload: 'api' })]
          : []),
      ],
      devices: [
        gpu(hour, { powerWatts: Number(hour.slice(11, 13)) }),
        ...(hour > '2026-01-09T15'
          ? [
              gpu(hour, {
                board: 'GPU-2',
                tenants: [],
                model: hour > '2026-01-09T20' ? 'B' : 'A',
              }),
            ]
          : []),
      ],
    });
    const config = { cost: { ingest: { backfill: { hours: 30 } } } };
    const options = { now: NOW, config };
    const reference = await postgres.migrated();
    await storeEntities(reference, [storedEntity()]);
    const steps: string[] = [];
    await runIngest({
      ...options,
      knex: reference,
      source: FakeUsageSource.create(world),
      onStep: step => steps.push(step),
    });
    const expected = await dump(reference);
    expect(expected.cost_digests.length).toBe(4);
    expect(expected.cost_gpu_days.length).toBe(4);
    expect(expected.cost_dirty_usage).toEqual([]);

    // Die at every kind of step, early and late in the run, again and again.
    const knex = await postgres.migrated();
    await storeEntities(knex, [storedEntity()]);
    const kinds = [...new Set(steps)];
    expect(kinds.length).toBeGreaterThan(10);
    let deaths = 0;
    for (const nth of [1, 3, 7]) {
      for (const kind of kinds) {
        let seen = 0;
        const run = runIngest({
          ...options,
          knex,
          source: FakeUsageSource.create(world),
          onStep: step => {
            seen += step === kind ? 1 : 0;
            if (step === kind && seen === nth) {
              throw new Error('killed');
            }
          },
        });
        deaths += await run.then(
          () => 0,
          () => 1,
        );
      }
    }
    expect(deaths).toBeGreaterThan(kinds.length);
    await runIngest({
      ...options,
      knex,
      source: FakeUsageSource.create(world),
    });
    expect(await dump(knex)).toEqual(expected);
  });

  it('gives the same when two replicas run at once', async () => {
    const one = await postgres.migrated();
    await runIngest({ knex: one, source: FakeUsageSource.create(), now: NOW });
    const two = await postgres.migrated();
    await Promise.all([
      runIngest({ knex: two, source: FakeUsageSource.create(), now: NOW }),
      runIngest({ knex: two, source: FakeUsageSource.create(), now: NOW }),
    ]);
    expect(await dump(two)).toEqual(await dump(one));
  });

  it('corrects history inside the late horizon and leaves the rest', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    let now = NOW;
    const ingest = createIngest({ knex, source, now: () => now });
    await ingest.runOnce(new AbortController().signal);

    source.world = hour => ({
      nodes: [node(hour, { hourlyPrice: '2.2' })],
      containers: [container(hour)],
    });
    now = '2026-01-10T13:30:00.000Z';
    await ingest.runOnce(new AbortController().signal);
    // One new hour and six late ones cost 1 more each.
    expect(await totalMicros(knex)).toBe(49n * NODE_HOUR + 7n * 1_000_000n);
    expect(source.asked.at(-1)).toEqual({
      cluster: 'c1',
      start: '2026-01-10T06:00:00.000Z',
      end: '2026-01-10T13:00:00.000Z',
    });
  });

  it('keeps what it has when a late answer is empty', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    await runIngest({ knex, source, now: NOW });
    source.world = () => ({ nodes: [], containers: [] });
    await runIngest({ knex, source, now: '2026-01-10T13:30:00.000Z' });
    expect(await totalMicros(knex)).toBe(48n * NODE_HOUR);
    const gaps = await knex('cost_ingest_hours').where({ status: 'missing' });
    expect(
      gaps.map(({ hour, reason }) => [hour.toISOString(), reason]),
    ).toEqual([['2026-01-10T12:00:00.000Z', 'empty-answer']]);
  });

  it.each([
    [
      'no-data',
      (source: FakeUsageSource, hour: string) => source.missing.add(hour),
    ],
    [
      'no-nodes',
      (source: FakeUsageSource, gap: string) => {
        source.world = hour => ({
          nodes: hour === gap ? [] : [node(hour)],
          containers: [container(hour)],
        });
      },
    ],
  ])('leaves a gap, not a zero: %s', async (reason, script) => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    script(source, '2026-01-10T03:00:00.000Z');
    await runIngest({ knex, source, now: NOW });
    const hours = await knex('cost_ingest_hours').where({ status: 'missing' });
    expect(hours).toMatchObject([{ reason }]);
    const day = await knex('cost_cluster_days')
      .where({ day: '2026-01-10' })
      .first();
    expect(day.hours_complete).toBe(11);
    expect(await knex('cost_hours').where({ hour: hours[0].hour })).toEqual([]);
  });

  it('says since when a source is down, goes on with others, and catches up', async () => {
    const knex = await postgres.migrated();
    const config = {
      clusters: ['c1', 'c2'].map(name => ({
        name,
        prometheus: { url: 'http://prometheus.example.com' },
      })),
    };
    const source = FakeUsageSource.create();
    await runIngest({ knex, source, now: NOW, config });
    source.failure = ({ cluster }) =>
      cluster.name === 'c1'
        ? new Error('http://user:secret@host said no')
        : undefined;
    await runIngest({ knex, source, now: '2026-01-10T14:30:00.000Z', config });
    await runIngest({ knex, source, now: '2026-01-10T15:30:00.000Z', config });

    const states = await knex('cost_ingest_state as s')
      .join('cost_clusters as k', 'k.id', 's.cluster_id')
      .orderBy('k.name');
    expect(states[0].down_since.toISOString()).toBe('2026-01-10T14:30:00.000Z');
    expect(states[0].last_error).not.toContain('secret');
    expect(states[0].watermark.toISOString()).toBe('2026-01-10T12:00:00.000Z');
    expect(states[1].down_since).toBeNull();
    expect(states[1].watermark.toISOString()).toBe('2026-01-10T15:00:00.000Z');
    const gaps = await knex('cost_ingest_hours').where({ status: 'missing' });
    expect(gaps.map(({ reason }) => reason)).toEqual(
      Array(3).fill('source-down'),
    );

    source.failure = () => undefined;
    await runIngest({ knex, source, now: '2026-01-10T16:30:00.000Z', config });
    const after = await knex('cost_ingest_state').whereNotNull('down_since');
    expect(after).toEqual([]);
    expect(await totalMicros(knex)).toBe(2n * 52n * NODE_HOUR);
  });

  it('reads new hours of every cluster before the history of any, then in turns', async () => {
    const knex = await postgres.migrated();
    const clusters = ['c1', 'c2', 'c3'].map(name => ({
      name,
      prometheus: { url: 'http://prometheus.example.com' },
    }));
    const config = {
      clusters,
      cost: { ingest: { backfill: { hours: 72 }, concurrency: 1 } },
    };
    const source = FakeUsageSource.create();
    let now = NOW;
    const ingest = createIngest({
      knex,
      source,
      config,
      now: () => now,
      onStep: () => {
        // An hour passes while the first piece of history is read.
        now = source.asked.length === 7 ? '2026-01-10T13:30:00.000Z' : now;
      },
    });
    await ingest.runOnce(new AbortController().signal);

    const [first, live] = [
      '2026-01-09T12:00:00.000Z',
      '2026-01-09T13:00:00.000Z',
    ];
    const asked = source.asked.map(({ cluster, start }) => [cluster, start]);
    expect(asked.slice(0, 6)).toEqual([
      ['c1', first],
      ['c1', live],
      ['c2', first],
      ['c2', live],
      ['c3', first],
      ['c3', live],
    ]);
    const late = '2026-01-10T06:00:00.000Z';
    const [day, twoDays] = [
      '2026-01-08T12:00:00.000Z',
      '2026-01-07T12:00:00.000Z',
    ];
    expect(asked.slice(6)).toEqual([
      ['c1', day],
      ['c2', late],
      ['c2', day],
      ['c3', late],
      ['c3', day],
      ['c1', late],
      ['c1', twoDays],
      ['c2', twoDays],
      ['c3', twoDays],
    ]);
    expect(await totalMicros(knex)).toBe(3n * 73n * NODE_HOUR);
    expect(await knex('cost_dirty_days')).toEqual([]);
  });

  it('steps over an hour that a source can never answer for', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    const poison = new Date('2026-01-10T02:00:00.000Z');
    source.failure = ({ start, end }) =>
      start <= poison && poison < end
        ? new Error('too many samples')
        : undefined;
    await runIngest({ knex, source, now: NOW });
    const gaps = await knex('cost_ingest_hours').where({ status: 'missing' });
    expect(
      gaps.map(({ hour, reason }) => [hour.toISOString(), reason]),
    ).toEqual([[poison.toISOString(), 'source-error']]);
    expect(await totalMicros(knex)).toBe(47n * NODE_HOUR);
  });

  it('stops between hours when its time is up, and goes on from there', async () => {
    const knex = await postgres.migrated();
    const controller = new AbortController();
    let hours = 0;
    const ingest = createIngest({
      knex,
      source: FakeUsageSource.create(),
      now: NOW,
      onStep: step => {
        hours += step === 'hour-committed' ? 1 : 0;
        if (hours === 5) {
          controller.abort();
        }
      },
    });
    await ingest.runOnce(controller.signal);
    expect(await knex('cost_ingest_hours')).toHaveLength(5);
    await runIngest({ knex, source: FakeUsageSource.create(), now: NOW });
    expect(await totalMicros(knex)).toBe(48n * NODE_HOUR);
  });

  it.each([
    // Clocks go forward on 29 March and back on 25 October 2026.
    ['2026-03-31T00:30:00.000Z', '2026-03-29', 23n],
    ['2026-10-27T00:30:00.000Z', '2026-10-25', 25n],
  ])('at %s the day %s had %s hours', async (now, day, hours) => {
    const knex = await postgres.migrated();
    const config = {
      timezone: 'Europe/Berlin',
      cost: { ingest: { backfill: { hours: 96 } } },
    };
    await runIngest({ knex, source: FakeUsageSource.create(), now, config });
    const { rows } = await knex.raw(
      'SELECT sum(cpu_micros + memory_micros)::text AS total FROM cost_days WHERE day = ?',
      [day],
    );
    expect(BigInt(rows[0].total)).toBe(hours * NODE_HOUR);
  });

  it('sums days again when the zone changes', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    await runIngest({ knex, source, now: NOW });
    await runIngest({
      knex,
      source,
      now: NOW,
      config: { timezone: 'Asia/Kolkata' },
    });
    const days = await knex('cost_cluster_days')
      .orderBy('day')
      .select('hours_complete');
    // 12:00 UTC is 17:30 there; the day starts at 18:30 UTC of the day before.
    expect(days.map(({ hours_complete }) => hours_complete)).toEqual([
      7, 24, 17,
    ]);
    expect(await totalMicros(knex)).toBe(48n * NODE_HOUR);
  });

  it('sums a hundred thousand rows of less than a cent', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create(hour => ({
      nodes: [node(hour, { cpuCores: 5000, hourlyPrice: '49.999999' })],
      containers: Array.from({ length: 5000 }, (_, i) =>
        container(hour, {
          pod: `p-${i}`,
          workload: `w-${i}`,
          cpuRequestCoreSeconds: 360 + i,
          memoryRequestByteSeconds: 0,
          memoryUsageByteSeconds: 0,
          cpuUsageCoreSeconds: 0,
        }),
      ),
    }));
    const config = { cost: { ingest: { backfill: { hours: 21 } } } };
    await runIngest({ knex, source, now: NOW, config });
    const rows = await knex('cost_hours').count({ count: '*' }).first();
    expect(Number(rows?.count)).toBeGreaterThan(100_000);
    expect(await totalMicros(knex, 'cost_hours')).toBe(21n * 49_999_999n);
    expect(await totalMicros(knex)).toBe(21n * 49_999_999n);
  });
});
