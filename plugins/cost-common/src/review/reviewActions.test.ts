import { AnomalyRow } from '../anomalies/anomalyReport';
import { header, row } from './__testUtils__/facts';
import { foldReview } from './foldReview';
import { reviewActions, ReviewActionFacts } from './reviewActions';
import { ReviewBudget } from './reviewFacts';
import { reviewMarkdown } from './reviewMarkdown';
import { newestDueWeek, reviewDueOn, reviewWeekOf } from './reviewWeek';

const anomaly = (change: Partial<AnomalyRow> = {}): AnomalyRow => ({
  id: 1,
  shape: 'jump',
  kind: 'service',
  entityRef: 'component:default/web',
  firstDay: '2026-06-16',
  lastDay: '2026-06-17',
  days: 2,
  actual: '300',
  expected: '100',
  excess: '200',
  score: 2,
  causes: [],
  openedAt: '2026-06-17T00:00:00.000Z',
  changedAt: '2026-06-17T00:00:00.000Z',
  sentence: '',
  ...change,
});

const BUDGET: ReviewBudget = {
  id: 'shop',
  title: 'Shop | <b>@all</b>',
  scope: { type: 'group', entityRef: 'group:default/shop' },
  currency: 'EUR',
  start: '2026-06-01',
  end: '2026-07-01',
  limit: '100',
  spent: '150',
  ownerRef: 'group:default/shop',
};

function facts(
  change: Partial<ReviewActionFacts> & { budgets?: ReviewBudget[] } = {},
): ReviewActionFacts {
  const { budgets = [], ...rest } = change;
  const saving = (name: string, savingPerMonth: bigint) =>
    row({
      entityRef: `component:default/${name}`,
      title: name,
      savingPerMonth,
    });
  return {
    figures: foldReview(
      header({ budgets }),
      [saving('web', 5n), saving('api', 9n), saving('job', 1n)],
      { metrics: [], restricted: false },
    ),
    anomalies: [],
    owners: new Map([['component:default/web', ['group:default/shop']]]),
    ...rest,
  };
}

const keys = (...args: Parameters<typeof reviewActions>) =>
  reviewActions(...args).map(({ key, again }) => [key, again]);

describe('the actions of a review', () => {
  it('are at most three: budgets, then anomalies that are open, then advice', () => {
    const all = facts({
      budgets: [BUDGET],
      anomalies: [
        anomaly(),
        anomaly({ firstDay: '2026-06-18', closedAt: 'x', end: 'over' }),
      ],
    });
    expect(reviewActions(all)).toEqual([
      {
        key: 'budget:shop',
        kind: 'budget',
        budgetId: 'shop',
        entityRef: 'group:default/shop',
        title: BUDGET.title,
        amount: '50',
        over: { spent: '50', lastDay: '2026-06-30' },
        currency: 'EUR',
        ownerRef: 'group:default/shop',
        due: '2026-06-29',
        again: false,
      },
      expect.objectContaining({
        key: 'anomaly:component:default/web:2026-06-16',
        ownerRef: 'group:default/shop',
      }),
      expect.objectContaining({ key: 'advice:component:default/api' }),
    ]);
  });

  it('name a service that is dear, not the groups above it again', () => {
    const team = (name: string, cause: string) =>
      anomaly({
        kind: 'team',
        entityRef: `group:default/${name}`,
        excess: '900',
        causes: [{ entityRef: `component:default/${cause}`, change: '200' }],
      });
    const anomalies = [
      team('company', 'web'),
      team('shop', 'web'),
      anomaly(),
      team('research', 'lab'),
      team('science', 'lab'),
    ];
    expect(keys(facts({ anomalies }))).toEqual([
      ['anomaly:group:default/research:2026-06-16', false],
      ['anomaly:component:default/web:2026-06-16', false],
      ['advice:component:default/api', false],
    ]);
  });

  it('begin with what the week before had and is still to be done', () => {
    const before = facts();
    const now = facts({ budgets: [BUDGET], anomalies: [anomaly()] });
    expect(keys(now, before)).toEqual([
      ['advice:component:default/api', true],
      ['advice:component:default/web', true],
      ['advice:component:default/job', true],
    ]);
    expect(keys(now, facts({ budgets: [BUDGET], anomalies: [] }))).toEqual([
      ['budget:shop', true],
      ['advice:component:default/api', true],
      ['advice:component:default/web', true],
    ]);
  });
});

describe('a review as Markdown', () => {
  const review = () => {
    const of = facts({ budgets: [BUDGET], anomalies: [anomaly()] });
    return {
      ...of.figures,
      anomalies: [...of.anomalies],
      actions: reviewActions(of),
      restatement: { spend: '310', difference: '10' },
    };
  };
  const print = {
    amount: (micros: bigint, currency: string) => `${micros} ${currency}`,
    price: (decimal: string, currency: string) => `${decimal} ${currency}`,
    nameOf: (ref: string) => ref.split('/')[1],
  };

  it('has the sections that there is something to say of', () => {
    const text = reviewMarkdown(review(), {
      ...print,
      savings: { saved: '7', low: '5', high: '9', currency: 'USD' },
    });
    expect(text.match(/^#+ .*$/gm)).toEqual([
      '# Cost review of the week 2026-06-15 to 2026-06-21',
      '## What moved',
      '## Anomalies',
      '## Savings',
      '## Budgets at risk',
      '## Actions',
    ]);
    expect(text).toContain('- Restated since: +10 USD, to 310 USD');
    expect(text).toContain(
      '- Saved so far, measured: **7 USD** (5 USD to 9 USD), as of when this text was made',
    );
  });

  it('names the budgets that are furthest over, and how many more there are', () => {
    const budgetRisks = Array.from({ length: 40 }, (_, index) => ({
      ...BUDGET,
      id: `b${index}`,
    }));
    const linesOf = (change: object) =>
      reviewMarkdown({ ...review(), ...change }, print)
        .split('## Budgets at risk')[1]
        .split('##')[0]
        .match(/^- .*$/gm);
    const lines = linesOf({ budgetRisks, budgetsAtRisk: 3088 });
    expect(lines).toHaveLength(16);
    expect(lines?.at(-1)).toBe('- and 3073 more');
    expect(linesOf({})).toHaveLength(1);
  });

  it.each([
    [{}, '50 EUR over'],
    [
      { spent: '90', forecast: { total: '120', low: '110', high: '130' } },
      'forecast to be 20 EUR over by 2026-06-30',
    ],
    [
      { forecast: { total: '220', low: '210', high: '230' } },
      '50 EUR over, and forecast to be 120 EUR over by 2026-06-30',
    ],
    [{ forecast: { total: '150', low: '150', high: '150' } }, '50 EUR over'],
  ])('tells what is spent over a budget from its forecast: %j', (of, said) => {
    const budget = { ...BUDGET, ...of, title: 'Shop' };
    const all = facts({ budgets: [budget] });
    const text = reviewMarkdown(
      { ...all.figures, anomalies: [], actions: reviewActions(all) },
      print,
    );
    expect(text).toContain(`- Shop, with a limit of 100 EUR: ${said}\n`);
    expect(text).toContain(
      `- [ ] Bring the budget of Shop back: ${said} (shop, until`,
    );
  });

  it('says what a unit costs with its currency, and of how many units', () => {
    const unit = {
      entityRef: 'component:default/web',
      metric: 'm',
      cost: '10',
      quantity: 10,
      unitCost: '0.115',
    };
    const unitCosts = [
      { ...unit, metricTitle: 'Tokens', per: 1e6, previousUnitCost: '0.1' },
      { ...unit, metricTitle: 'Requests', per: 1 },
    ];
    const text = reviewMarkdown({ ...review(), unitCosts }, print);
    expect(text).toContain(
      '- web: 0.115 USD per 1,000,000 Tokens, 0.1 USD the week before\n',
    );
    expect(text).toContain('- web, Requests: 0.115 USD each\n');
  });

  it('has no markup that people named', () => {
    const text = reviewMarkdown(review(), print);
    expect(text).not.toContain('<b>');
    expect(text).not.toContain('@all');
  });
});

describe('the week of a review', () => {
  it.each([
    ['2026-11-15', '2026-11-09'],
    ['2026-11-16', '2026-11-16'],
    ['2026-11-22', '2026-11-16'],
    ['1999-12-31', '1999-12-27'],
  ])('of %s begins on Monday %s', (day, monday) => {
    expect(reviewWeekOf(day)).toBe(monday);
  });

  it('is due two days after its end', () => {
    expect(reviewDueOn('2026-11-16')).toBe('2026-11-25');
    expect(newestDueWeek('2026-11-24')).toBe('2026-11-09');
    expect(newestDueWeek('2026-11-25')).toBe('2026-11-16');
  });
});
