import { Knex } from 'knex';
import { TestPostgres, dump } from '../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
  sampled,
} from '../__testUtils__/FakeUsageSource';
import { runIngest, totalMicros } from '../__testUtils__/ingest';
import { StoredHour } from '../database/IngestStore';
import { SourcesStore } from '../database/SourcesStore';
import { reasonToKeep } from './degraded';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';
const LATER = '2026-01-10T13:30:00.000Z';
const NODE_HOUR = 1_200_000n;

/** The problem in every answer, for the hour when one is given. */
const problem = (code: string, hour?: string) => ({
  code,
  severity: 'warning' as const,
  message: `Something about ${code}`,
  hour,
});

/** A source of two nodes, or of one for some seconds. */
const nodes = (seconds?: number) =>
  FakeUsageSource.create(hour => ({
    nodes: seconds
      ? [node(hour, { upSeconds: seconds })]
      : [node(hour), node(hour, { node: 'node-2' })],
    containers: [container(hour)],
  }));

const problemsOf = async (knex: Parameters<typeof dump>[0], day: string) =>
  (await knex('cost_cluster_days').where({ day }).first()).problems.map(
    ({ code }: { code: string }) => code,
  );

describe('a degraded answer', () => {
  it('of hardly any nodes changes no stored hour', async () => {
    const knex = await postgres.migrated();
    await runIngest({ knex, source: nodes(), now: NOW });
    await runIngest({ knex, source: nodes(60), now: LATER });
    // Only the new hour is what it says.
    expect(await totalMicros(knex)).toBe(96n * NODE_HOUR + NODE_HOUR / 60n);
    expect(await problemsOf(knex, '2026-01-10')).toContain('answer-not-taken');
    expect(await problemsOf(knex, '2026-01-09')).toEqual([]);
  });

  it.each(['partial-answer', 'partial-hour', 'price-source', 'no-usage'])(
    'by %s changes no complete hour, and a good one clears the note',
    async code => {
      const reference = await postgres.migrated();
      await runIngest({ knex: reference, source: nodes(), now: LATER });
      const knex = await postgres.migrated();
      await runIngest({ knex, source: nodes(), now: NOW });
      const worse = FakeUsageSource.create();
      worse.problems = [problem(code)];
      await runIngest({ knex, source: worse, now: LATER });
      await runIngest({ knex, source: worse, now: LATER });
      expect(await totalMicros(knex)).toBe(97n * NODE_HOUR);
      expect(await problemsOf(knex, '2026-01-10')).toContain(
        'answer-not-taken',
      );

      await knex('cost_ingest_state').delete();
      await runIngest({ knex, source: nodes(), now: LATER });
      // The first run began an hour earlier than that of the reference.
      const [tables, expected] = [await dump(knex), await dump(reference)];
      expect(tables.cost_ingest_hours.slice(1)).toEqual(
        expected.cost_ingest_hours,
      );
      expect(await totalMicros(knex)).toBe(98n * NODE_HOUR);
    },
  );

  it('is stored as partial where there is none, and replaced by a complete one', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create(hour => ({
      nodes: [node(hour, hour >= '2026-01-10T10' ? { upSeconds: 1800 } : {})],
      containers: [container(hour)],
    }));
    source.problems = [
      problem('partial-hour', '2026-01-10T10:00:00.000Z'),
      problem('partial-hour', '2026-01-10T11:00:00.000Z'),
    ];
    await runIngest({ knex, source, now: NOW });
    expect(await totalMicros(knex)).toBe(47n * NODE_HOUR);
    const day = () =>
      knex('cost_cluster_days').where({ day: '2026-01-10' }).first();
    expect((await day()).hours_complete).toBe(10);
    const sources = SourcesStore.create({ knex });
    expect(await sources.gaps(new Date('2026-01-01T00:00:00Z'))).toEqual([
      {
        cluster: 'c1',
        start: '2026-01-10T10:00:00.000Z',
        end: '2026-01-10T12:00:00.000Z',
        hours: 2,
        reason: 'partial',
      },
    ]);

    await runIngest({ knex, source: FakeUsageSource.create(), now: LATER });
    expect((await day()).hours_complete).toBe(13);
    expect(await totalMicros(knex)).toBe(49n * NODE_HOUR);
    expect(await sources.gaps(new Date('2026-01-01T00:00:00Z'))).toEqual([]);
  });

  it('by a code of no weight, or as a remark, is a complete one', async () => {
    const knex = await postgres.migrated();
    const source = FakeUsageSource.create();
    source.problems = [
      problem('no-pod-labels'),
      { ...problem('partial-hour'), severity: 'info' },
    ];
    await runIngest({ knex, source, now: NOW });
    const hours = await knex('cost_ingest_hours').distinct('status');
    expect(hours).toEqual([{ status: 'complete' }]);
  });
});

describe('of two answers of which neither is whole', () => {
  const HALF = { upSeconds: 1800 };
  const HALF_SEEN = Array.from({ length: 12 }, (_, slot) =>
    slot < 6 ? 0.5 : null,
  );
  const PARTIAL = [problem('partial-hour')];
  const WITHOUT_PRICES = [...PARTIAL, problem('price-source')];

  /** What was said of all hours of two nodes. */
  const answer = (
    change: Parameters<typeof node>[1],
    used: Parameters<typeof sampled>[1],
    problems = PARTIAL,
  ) => {
    const source = FakeUsageSource.create(hour => ({
      nodes: [node(hour, change), node(hour, { ...change, node: 'node-2' })],
      containers: [
        sampled(hour, used),
        sampled(hour, { pod: 'api-1', workload: 'api', ...used }),
      ],
    }));
    source.problems = problems;
    return source;
  };
  const NO_USAGE = {
    cpuUsageCoreSeconds: undefined,
    memoryUsageByteSeconds: undefined,
    samples: undefined,
  };
  const HALF_USAGE = {
    cpuUsageCoreSeconds: 900,
    samples: { cpuCores: HALF_SEEN, memoryBytes: HALF_SEEN },
  };

  const usedMicros = async (knex: Knex) => {
    const { rows } = await knex.raw(
      'SELECT sum(cpu_used_micros + memory_used_micros)::text AS used FROM cost_hours',
    );
    return rows[0].used;
  };
  const notes = async (knex: Knex): Promise<string[]> => {
    const { rows } = await knex.raw(
      `SELECT DISTINCT p ->> 'message' AS note FROM cost_ingest_hours, jsonb_array_elements(problems) p
       WHERE p ->> 'code' = 'answer-not-taken'`,
    );
    return rows.map(({ note }: { note: string }) => note);
  };
  const readBoth = async (first: FakeUsageSource, second: FakeUsageSource) => {
    const knex = await postgres.migrated();
    await runIngest({ knex, source: first, now: NOW });
    const before = {
      total: await totalMicros(knex),
      used: await usedMicros(knex),
    };
    // The same hours again, from the start, and no new ones.
    await knex('cost_ingest_state').delete();
    await runIngest({ knex, source: second, now: NOW });
    return {
      knex,
      before,
      after: { total: await totalMicros(knex), used: await usedMicros(knex) },
    };
  };

  it.each([
    [
      'usage is gone',
      answer(HALF, {}),
      answer(HALF, NO_USAGE),
      '0 % of the container-hours with known usage',
    ],
    [
      'half of the samples are gone',
      answer(HALF, {}),
      answer(HALF, HALF_USAGE),
      '50 % of the container-hours with known usage',
    ],
    [
      'prices are gone',
      answer(HALF, {}),
      answer({ ...HALF, hourlyPrice: undefined }, {}, WITHOUT_PRICES),
      '0 % of the node-hours with a known price',
    ],
    [
      'a quarter of the time is gone',
      answer({ upSeconds: 2400 }, {}),
      answer(HALF, {}),
      '75 % of the node-hours and 75 % of the node-hours with a known price',
    ],
    [
      'usage is gone and a little time was found',
      answer(HALF, {}),
      answer({ upSeconds: 1830 }, NO_USAGE),
      '0 % of the container-hours with known usage, though more of the node-hours and of the node-hours with a known price',
    ],
  ])('the first is kept when %s', async (_, first, second, reason) => {
    const { knex, before, after } = await readBoth(first, second);
    expect(after).toEqual(before);
    expect(await notes(knex)).toEqual([
      `A later answer knew only ${reason}; the earlier one was kept`,
    ]);
    // As often as it is read.
    const once = await dump(knex);
    await knex('cost_ingest_state').delete();
    await runIngest({ knex, source: second, now: NOW });
    expect(await dump(knex)).toEqual(once);
  });

  it.each([
    ['it knows usage', answer(HALF, NO_USAGE), answer(HALF, {})],
    ['it knows more of usage', answer(HALF, HALF_USAGE), answer(HALF, {})],
    [
      'it knows more time, and a little less of usage',
      answer(HALF, {}),
      answer(
        {},
        {
          samples: {
            cpuCores: [null, ...Array(11).fill(0.5)],
            memoryBytes: Array(12).fill(2 ** 31),
          },
        },
      ),
    ],
    [
      'it knows prices',
      answer({ ...HALF, hourlyPrice: undefined }, {}, WITHOUT_PRICES),
      answer(HALF, {}),
    ],
    [
      'it knows as much and says something else',
      answer(HALF, {}),
      answer(HALF, { cpuUsageCoreSeconds: 1700 }),
    ],
  ])('the second is taken when %s', async (_, first, second) => {
    const { knex, after } = await readBoth(first, second);
    const reference = await postgres.migrated();
    await runIngest({ knex: reference, source: second, now: NOW });
    expect(after).toEqual({
      total: await totalMicros(reference),
      used: await usedMicros(reference),
    });
    expect(await notes(knex)).toEqual([]);
    expect(await dump(knex)).toEqual(await dump(reference));
  });

  it('is decided hour by hour', async () => {
    const better = '2026-01-10T03:00:00.000Z';
    const hours = answer(HALF, {});
    const worse = answer(HALF, NO_USAGE);
    const mixed = FakeUsageSource.create((hour, cluster) =>
      hour === better
        ? answer({}, {}).world(hour, cluster)
        : worse.world(hour, cluster),
    );
    mixed.problems = PARTIAL;
    const { before, after } = await readBoth(hours, mixed);
    // One of 48 hours of two nodes is now an hour rather than half of one.
    expect(before.total).toBe(48n * NODE_HOUR);
    expect(after.total).toBe(49n * NODE_HOUR);
  });
});

describe('a complete answer', () => {
  it('that knows usage of fewer than half leaves what is stored', async () => {
    const knex = await postgres.migrated();
    const seen = (pods: number) =>
      FakeUsageSource.create(hour => ({
        nodes: [node(hour)],
        containers: Array.from({ length: 3 }, (_, i) =>
          sampled(hour, {
            workload: `w-${i}`,
            ...(i >= pods && {
              cpuUsageCoreSeconds: undefined,
              memoryUsageByteSeconds: undefined,
              samples: undefined,
            }),
          }),
        ),
      }));
    await runIngest({ knex, source: seen(3), now: NOW });
    const before = await dump(knex);
    await knex('cost_ingest_state').delete();
    await runIngest({ knex, source: seen(1), now: NOW });
    const after = await dump(knex);
    expect(after.cost_hours).toEqual(before.cost_hours);
    expect(await problemsOf(knex, '2026-01-10')).toContain('answer-not-taken');

    await knex('cost_ingest_state').delete();
    await runIngest({ knex, source: seen(2), now: NOW });
    expect((await dump(knex)).cost_hours).not.toEqual(before.cost_hours);
    expect(await problemsOf(knex, '2026-01-10')).not.toContain(
      'answer-not-taken',
    );
  });

  it('of another source is not measured by how that one counts containers', () => {
    const stored: StoredHour = {
      status: 'partial',
      source: 'prometheus',
      contentHash: '',
      problems: [],
      known: {
        nodeHours: 2,
        pricedNodeHours: 2,
        containerHours: 90,
        usageHours: 90,
      },
    };
    const later = {
      known: {
        nodeHours: 2,
        pricedNodeHours: 2,
        containerHours: 30,
        usageHours: 30,
      },
      problems: [],
    };
    expect(reasonToKeep(stored, { ...later, source: 'opencost' })).toBe(
      undefined,
    );
    expect(reasonToKeep(stored, { ...later, source: 'prometheus' })).toBe(
      'fewer than half of the container-hours',
    );
  });
});
