import { TestPostgres, dump } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
  sampled,
} from '../../__testUtils__/FakeUsageSource';
import { runIngest, totalMicros } from '../../__testUtils__/ingest';
import { StoredHour } from '../../database/IngestStore';
import { SourcesScope, SourcesStore } from '../../database/SourcesStore';
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

  it.each([
    'partial-answer',
    'partial-hour',
    'no-usage-of-node',
    'not-a-number',
    'price-source',
    'several-clusters',
    'no-usage',
    'node-unmeasured',
  ])(
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
    const sources = SourcesStore.create({
      knex,
      scope: SourcesScope.grant(),
    });
    const gaps = async () =>
      (await sources.gaps(new Date('2026-01-01T00:00:00Z'))).listed;
    expect(await gaps()).toEqual([
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
    expect(await gaps()).toEqual([]);
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
    const SAME = { requestingRows: 9, storageByteHours: 0, networkBytes: 0 };
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
        ...SAME,
      },
    };
    const later = {
      known: {
        nodeHours: 2,
        pricedNodeHours: 2,
        containerHours: 30,
        usageHours: 30,
        ...SAME,
      },
      problems: [],
    };
    expect(reasonToKeep(stored, { ...later, source: 'opencost' })).toBe(
      undefined,
    );
    expect(
      reasonToKeep(stored, { ...later, source: 'prometheus' }),
    ).toHaveProperty('message', 'fewer than half of the container-hours');
  });
});
