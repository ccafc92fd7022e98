import { mockServices } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
import { Notice, NoticeStore } from '../database/NoticeStore';
import { Notices } from './Notices';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOTICE: Notice = {
  key: 'k',
  entityRef: 'component:default/web',
  title: 'Short',
  severity: 'normal',
  topic: 'waits',
  scope: 's',
};

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
});

beforeEach(async () => {
  await knex('scaling_notices').delete();
  await knex('scaling_told').delete();
});

function setUp(send?: (options: NotificationSendOptions) => Promise<void>) {
  const sent: NotificationSendOptions[] = [];
  const logger = mockServices.logger.mock();
  const engine = ActingEngine.create({
    knex,
    prefix: 'scaling',
    logger,
    actuators: [],
    facts: async () => ({
      inventories: new Map(),
      freezeWindows: [],
      targets: new Map(),
    }),
  });
  const notices = Notices.create({
    signals: { publish: async () => {} },
    notifications: {
      send: async options => {
        sent.push(options);
        await send?.(options);
      },
    },
    outbox: NoticeStore.create({ knex }),
    logger,
  });
  return {
    sent,
    logger,
    notices,
    tell: async (notice: Notice) => {
      await notices.tell(notice, (key, tx) => engine.once(key, tx));
      await notices.deliver();
    },
  };
}

/** As if the time until the next attempt had passed. */
const later = () =>
  knex('scaling_notices').update({ next_at: new Date(Date.now() - 1000) });
const waiting = async () =>
  (await knex('scaling_notices').select('attempts')).map(
    ({ attempts }) => attempts,
  );

describe('A notice', () => {
  it('is told once, to owners, under a title that fits', async () => {
    const { tell, sent } = setUp();
    await tell(NOTICE);
    await tell(NOTICE);
    const title = 'a long title '.repeat(40);
    await tell({ ...NOTICE, key: 'other', title, description: 'd' });
    expect(sent.map(({ recipients }) => recipients)).toEqual(
      Array(2).fill({ type: 'entity', entityRef: 'component:default/web' }),
    );
    expect(sent[0].payload).toMatchObject({
      title: 'Short',
      link: '/catalog/default/component/web/scaling',
      scope: 'scaling:s',
      topic: 'scaling-waits',
    });
    expect(sent[1].payload.title).toHaveLength(255);
    expect(sent[1].payload.description).toBe(`${title}\n\nd`);
    expect(await waiting()).toEqual([]);
  });

  it('that was not taken is sent again, later each time, until it is', async () => {
    let isDown = true;
    const { tell, sent, notices } = setUp(async () => {
      if (isDown) {
        throw new Error('503 Service Unavailable');
      }
    });
    await tell(NOTICE);
    await notices.deliver();
    expect([sent.length, await waiting()]).toEqual([1, [1]]);
    await later();
    await notices.deliver();
    const [{ seconds }] = await knex('scaling_notices').select(
      knex.raw('extract(epoch FROM next_at - clock_timestamp()) AS seconds'),
    );
    expect(Number(seconds)).toBeGreaterThan(110);
    expect(Number(seconds)).toBeLessThanOrEqual(120);
    isDown = false;
    await later();
    await notices.deliver();
    await later();
    await notices.deliver();
    expect([sent.length, await waiting()]).toEqual([3, []]);
  });

  it('is sent by one of two processes', async () => {
    const first = setUp();
    const second = setUp();
    await knex('scaling_notices').insert(
      ['a', 'b', 'c'].map(key => ({
        key,
        notice: JSON.stringify({ ...NOTICE, key, title: key }),
      })),
    );
    await Promise.all([first.notices.deliver(), second.notices.deliver()]);
    const titles = [...first.sent, ...second.sent].map(
      ({ payload }) => payload.title,
    );
    expect(titles.sort()).toEqual(['a', 'b', 'c']);
  });

  it('that nobody takes is no failure, is said once, and is given up', async () => {
    const { tell, sent, logger, notices } = setUp(async () => {
      throw new Error('Request failed with status 404');
    });
    await tell(NOTICE);
    for (let attempt = 2; attempt <= 12; attempt += 1) {
      await later();
      await notices.deliver();
    }
    expect([sent.length, await waiting()]).toEqual([10, []]);
    expect(logger.info).toHaveBeenCalledTimes(1);
  });

  it('that nobody takes does not have the others wait for long', async () => {
    const { tell, sent } = setUp(async ({ payload }) => {
      if (payload.title === 'Short') {
        throw new Error('404');
      }
    });
    await tell(NOTICE);
    await tell({ ...NOTICE, key: 'other', title: 'Other' });
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'Short',
      'Other',
    ]);
  });
});
