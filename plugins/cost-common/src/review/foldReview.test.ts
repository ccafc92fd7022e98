import fc from 'fast-check';
import { amount, header, row } from './__testUtils__/facts';
import { foldReview } from './foldReview';
import { Review, REVIEW_PARTS } from './review';
import { ReviewBudget, ReviewHeader, ReviewRowFacts } from './reviewFacts';

const METRICS = [
  { id: 'requests', title: 'Requests', per: 1000, minimum: 100 },
];
const DOLLAR = 1_000_000;

const fold = (
  rows: ReviewRowFacts[],
  change: Partial<ReviewHeader> = {},
  restricted = false,
) => foldReview(header(change), rows, { metrics: METRICS, restricted });

const service = (
  name: string,
  before: number,
  after: number,
  change: Partial<ReviewRowFacts> = {},
) =>
  row({
    entityRef: `component:default/${name}`,
    title: name,
    resources: {
      cpu: { before: amount(before, 10, 5), after: amount(after, 10, 5) },
    },
    ...change,
  });

const IDLE = row({
  kind: 'idle',
  entityRef: undefined,
  title: undefined,
  ownerRefs: [],
  resources: { cpu: { before: amount(20, 4), after: amount(50, 10) } },
});
const NOBODYS = row({
  kind: 'unallocated',
  entityRef: undefined,
  title: undefined,
  ownerRefs: [],
  resources: { cpu: { before: amount(3, 1, 1), after: amount(3, 1, 1) } },
});

const sum = (amounts: Array<string | undefined>) =>
  amounts.reduce((total, each = '0') => total + BigInt(each), 0n);

describe('the movers of a review', () => {
  it('are services, teams, what nobody owns, Unallocated and Idle, the largest change first', () => {
    const { movers, pace } = fold([
      service('web', 100, 140),
      service('api', 100, 20),
      service('lost', 5, 7, { ownerRefs: [] }),
      NOBODYS,
      IDLE,
    ]);
    expect(movers.services.map(({ key, change }) => [key, change])).toEqual([
      ['component:default/api', '-80'],
      ['component:default/web', '40'],
      ['idle', '30'],
      ['component:default/lost', '2'],
      ['unallocated', '0'],
    ]);
    expect(movers.teams.map(({ kind, change }) => [kind, change])).toEqual([
      ['team', '-40'],
      ['idle', '30'],
      ['unowned', '2'],
      ['unallocated', '0'],
    ]);
    expect(pace).toMatchObject({ spend: '220', before: '228', change: '-8' });
  });

  const money = fc.integer({ min: 0, max: 1e9 });
  const anyRows = fc.array(
    fc
      .record({
        name: fc.integer({ min: 0, max: 500 }),
        before: money,
        after: money,
        used: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
        owner: fc.option(fc.constantFrom('a', 'b', 'c')),
        oneOff: fc.bigInt(0n, 1000n),
      })
      .map(({ name, before, after, used, owner, oneOff }) =>
        service(`s${name}`, before, after, {
          ownerRefs: owner ? [`group:default/${owner}`] : [],
          oneOff: { before: 0n, after: oneOff },
          resources: {
            cpu: {
              before: amount(before, 10, used),
              after: amount(after, 11, 5),
            },
          },
        }),
      ),
    { maxLength: 120 },
  );
  const anyHours = fc.constantFrom(168, 100);

  it('sum to the change in either grouping, and their parts to theirs', () => {
    fc.assert(
      fc.property(anyRows, anyHours, (rows, complete) => {
        const { movers, pace } = fold([...rows, IDLE, NOBODYS], {
          hours: {
            before: { complete, wanted: 168 },
            after: { complete: 168, wanted: 168 },
          },
        });
        for (const table of [movers.services, movers.teams]) {
          expect(sum(table.map(({ change }) => change)).toString()).toBe(
            pace.change,
          );
          expect(sum(table.map(({ after }) => after)).toString()).toBe(
            pace.spend,
          );
          expect(table.filter(({ kind }) => kind === 'idle')).toHaveLength(1);
          for (const { change, parts } of table) {
            expect(
              sum(REVIEW_PARTS.map(part => parts?.[part])).toString(),
            ).toBe(change);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has those beyond the fiftieth as one row', () => {
    const { movers } = fold(
      Array.from({ length: 60 }, (_, i) => service(`s${i}`, 0, i + 1)),
    );
    expect(movers.services).toHaveLength(51);
    expect(movers.services.at(-1)).toMatchObject({
      kind: 'others',
      count: 10,
      change: '55',
    });
  });

  it('are not split when hours of either week are missing', () => {
    const { movers, comparison, pace } = fold([service('web', 100, 140)], {
      hours: {
        before: { complete: 160, wanted: 168 },
        after: { complete: 168, wanted: 168 },
      },
    });
    expect(comparison).toBe('incomplete');
    expect(movers.services[0].parts).toMatchObject({
      volume: '0',
      unsplit: '40',
    });
    expect(pace.changeRatio).toBeUndefined();
  });

  it('have no change where there is no week before', () => {
    const { movers, comparison, pace } = fold(
      [service('web', 0, 140), service('api', 0, 200)],
      {
        hours: {
          before: { complete: 0, wanted: 168 },
          after: { complete: 168, wanted: 168 },
        },
      },
    );
    expect(comparison).toBe('none');
    expect(pace.change).toBeUndefined();
    expect(movers.services).toEqual([
      expect.objectContaining({ title: 'api', after: '200' }),
      expect.objectContaining({ title: 'web', after: '140' }),
    ]);
    expect(movers.services[0].parts).toBeUndefined();
  });
});

describe('the rest of a review', () => {
  it('says how the month stood at the end of the week, with an interval', () => {
    const days = header().days.map(() => BigInt(10 * DOLLAR));
    const { month } = fold([row({ days })]).pace;
    expect(month).toMatchObject({
      start: '2026-06-01',
      end: '2026-07-01',
      toDate: String(210 * DOLLAR),
      incompleteDays: 0,
    });
    expect(month.projection).toMatchObject({
      status: 'ok',
      total: String(300 * DOLLAR),
    });
  });

  it('forecasts no month that is over with the week', () => {
    const { month } = fold([row({ days: [] })], {
      week: '2026-05-25',
      days: [],
    }).pace;
    expect(month).toMatchObject({ start: '2026-05-01', end: '2026-06-01' });
    expect(month.projection).toBeUndefined();
  });

  it('says what a unit cost, and why not', () => {
    const { unitCosts } = fold([
      service('web', 2 * DOLLAR, 3 * DOLLAR, {
        units: [{ metric: 'requests', before: 1000, after: 3000 }],
      }),
      service('api', 2 * DOLLAR, 2 * DOLLAR, {
        units: [{ metric: 'requests', after: 50 }],
      }),
    ]);
    expect(unitCosts).toEqual([
      expect.objectContaining({
        entityRef: 'component:default/web',
        cost: (3n * BigInt(DOLLAR)).toString(),
        quantity: 3000,
        unitCost: '1.000000000',
        previousUnitCost: '2.000000000',
      }),
      expect.objectContaining({
        entityRef: 'component:default/api',
        reason: 'below-minimum',
      }),
    ]);
  });

  const budget = (change: Partial<ReviewBudget>): ReviewBudget => ({
    id: 'a',
    scope: { type: 'group', entityRef: 'group:default/shop' },
    currency: 'USD',
    start: '2026-06-01',
    end: '2026-07-01',
    limit: '100',
    spent: '50',
    ...change,
  });
  const over = { total: '130', low: '120', high: '140' };

  it('names budgets that are over or will be, the furthest first', () => {
    const { budgetRisks } = fold([], {
      budgets: [
        budget({ id: 'fine' }),
        budget({ id: 'spent', spent: '120' }),
        budget({ id: 'forecast', forecast: over }),
        budget({ id: 'nothing', limit: '0', spent: '1' }),
      ],
    });
    expect(budgetRisks?.map(({ id }) => id)).toEqual([
      'nothing',
      'forecast',
      'spent',
    ]);
  });

  it('tells what advice and budgets were only where that is known', () => {
    const rows = [
      service('web', 1, 1, { savingPerMonth: 5n }),
      service('api', 1, 1, { savingPerMonth: 7n }),
      service('old', 1, 1),
    ];
    const late: Partial<Review> = fold(rows);
    expect(late.advice).toBeUndefined();
    expect(late.budgetRisks).toBeUndefined();
    expect(fold(rows, { budgets: [] }).advice).toEqual({
      perMonth: '12',
      services: 2,
      top: [
        { entityRef: 'component:default/api', title: 'api', perMonth: '7' },
        { entityRef: 'component:default/web', title: 'web', perMonth: '5' },
      ],
    });
  });
});
