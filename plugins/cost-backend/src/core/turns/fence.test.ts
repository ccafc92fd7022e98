import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  Fence,
  OvertakenError,
  ScheduledTurns,
  ScheduledWork,
} from '@headroom/node';
import { Knex } from 'knex';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
} from '../../__testUtils__/advice';
import { dump, TestPostgres, untilBlocked } from '../../__testUtils__/database';
import { FakeUsageSource, node } from '../../__testUtils__/FakeUsageSource';
import { createIngest, totalMicros } from '../../__testUtils__/ingest';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-31T12:30:00.000Z';
const SCHEDULE = { frequency: { minutes: 1 }, timeout: { minutes: 5 } };

const fenceOf = (task: string) => Fence.create({ prefix: 'cost', task });

/** A replica that takes a turn when a test wants it to. */
async function replica(knex: Knex, work: Omit<ScheduledWork, 'schedule'>) {
  const turns: Array<(signal: AbortSignal) => unknown> = [];
  const logger: jest.Mocked<LoggerService> = mockServices.logger.mock();
  const lifecycle: LifecycleService = mockServices.lifecycle.mock();
  const scheduled = await ScheduledTurns.create({
    prefix: 'cost',
    knex,
    scheduler: mockServices.scheduler.mock({
      scheduleTask: async ({ fn }) => {
        turns.push(fn as (signal: AbortSignal) => unknown);
      },
    }),
    lifecycle,
    logger,
  });
  await scheduled.schedule({ ...work, schedule: SCHEDULE });
  return {
    logger,
    take: async () => turns.at(-1)!(new AbortController().signal),
  };
}

/** Somewhere to wait until it is opened, and to know that somebody waits. */
function gate() {
  let open = () => {};
  let arrive = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  const arrived = new Promise<void>(resolve => {
    arrive = resolve;
  });
  const pass = async () => {
    arrive();
    await opened;
  };
  return { open, arrived, pass };
}

describe('a fence', () => {
  it('lets the newest turn write, and none before it', async () => {
    const knex = await postgres.migrated();
    const [first, second] = [fenceOf('work'), fenceOf('work')];
    const write = (fence: Fence) => fence.write(knex, async () => 'written');
    expect(await write(first)).toBe('written'); // no turn yet
    await first.raise(knex);
    expect(await write(first)).toBe('written');
    await second.raise(knex);
    await expect(write(first)).rejects.toThrow(
      new OvertakenError(
        'Turn 1 of work is over, and another has begun; nothing more is written by it',
      ),
    );
    expect(await write(second)).toBe('written');
    await first.raise(knex);
    await expect(write(second)).rejects.toThrow(OvertakenError);
    expect(await knex('cost_fences')).toEqual([{ task: 'work', number: 3 }]);

    const other = fenceOf('other work');
    await other.raise(knex);
    expect(await write(first)).toBe('written');
  });

  it('is raised after what is being written, which several may do at once', async () => {
    const knex = await postgres.migrated();
    const [first, second] = [fenceOf('work'), fenceOf('work')];
    await first.raise(knex);
    const { open, arrived, pass } = gate();
    const order: string[] = [];
    const writing = first
      .write(knex, pass)
      .then(() => order.push('written slowly'));
    await arrived;
    await first.write(knex, async () => order.push('written at once'));
    const raising = second.raise(knex).then(() => order.push('raised'));
    await untilBlocked(knex);
    expect(order).toEqual(['written at once']);
    open();
    await Promise.all([writing, raising]);
    // Answers of two connections may arrive in either order.
    expect(order.sort()).toEqual([
      'raised',
      'written at once',
      'written slowly',
    ]);
  });
});

describe('a turn that wakes after another has begun', () => {
  it('of ingest writes nothing of what it read, and is no error', async () => {
    const knex = await postgres.migrated();
    const turn = async (source: FakeUsageSource) => {
      const fence = fenceOf('cost-ingest');
      const ingest = createIngest({ knex, source, now: NOW, fence });
      return replica(knex, {
        id: fence.task,
        fence,
        run: ({ signal, enough }) => ingest.runOnce(signal, enough),
      });
    };
    const { open, arrived, pass } = gate();
    const stale = FakeUsageSource.create(hour => ({
      nodes: [node(hour, { hourlyPrice: '99' })],
      containers: [],
    }));
    const { observe } = stale;
    stale.observe = async query => {
      if (stale.asked.length > 0) {
        await pass();
      }
      return observe.call(stale, query);
    };
    const late = await turn(stale);
    const sleeping = late.take();
    await arrived;
    await (await turn(FakeUsageSource.create())).take();
    const before = await dump(knex);
    const asked = stale.asked.length;

    open();
    await sleeping;
    expect(await dump(knex)).toEqual(before);
    // It stops at the first write that is refused.
    expect(stale.asked.length).toBeLessThanOrEqual(asked + 1);
    expect(late.logger.error).not.toHaveBeenCalled();
    expect(late.logger.info).toHaveBeenCalledWith(
      'Turn 1 of cost-ingest is over, and another has begun; nothing more is written by it',
    );

    // Its next turn is as good as any.
    await (await turn(FakeUsageSource.create())).take();
    expect(await totalMicros(knex)).toBe(48n * 1_200_000n);
  });

  it('of advice neither takes the run over nor begins one', async () => {
    const knex = await postgres.migrated();
    await seedContainer(knex, {
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
      days: 14,
      lastDay: '2026-01-30',
      usage: OVERSIZED,
    });
    const { open, arrived, pass } = gate();
    const turn = async (before: () => Promise<void>) => {
      const fence = fenceOf('cost-advice');
      const job = createAdviceJob({ knex, now: NOW, fence });
      return replica(knex, {
        id: fence.task,
        fence,
        run: async ({ signal, enough }) => {
          await before();
          return job.runIfDue(signal, enough);
        },
      });
    };
    const late = await turn(pass);
    const sleeping = late.take();
    await arrived;
    // The run that a stopped turn left, which both would go on with.
    const stopped = new AbortController();
    stopped.abort();
    await createAdviceJob({ knex, now: NOW }).runIfDue(
      new AbortController().signal,
      stopped.signal,
    );
    const runs = await knex('cost_advice_runs').select('id', 'holder');
    expect(runs).toHaveLength(1);
    await fenceOf('cost-advice').raise(knex);

    open();
    await sleeping;
    expect(await knex('cost_advice_runs').select('id', 'holder')).toEqual(runs);
    expect(late.logger.info).toHaveBeenCalledWith(
      expect.stringMatching(/^Turn 1 of cost-advice is over/),
    );
    await (await turn(async () => {})).take();
    expect(await knex('cost_advice').pluck('run_id')).toEqual([runs[0].id]);
  });
});
