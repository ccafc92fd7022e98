import { mockServices } from '@backstage/backend-test-utils';
import { LedgerEntry } from '@headroom/common';
import { Fence } from '@headroom/node';
import { WorkloadHour } from '@headroom/plugin-cost-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import { Sight } from '../../core/Sight';
import { SavingStore } from '../../database/SavingStore';
import { batchesOf, MOST_HELD_HOURS, readCostHours } from './readCostHours';
import { Savings } from './Savings';
import { SavingsJob } from './SavingsJob';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const { signal } = new AbortController();
const HOUR = 3_600_000;
const WEB = 'component:default/web';
/** A Monday; the past begins four weeks before. */
const MONDAY = Date.UTC(2026, 9, 5);
const NOW = new Date(MONDAY + 5 * 24 * HOUR);
/** Nights of this week, 20:00 to 06:00. */
const NIGHTS = [0, 1, 2, 3].map(day => MONDAY + (day * 24 + 20) * HOUR);

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
});

beforeEach(async () => {
  await knex('scaling_savings').delete();
});

const entry = (
  at: number,
  before: number,
  after: number,
  over: Partial<LedgerEntry> = {},
): LedgerEntry => ({
  sequence: at / HOUR,
  at: new Date(at).toISOString(),
  event: 'applied',
  actionId: 'a',
  planId: 'p',
  controller: 'schedules',
  policyId: 'nights',
  target: {
    type: 'kubernetes',
    cluster: 'c1',
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    resource: 'deployments',
    namespace: 'shop',
    name: 'web',
    uid: 'u',
    resourceVersion: '1',
  },
  subject: 'Deployment shop/web',
  entityRef: WEB,
  changes: [{ path: ['spec', 'replicas'], before, after }],
  by: 'policy:nights',
  expected: {
    text: { message: 'Less.' },
    savingPerHour: '700000',
    currency: 'USD',
    settleSeconds: 60,
  },
  text: { message: 'Night.' },
  ...over,
});

const LEDGER = NIGHTS.flatMap(night => [
  entry(night, 3, 0),
  entry(night + 10 * HOUR, 0, 3),
]);

/** One dollar an hour, a quarter of it while nothing runs at night. */
function hourOf(at: number): WorkloadHour {
  const asleep = NIGHTS.some(night => at >= night && at < night + 10 * HOUR);
  return {
    at: new Date(at).toISOString().replace('.000Z', 'Z'),
    micros: asleep ? '250000' : '1000000',
  };
}

function setUp(
  lines: LedgerEntry[] = LEDGER,
  {
    plan = { policyTitle: 'Nights' },
    titleNow,
    currency = 'USD',
    firstHour = 0,
    gone = [],
    hoursARun,
  }: {
    plan?: { policyTitle: string } | null;
    titleNow?: string;
    currency?: string;
    firstHour?: number;
    gone?: string[];
    hoursARun?: number;
  } = {},
) {
  const asked: string[][] = [];
  const readAfter: number[] = [];
  let isDown = false;
  const fence = Fence.create({ prefix: 'scaling', task: 'scaling-savings' });
  const store = SavingStore.create({ knex });
  const job = SavingsJob.create({
    auth: mockServices.auth(),
    costs: {
      getWorkloadHours: async ({ from, to, workloads }) => {
        asked.push(
          workloads.map(({ kind, namespace, name }) =>
            [kind, `${namespace}/${name}`].join(' '),
          ),
        );
        if (isDown) {
          throw new Error('503 Service Unavailable');
        }
        const hours: WorkloadHour[] = [];
        for (let at = Date.parse(from); at < Date.parse(to); at += HOUR) {
          if (at >= firstHour) {
            hours.push(hourOf(at));
          }
        }
        return { currency, workloads: workloads.map(() => ({ hours })) };
      },
    },
    engine: {
      ledger: {
        effects: async function* all(after: number) {
          readAfter.push(after);
          const found = lines.filter(({ sequence }) => sequence > after);
          yield found.slice(0, 3);
          yield found.slice(3);
        },
      },
      plans: {
        policyTitles: async (ids: string[]) =>
          new Map(plan ? ids.map(id => [id, plan.policyTitle]) : []),
      },
    } as unknown as Parameters<typeof SavingsJob.create>[0]['engine'],
    fence,
    logger: mockServices.logger.mock(),
    savings: store,
    policies: async () => ({
      titleOf: () => titleNow,
      zoneOf: () => 'UTC',
      isGone: ({ objects }) => objects.every(uid => gone.includes(uid)),
    }),
    ...(hoursARun !== undefined && { hoursARun }),
    now: () => NOW,
  });
  return {
    asked,
    readAfter,
    fence,
    store,
    savings: Savings.create({ savings: store }),
    run: () => job.run({ signal }),
    costsAreDown: () => {
      isDown = true;
    },
  };
}

const everything = Sight.grant();
const of = (...refs: string[]) =>
  Sight.grant({ refs: new Set(refs), where: { sql: 'false', bindings: [] } });
const ALL = { offset: 0, limit: 50 };

describe('workloads whose hours are read together', () => {
  const DAYS = fc.integer({ min: 1, max: 400 });

  it('have no more hours than are held at once, and none is left out', () => {
    fc.assert(
      fc.property(fc.array(DAYS, { maxLength: 700 }), days => {
        const to = NOW.getTime();
        const wanted = days.map((count, n) => ({
          cluster: 'c',
          namespace: 'n',
          kind: 'Deployment',
          name: `w${n}`,
          from: to - count * 24 * HOUR,
        }));
        const batches = batchesOf(wanted, to);
        expect(
          batches
            .flat()
            .map(({ name }) => name)
            .sort(),
        ).toEqual(wanted.map(({ name }) => name).sort());
        for (const batch of batches) {
          const first = Math.min(...batch.map(({ from }) => from));
          const hours = (batch.length * (to - first)) / HOUR;
          expect(hours).toBeLessThanOrEqual(MOST_HELD_HOURS);
          expect(batch.length).toBeLessThanOrEqual(200);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('begin with their first hour that cost anything, though it slept for long after', async () => {
    const to = MONDAY;
    const from = to - 100 * 24 * HOUR;
    const ran = from + 30 * 24 * HOUR;
    const [cost] = await readCostHours(
      {
        auth: mockServices.auth(),
        costs: {
          getWorkloadHours: async asked => {
            const hours: WorkloadHour[] = [];
            for (
              let at = Date.parse(asked.from);
              at < Date.parse(asked.to);
              at += HOUR
            ) {
              const micros = at === ran ? '5' : '0';
              hours.push({ at: new Date(at).toISOString(), micros, units: 2 });
            }
            // It is counted otherwise from the second answer on.
            const metric = Date.parse(asked.from) === from ? 'a' : 'b';
            return {
              currency: 'USD',
              workloads: asked.workloads.map(() => ({ hours, metric })),
            };
          },
        },
      },
      Array.from({ length: 20 }, (_, n) => ({
        cluster: 'c',
        namespace: 'n',
        kind: 'Deployment',
        name: `w${n}`,
        from,
      })),
      { to, signal },
    );
    expect(cost.hours).toHaveLength(70 * 24);
    expect(cost.hours[0]).toEqual({ at: ran, micros: 5, demand: 2 });
    expect(cost.hours[70 * 24 - 1]).toEqual({ at: to - HOUR, micros: 0 });
  });
});

describe('what was saved', () => {
  it.each([
    ['as it is now', { titleNow: 'Renamed' }, 'Renamed'],
    ['as the plan had it', {}, 'Nights'],
    ['by its id', { plan: null }, 'nights'],
  ])('calls the policy %s', async (_, about, title) => {
    const { run, savings } = setUp(LEDGER, about);
    await run();
    const { rows } = await savings.report(everything, ALL);
    expect(rows.map(({ policyTitle }) => policyTitle)).toEqual([title]);
  });

  it('is measured of the hours in effect, and says what it stands on', async () => {
    const { run, savings } = setUp();
    await run();
    const { rows, summary } = await savings.report(everything, ALL);
    expect(rows).toEqual([
      {
        subject: 'Deployment shop/web',
        cluster: 'c1',
        entityRef: WEB,
        controller: 'schedules',
        policyId: 'nights',
        policyTitle: 'Nights',
        actions: 8,
        since: new Date(NIGHTS[0]).toISOString(),
        inEffect: false,
        measured: {
          currency: 'USD',
          saved: String(40 * 750_000),
          low: '30000000',
          high: '30000000',
          hours: 40,
        },
        baselinePerHour: '1000000',
        expectedPerHour: '700000',
        remark: expect.objectContaining({
          message:
            'Compared with the same hours of the week in 29 days before the first action, whatever the demand, which is not known.',
        }),
      },
    ]);
    expect(summary).toEqual({
      measured: rows[0].measured,
      // Every hour of what was compared, at a dollar.
      baseline: String(rows[0].measured!.hours * 1_000_000),
      notYet: 0,
    });
  });

  it('goes on from the last line that was read, and leaves what is younger than a minute', async () => {
    const lines = LEDGER.slice(0, 6);
    const { run, savings, readAfter } = setUp(lines);
    await run();
    lines.push(LEDGER[6], entry(NOW.getTime() - 59_000, 0, 3));
    await run();
    expect(readAfter).toEqual([0, LEDGER[5].sequence]);
    const { rows } = await savings.report(everything, ALL);
    expect(rows).toMatchObject([{ actions: 7, inEffect: true }]);
  });

  it('is measured in turns where there are many, those first that have waited longest', async () => {
    const subjects = ['a', 'b', 'c', 'd', 'e'].map(
      name => `Deployment shop/${name}`,
    );
    const hours = (NOW.getTime() - NIGHTS[0]) / HOUR + 28 * 24;
    const { run, savings, asked } = setUp(
      subjects.map(subject => ({ ...LEDGER[0], subject })),
      { hoursARun: 3 * hours },
    );
    await run();
    const first = asked.splice(0).flat();
    expect(first).toHaveLength(3);
    const waiting = await savings.report(everything, ALL);
    expect(waiting.summary.notYet).toBe(2);
    expect(waiting.rows.slice(3).map(({ remark }) => remark.message)).toEqual(
      Array(2).fill(
        'It is measured within the next runs: there are many workloads, and each has its turn.',
      ),
    );
    await run();
    const waited = subjects.filter(subject => !first.includes(subject));
    expect(asked.flat()).toEqual(expect.arrayContaining(waited));
    expect(asked.flat()).toHaveLength(3);
    const { summary } = await savings.report(everything, ALL);
    expect(summary.notYet).toBe(0);
  });

  it('is not yet known after a night', async () => {
    const { run, savings } = setUp(LEDGER.slice(0, 2));
    await run();
    const { rows, summary } = await savings.report(everything, ALL);
    expect(rows[0].measured).toBeUndefined();
    expect(rows[0].remark.message).toBe(
      '10 whole hours in effect can be compared so far, and a measure takes 24.',
    );
    expect(summary).toEqual({ notYet: 1 });
  });

  it('stays as it was measured while costs cannot be asked', async () => {
    const { run, savings, costsAreDown } = setUp();
    await run();
    costsAreDown();
    await run();
    const { rows } = await savings.report(everything, ALL);
    expect(rows[0].measured?.saved).toBe('30000000');
    expect(rows[0].remark.message).toMatch(/could not be asked/);
  });

  it('knows what was before, however long ago it was', async () => {
    const year = 365 * 24 * HOUR;
    const { run, savings } = setUp([
      entry(NOW.getTime() - year - HOUR, 3, 0),
      entry(NOW.getTime() - year + HOUR, 0, 3),
      ...LEDGER,
    ]);
    await run();
    const { rows } = await savings.report(everything, ALL);
    expect(rows).toMatchObject([{ actions: 10, inEffect: false }]);
  });

  it('stays as it was measured once the past is not kept any more', async () => {
    const first = setUp();
    await first.run();
    const later = setUp(LEDGER, { firstHour: NIGHTS[0] });
    await later.run();
    const { rows } = await later.savings.report(everything, ALL);
    expect(rows[0].measured?.saved).toBe('30000000');
    expect(rows[0].remark.message).toMatch(/^0 days of the past are known/);
  });

  it('doesn’t grow with what costs nothing as it is gone', async () => {
    const asleep = LEDGER.slice(0, 7);
    await setUp(asleep).run();
    const { run, savings } = setUp(asleep, { gone: ['u'] });
    await run();
    const { rows } = await savings.report(everything, ALL);
    expect(rows).toMatchObject([{ inEffect: false, measured: { hours: 58 } }]);
    expect(rows[0].remark.message).toMatch(/is not there any more/);
  });

  it('adds nothing up of two currencies', async () => {
    const subjects = ['Deployment shop/a', 'Job shop/b'];
    const others = subjects.flatMap(subject =>
      LEDGER.map(line => ({ ...line, subject, policyId: subject })),
    );
    const asleep = LEDGER.slice(0, 7);
    await setUp(asleep).run();
    // What is gone stays as it was measured, in dollars.
    const { run, savings } = setUp(
      [
        ...asleep,
        ...others.map(line => ({
          ...line,
          target: { ...line.target, uid: 'v' } as LedgerEntry['target'],
        })),
      ],
      { currency: 'EUR', gone: ['u'] },
    );
    await run();
    const { summary } = await savings.report(everything, ALL);
    expect(summary).toMatchObject({
      measured: { currency: 'EUR', saved: '60000000' },
      notYet: 1,
    });
  });

  it('is asked of many workloads at a time, each once, whatever was done to it', async () => {
    const subjects = Array.from(
      { length: 450 },
      (_, n) => `Deployment shop/w${n}`,
    );
    const { run, savings, asked } = setUp(
      subjects.flatMap(subject =>
        LEDGER.flatMap(line => [
          { ...line, subject },
          { ...line, subject, policyId: 'advice' },
        ]),
      ),
    );
    await run();
    const { rows, total, summary } = await savings.report(everything, ALL);
    expect([total, rows[0].measured?.saved]).toEqual([900, '30000000']);
    // The same hours of two policies count once.
    expect(summary.measured?.saved).toBe(String(450 * 30_000_000));
    // 450 workloads of 33 days, of at most 20,000 hours in an answer.
    expect(asked.length).toBeLessThan(20);
    const most = Math.max(...asked.map(names => names.length));
    expect(most).toBeLessThanOrEqual(200);
    expect(new Set(asked.flat()).size).toBe(450);
  });

  it('is as sure as its pasts: policies on one workload have the same', async () => {
    const { savings, store, fence } = setUp();
    const row = (subject: string, policyId: string, halfWidth: number) => ({
      controller: 'schedules',
      policyId,
      policyTitle: policyId,
      cluster: 'c1',
      subject,
      actions: 1,
      since: NOW.toISOString(),
      inEffect: true,
      measured: {
        currency: 'USD',
        saved: 100,
        low: 100 - halfWidth,
        high: 100 + halfWidth,
        hours: 24,
        baselinePerHour: 10,
      },
      remark: { message: '' },
      measuredAt: NOW.getTime(),
    });
    await store.replaceAll(
      [
        row('Deployment shop/web', 'nights', 3),
        row('Deployment shop/web', 'advice', 4),
        row('Deployment shop/api', 'nights', 24),
      ],
      fence,
    );
    const { summary } = await savings.report(everything, ALL);
    expect(summary.measured).toMatchObject({
      saved: '300',
      low: '275',
      high: '325',
    });
  });

  it('is seen by who may see the service', async () => {
    const { run, savings } = setUp();
    await run();
    expect((await savings.report(of(WEB), ALL)).total).toBe(1);
    const others = await savings.report(of('component:default/other'), ALL);
    expect(others).toMatchObject({ total: 0, summary: { notYet: 0 } });
    expect(
      await savings.summary(
        { read: everything },
        { entityRef: 'component:default/x' },
      ),
    ).toMatchObject({ notYet: 0 });
  });

  it.each([
    [{ cluster: 'c2' }, 0],
    [{ namespace: 'shop' }, 1],
    [{ namespace: 'sho' }, 0],
    [{ policyId: 'nights' }, 1],
    [{ text: 'WEB' }, 1],
    [{ entityRef: WEB }, 1],
  ])('is filtered by %j', async (filter, total) => {
    const { run, savings } = setUp();
    await run();
    const report = await savings.report(everything, { ...ALL, ...filter });
    expect(report.total).toBe(total);
  });

  it('asks nothing where nothing was done', async () => {
    const { run, savings, asked } = setUp([]);
    await run();
    expect(asked).toEqual([]);
    expect(
      (await savings.report(everything, ALL)).summary.remark,
    ).toMatchObject({
      message: expect.stringMatching(/^Nothing is measured yet\./),
    });
  });
});
