import { Knex } from 'knex';
import { TestPostgres, dump } from '../../__testUtils__/database';
import {
  FakeUsageSource,
  node,
  sampled,
} from '../../__testUtils__/FakeUsageSource';
import { runIngest, totalMicros } from '../../__testUtils__/ingest';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';
const NODE_HOUR = 1_200_000n;

/** The problem in every answer. */
const problem = (code: string) => ({
  code,
  severity: 'warning' as const,
  message: `Something about ${code}`,
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
  /** The same with a volume and traffic that is paid for. */
  const withStorage = () => {
    const source = answer(HALF, {});
    const { world } = source;
    source.world = (hour, cluster) => ({
      ...world(hour, cluster)!,
      volumes: [
        {
          hour,
          namespace: 'shop',
          claim: 'data',
          capacityByteSeconds: 100 * 2 ** 30 * 3600,
          pods: ['web-1'],
        },
      ],
      network: [
        { hour, namespace: 'shop', pod: 'web-1', internetBytes: 2 ** 30 },
      ],
    });
    return source;
  };
  const NO_REQUESTS = {
    cpuRequestCoreSeconds: 0,
    memoryRequestByteSeconds: 0,
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
      'requests are gone',
      answer(HALF, {}),
      answer(HALF, NO_REQUESTS),
      '0 % of the workloads with known requests',
    ],
    [
      'volumes and traffic are gone',
      withStorage(),
      answer(HALF, {}),
      '0 % of the storage and 0 % of the traffic',
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
      '0 % of the container-hours with known usage, though more of the node-hours and node-hours with a known price',
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

  describe('containers', () => {
    const NO_PRICE = { ...HALF, hourlyPrice: undefined };
    /** Containers by number; those of `unmeasured` without usage. */
    const running = (
      numbers: number[],
      change: Parameters<typeof node>[1],
      more: { unmeasured?: number[]; requesting?: boolean } = {},
    ) => {
      const source = FakeUsageSource.create(hour => ({
        nodes: [node(hour, change)],
        containers: numbers.map(number =>
          sampled(hour, {
            pod: `w-${number}`,
            workload: `w-${number}`,
            ...(more.requesting === false && NO_REQUESTS),
            ...(more.unmeasured?.includes(number) && NO_USAGE),
          }),
        ),
      }));
      source.problems = 'hourlyPrice' in change! ? WITHOUT_PRICES : PARTIAL;
      return source;
    };
    const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const SIX = TEN.slice(0, 6);
    const bare = { requesting: false, unmeasured: TEN };

    it.each([
      [
        'six with prices would replace ten without',
        running(TEN, NO_PRICE, bare),
        running(SIX, HALF, bare),
        '60 % of the container-hours, though more of the node-hours with a known price',
      ],
      [
        'ten without prices would replace six with',
        running(SIX, HALF),
        running(TEN, NO_PRICE),
        '0 % of the node-hours with a known price, though more of the container-hours and container-hours with known usage and workloads with known requests',
      ],
      [
        'as many are others',
        running(SIX, HALF),
        running([...SIX.slice(1), 6], HALF),
        'as much of 5 of 6 containers',
      ],
      [
        'as many are measured, but others',
        running(SIX, HALF, { unmeasured: [0] }),
        running(SIX, HALF, { unmeasured: [1] }),
        'as much of 5 of 6 containers',
      ],
    ])('stay when %s', async (_, first, second, reason) => {
      const { knex, before, after } = await readBoth(first, second);
      expect(after).toEqual(before);
      expect(await notes(knex)).toEqual([
        `A later answer knew only ${reason}; the earlier one was kept`,
      ]);
      // A whole answer is wanted still, and taken.
      await knex('cost_ingest_state').delete();
      const whole = running(TEN, {});
      whole.problems = [];
      await runIngest({ knex, source: whole, now: NOW });
      const reference = await postgres.migrated();
      await runIngest({ knex: reference, source: whole, now: NOW });
      expect((await dump(knex)).cost_hours).toEqual(
        (await dump(reference)).cost_hours,
      );
    });

    it('with more of them are taken, and nobody loses samples', async () => {
      const second = running(TEN, HALF);
      const { world } = second;
      // Its usage is summed and has no samples of the first one.
      second.world = (hour, cluster) => {
        const told = world(hour, cluster)!;
        return {
          ...told,
          containers: told.containers.map((each, index) =>
            index === 0 ? { ...each, samples: undefined } : each,
          ),
        };
      };
      const { knex } = await readBoth(running(SIX, HALF), second);
      expect(await notes(knex)).toEqual([]);
      const { rows } = await knex.raw(
        `SELECT count(DISTINCT container_id)::integer AS containers, count(DISTINCT hour)::integer AS hours, count(*)::integer AS all
         FROM cost_usage_hours`,
      );
      expect(rows).toEqual([{ containers: 10, hours: 48, all: 480 }]);
    });
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
