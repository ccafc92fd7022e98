import {
  LifecycleService,
  SchedulerService,
  SchedulerServiceTaskInvocationDefinition,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
} from '../../__testUtils__/advice';
import { TestPostgres } from '../../__testUtils__/database';
import { DatabaseProxy } from '../../__testUtils__/DatabaseProxy';
import { FakeUsageSource } from '../../__testUtils__/FakeUsageSource';
import { createIngest, totalMicros } from '../../__testUtils__/ingest';
import {
  CLAIMING_ANNOTATIONS,
  createEntityMirror,
} from '../../database/entityMirror';
import { InventoryStore } from '../../database/InventoryStore';
import { InventorySync } from '../../features/ingest/inventory/InventorySync';
import { EntitySync, ScheduledTurns, Turn } from '@headroom/node';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-31T12:30:00.000Z';
const WEB = { namespace: 'shop', kind: 'Deployment', name: 'web' };

/** A scheduler that runs a task when a test wants it to. */
function testScheduler() {
  const tasks = new Map<string, SchedulerServiceTaskInvocationDefinition>();
  const scheduler = mockServices.scheduler.mock({
    scheduleTask: async task => {
      tasks.set(task.id, task);
    },
  });
  return {
    scheduler: scheduler as jest.Mocked<SchedulerService>,
    run: async (id: string) => tasks.get(id)!.fn(new AbortController().signal),
  };
}

async function setUp() {
  const direct = await postgres.migrated();
  const proxy = await DatabaseProxy.create(direct);
  const knex = proxy.knex();
  const stops: Array<() => void | Promise<void>> = [];
  const lifecycle: LifecycleService = mockServices.lifecycle.mock({
    addShutdownHook: hook => {
      stops.push(hook);
    },
  });
  const { scheduler, run } = testScheduler();
  const logger = mockServices.logger.mock();
  const turns = await ScheduledTurns.create({
    prefix: 'cost',
    knex,
    scheduler,
    lifecycle,
    logger,
  });
  return {
    direct,
    knex,
    proxy,
    run,
    turns,
    scheduler,
    logger,
    stop: async () => stops[0]?.(),
    cleanUp: async () => {
      await knex.destroy();
      await proxy.refuse();
    },
  };
}

interface Task {
  id: string;
  /** @param middle - called once, in the middle of the work */
  work(
    knex: Knex,
    middle: () => Promise<void>,
  ): (turn: Turn) => Promise<unknown>;
  prepare?(knex: Knex): Promise<unknown>;
  done(knex: Knex): Promise<unknown>;
  expected: unknown;
}

const TASKS: Task[] = [
  {
    id: 'cost-ingest',
    work: (knex, middle) => {
      const source = FakeUsageSource.create();
      const { observe } = source;
      source.observe = async query => {
        if (source.asked.length === 2) {
          await middle();
        }
        return observe.call(source, query);
      };
      const ingest = createIngest({ knex, source, now: NOW });
      return ({ signal, enough }) => ingest.runOnce(signal, enough);
    },
    done: totalMicros,
    expected: 48n * 1_200_000n,
  },
  {
    id: 'cost-entities',
    work: (knex, middle) => {
      const sync = EntitySync.create({
        catalog: catalogServiceMock.mock({
          streamEntities: async function* pages() {
            await middle();
            yield [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: { name: 'web', namespace: 'default' },
              },
            ];
          },
        }),
        auth: mockServices.auth(),
        logger: mockServices.logger.mock(),
        mirror: createEntityMirror({ knex }),
        kinds: ['Component'],
        annotations: CLAIMING_ANNOTATIONS,
        pauseMs: 100,
      });
      return ({ signal }) => sync.run(signal);
    },
    done: knex => knex('cost_entities').pluck('entity_ref'),
    expected: ['component:default/web'],
  },
  {
    id: 'cost-inventory',
    work: (knex, middle) => {
      const sync = InventorySync.create({
        clusters: ['c1'],
        read: async () => {
          await middle();
          return {
            readAt: NOW,
            workloads: [{ ...WEB, uid: 'web', replicas: 1, containers: [] }],
            steering: [],
            unreadable: [],
          };
        },
        store: InventoryStore.create({ knex }),
        logger: mockServices.logger.mock(),
        now: () => new Date(NOW),
      });
      return ({ signal }) => sync.run(signal);
    },
    done: async knex => ({
      workloads: await knex('cost_workload_facts').pluck('name'),
      stale: await knex('cost_inventory_state').pluck('stale_since'),
    }),
    expected: { workloads: ['web'], stale: [null] },
  },
  {
    id: 'cost-advice',
    prepare: knex =>
      seedContainer(knex, {
        ...WEB,
        days: 14,
        lastDay: '2026-01-30',
        usage: OVERSIZED,
      }),
    work: (knex, middle) => {
      let begun = false;
      const job = createAdviceJob({
        knex,
        now: NOW,
        logger: mockServices.logger.mock(),
        onStep: step => {
          begun ||= step === 'batch';
        },
      });
      return async ({ signal, enough }) => {
        const running = job.runIfDue(signal, enough);
        running.catch(() => undefined);
        while (!begun) {
          await new Promise(resolve => setTimeout(resolve, 1));
        }
        await middle();
        return running;
      };
    },
    done: knex => knex('cost_advice').pluck('run_id'),
    expected: [1],
  },
];

const once = (work: () => Promise<void>) => {
  let done = false;
  return async () => {
    if (!done) {
      done = true;
      await work();
    }
  };
};

describe.each(TASKS)('$id', ({ id, work, prepare, done, expected }) => {
  const schedule = { frequency: { minutes: 1 }, timeout: { minutes: 5 } };

  it('goes on in the same turn when the database is back', async () => {
    const { direct, knex, proxy, turns, run, logger, cleanUp } = await setUp();
    await prepare?.(direct);
    const restart = once(async () => {
      await proxy.refuse();
      setTimeout(() => proxy.accept(), 2500);
    });
    await turns.schedule({ id, schedule, run: work(knex, restart) });
    await run(id);
    expect(await done(direct)).toEqual(expected);
    expect(logger.error).not.toHaveBeenCalled();
    expect(await direct('cost_turns')).toEqual([]);
    await cleanUp();
  });

  it('is put down and handed back when the process stops', async () => {
    const { direct, knex, turns, run, stop, scheduler, logger, cleanUp } =
      await setUp();
    await prepare?.(direct);
    let stopped: Promise<void> | undefined;
    const middle = once(async () => {
      stopped = stop();
    });
    await turns.schedule({ id, schedule, run: work(knex, middle) });
    await run(id);
    await stopped;
    expect(scheduler.cancelTask.mock.calls).toEqual([[id]]);
    expect(scheduler.triggerTask.mock.calls).toEqual([[id]]);
    expect(logger.error).not.toHaveBeenCalled();
    expect(await direct('cost_turns')).toEqual([]);
    // Nothing begins any more in a process that stops.
    await run(id);
    expect(scheduler.cancelTask).toHaveBeenCalledTimes(1);
    await cleanUp();
  });
});

describe('signs of life', () => {
  it('keep what is worked on, and give on what is not, once', async () => {
    const { direct, turns, run, scheduler, cleanUp } = await setUp();
    await direct('cost_turns').insert([
      {
        task: 'alive',
        holder: 'a',
        beat_at: direct.raw("now() - interval '30 s'"),
      },
      {
        task: 'dead',
        holder: 'b',
        beat_at: direct.raw("now() - interval '50 s'"),
      },
    ]);
    await Promise.all([run('cost-turns'), run('cost-turns')]);
    await run('cost-turns');
    expect(scheduler.cancelTask.mock.calls).toEqual([['dead']]);
    expect(scheduler.triggerTask.mock.calls).toEqual([['dead']]);
    expect(turns).toBeDefined();
    await cleanUp();
  });

  it('stay when the scheduler could not be told', async () => {
    const { direct, run, scheduler, logger, cleanUp } = await setUp();
    await direct('cost_turns').insert({
      task: 'dead',
      holder: 'b',
      beat_at: direct.raw("now() - interval '50 s'"),
    });
    scheduler.triggerTask.mockRejectedValueOnce(new Error('no'));
    await run('cost-turns');
    expect(logger.warn).toHaveBeenCalledWith(
      "Scheduled work can't be looked after: no",
    );
    expect(await direct('cost_turns')).toHaveLength(1);
    await run('cost-turns');
    expect(await direct('cost_turns')).toEqual([]);
    await cleanUp();
  });
});

it('ends a turn with the piece it is at, however much is left', async () => {
  const { knex, direct, scheduler, run, lifecycle, cleanUp } = {
    ...(await setUp()),
    lifecycle: mockServices.lifecycle.mock(),
  };
  const turns = await ScheduledTurns.create({
    prefix: 'cost',
    knex,
    scheduler,
    lifecycle,
    logger: mockServices.logger.mock(),
    turnMs: 700,
  });
  const source = FakeUsageSource.create();
  const { observe } = source;
  source.observe = async query => {
    await new Promise(resolve => setTimeout(resolve, 300));
    return observe.call(source, query);
  };
  const config = {
    clusters: ['c1', 'c2', 'c3'].map(name => ({
      name,
      prometheus: { url: 'http://prometheus.example.com' },
    })),
    cost: { ingest: { backfill: { days: 4 }, concurrency: 1 } },
  };
  const ingest = createIngest({ knex, source, now: NOW, config });
  await turns.schedule({
    id: 'cost-ingest',
    schedule: { frequency: { minutes: 1 }, timeout: { minutes: 10 } },
    run: ({ signal, enough }) => ingest.runOnce(signal, enough),
  });
  let taken = 0;
  const history = async () =>
    (
      await direct.raw(
        'SELECT count(*)::integer AS left FROM cost_ingest_state WHERE backfill_cursor > backfill_from',
      )
    ).rows[0].left;
  do {
    const began = performance.now();
    await run('cost-ingest');
    expect(performance.now() - began).toBeLessThan(20_000);
    taken += 1;
  } while (taken < 3 || (await history()) > 0);
  // Three clusters of four days, a day at a time and every cluster in its turn.
  expect(taken).toBeGreaterThan(4);
  const asked = source.asked
    .filter(({ start }) => start < '2026-01-30T12')
    .map(({ cluster }) => cluster);
  expect(asked.slice(0, 3).sort()).toEqual(['c1', 'c2', 'c3']);
  await run('cost-ingest'); // what was read last is summed first
  expect(await totalMicros(direct)).toBe(3n * 96n * 1_200_000n);
  await cleanUp();
});
