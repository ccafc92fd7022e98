import fc from 'fast-check';
import { AnomalyRow } from '../anomalies';
import { budgetDefinitionSchema } from '../budgets';
import { anomalyAlert } from './anomalyAlert';
import { budgetAlert, budgetAlerts, BudgetOccurrence } from './budgetAlert';
import { CostAlert } from './costAlert';
import { mergeAlerts } from './mergeAlerts';

const happened = (
  over: Partial<BudgetOccurrence> = {},
  amount = '2500',
): BudgetOccurrence => ({
  id: '1',
  budgetId: 'page/shop',
  budget: budgetDefinitionSchema.parse({
    title: 'Shop',
    scope: { type: 'group', entityRef: 'group:default/shop' },
    period: { type: 'month' },
    amount,
    currency: 'USD',
  }),
  kind: 'fired',
  on: 'spent',
  percent: 100,
  at: '2026-06-16T12:00:00.000Z',
  start: '2026-06-01',
  end: '2026-07-01',
  reason: { message: '2600.00 USD of 2500.00 USD are spent.' },
  ...over,
});
const incident = (over: Partial<AnomalyRow> = {}): AnomalyRow => ({
  id: 7,
  shape: 'jump',
  kind: 'service',
  entityRef: 'component:default/web',
  firstDay: '2026-06-10',
  lastDay: '2026-06-12',
  days: 3,
  actual: '900000000',
  expected: '300000000',
  excess: '600000000',
  percent: 200,
  score: 3,
  causes: [],
  openedAt: '2026-06-12T00:00:00.000Z',
  changedAt: '2026-06-12T00:00:00.000Z',
  sentence: 'From 2026-06-10 to 2026-06-12 it cost 600.00 USD more.',
  ...over,
});
const told = (kind: 'opened' | 'closed', over: Partial<AnomalyRow> = {}) =>
  anomalyAlert({
    kind,
    at: '2026-06-16T12:00:00.000Z',
    title: 'Web',
    anomaly: incident(over),
  });

describe('what people are told', () => {
  it('of a budget names it, and links to it', () => {
    expect(budgetAlert(happened())).toEqual({
      kind: 'budget',
      severity: 'high',
      scope: 'budget:page/shop',
      subject: { type: 'group', entityRef: 'group:default/shop' },
      notify: [],
      title: 'Shop: 100 % is spent',
      sentence: '2600.00 USD of 2500.00 USD are spent.',
      plain:
        '100 % of the budget or more is spent in the period from 2026-06-01 to 2026-06-30.',
      link: '/cost/budgets?budget=page%2Fshop',
      from: '2026-06-01',
      at: '2026-06-16T12:00:00.000Z',
    });
  });

  it('of a budget speaks of what is carried over, too', () => {
    const event = happened();
    const carrying = { ...event.budget, carryOver: 'unused' as const };
    expect(budgetAlert({ ...event, budget: carrying }).from).toBe('2026-05-01');
  });

  it.each([
    [happened({ on: 'forecast' }), 'Shop: 100 % is forecast', 'normal'],
    [happened({ percent: 80 }), 'Shop: 80 % is spent', 'normal'],
    [
      happened({ kind: 'cleared' }),
      'Shop: 100 % is not spent after all',
      'low',
    ],
    [happened({}, '0'), 'Shop: something is spent', 'high'],
  ])('of a budget %#', (event, title, severity) => {
    expect(budgetAlert(event)).toMatchObject({ title, severity });
  });

  it('without amounts has none, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10_000_000n, max: 10n ** 15n }),
        fc.constantFrom('fired', 'cleared' as const),
        fc.constantFrom('spent', 'forecast' as const),
        fc.constantFrom('opened', 'closed' as const),
        (amount, kind, on, change) => {
          const reason = { message: `${amount} USD of ${amount} USD.` };
          const row = {
            actual: `${amount}`,
            excess: `${amount}`,
            sentence: reason.message,
          };
          for (const alert of [
            budgetAlert(
              happened({ kind, on, reason } as Partial<BudgetOccurrence>),
            ),
            told(change as 'opened', row),
          ]) {
            expect(alert.sentence).toContain(`${amount}`);
            for (const text of [
              alert.plain,
              alert.title,
              alert.link,
              alert.scope,
            ]) {
              expect(text).not.toContain(`${amount}`);
              expect(text).not.toContain('USD');
            }
          }
        },
      ),
    );
  });

  it.each([
    [told('opened'), 'Web costs more than usual', 'high'],
    [told('closed', { end: 'over' }), 'Web costs what is usual again', 'low'],
    [
      told('closed', { end: 'over', lastDay: '2026-06-30' }),
      'Web costs what is usual again',
      'low',
    ],
    [
      told('closed', { end: 'level' }),
      'Web costs more by now, and that is its new level',
      'low',
    ],
    [
      told('closed', { end: 'restated' }),
      'Web does not cost more than usual after all',
      'low',
    ],
    [
      told('closed', { end: 'expected' }),
      'Web costs what somebody expects',
      'low',
    ],
    [
      told('opened', { shape: 'rise' }),
      'Web costs more from week to week',
      'high',
    ],
    [
      told('closed', { shape: 'rise', end: 'level', days: 40 }),
      'Web costs more by now, and that is its new level',
      'low',
    ],
    [
      told('closed', { shape: 'rise', end: 'overtaken' }),
      'Web rises slowly no longer: other days are odd or expected',
      'low',
    ],
    [
      told('closed', { shape: 'rise', end: 'over', lastDay: '2026-06-30' }),
      'Web costs less again',
      'low',
    ],
  ])('of an incident %#', (alert, title, severity) => {
    expect(alert).toMatchObject({
      title,
      severity,
      scope: 'anomaly:7',
      link: '/catalog/default/component/web/cost',
    });
  });

  it('of a team leads to its page', () => {
    expect(
      told('opened', { kind: 'team', entityRef: 'group:default/shop' }),
    ).toMatchObject({
      subject: { type: 'group', entityRef: 'group:default/shop' },
      link: '/catalog/default/group/shop/cost',
    });
  });
});

describe('mergeAlerts', () => {
  const read = (alert: CostAlert, withAmounts = true) => ({
    alert,
    withAmounts,
  });

  it('says what happened to one budget as one', () => {
    const [eighty, full] = [
      happened({ percent: 80, reason: { message: 'A.' } }),
      happened(),
    ];
    expect(
      mergeAlerts(
        [eighty, full].map(each => read(budgetAlert(each))),
        '1',
      ),
    ).toEqual([
      {
        title: 'Shop: 100 % is spent',
        description: '2600.00 USD of 2500.00 USD are spent. A.',
        severity: 'high',
        topic: 'cost-budget',
        scope: 'budget:page/shop',
        link: '/cost/budgets?budget=page%2Fshop',
      },
    ]);
  });

  it.each([
    ['fired', [100, 50, 80], [100, 80, 50], '100 % is spent'],
    ['cleared', [100, 50, 80], [50, 80, 100], '50 % is not spent after all'],
  ] as const)(
    'begins with the threshold that its title has: %s',
    (kind, declared, said, title) => {
      const alerts = budgetAlerts(
        declared.map(percent =>
          happened({ kind, percent, reason: { message: `${percent}.` } }),
        ),
      );
      const [message] = mergeAlerts(
        alerts.map(each => read(each)),
        '1',
      );
      expect(message).toMatchObject({
        title: `Shop: ${title}`,
        description: said.map(percent => `${percent}.`).join(' '),
      });
    },
  );

  it('says others as a digest, with amounts for who may read them', () => {
    const till = happened({ budgetId: 'page/till' });
    const budget = { ...till.budget, title: 'Till' };
    expect(
      mergeAlerts(
        [
          read(budgetAlert(happened())),
          read(budgetAlert({ ...till, budget }), false),
        ],
        'k',
      ),
    ).toEqual([
      {
        title: 'What happened to cost: 2 alerts',
        description:
          'Shop: 100 % is spent. 2600.00 USD of 2500.00 USD are spent.\n\nTill: 100 % is spent. 100 % of the budget or more is spent in the period from 2026-06-01 to 2026-06-30.',
        severity: 'high',
        topic: 'cost-budget',
        scope: 'digest:k:budget:0',
        link: '/cost/budgets',
      },
    ]);
  });

  it('says kinds by themselves, so that each can be muted', () => {
    const of = (on: BudgetOccurrence['on'], budgetId: string) =>
      read(budgetAlert(happened({ on, budgetId })));
    const messages = mergeAlerts(
      [
        of('spent', 'a'),
        of('forecast', 'a'),
        read(told('opened')),
        of('spent', 'b'),
        of('forecast', 'b'),
      ],
      'k',
    );
    expect(messages.map(({ topic, scope }) => [topic, scope])).toEqual([
      ['cost-budget', 'digest:k:budget:0'],
      ['cost-forecast', 'digest:k:forecast:0'],
      ['cost-anomaly', 'anomaly:7'],
    ]);
  });

  it('leads from incidents to where they are shown', () => {
    const SHOP = 'group:default/shop';
    const of = (name: string, teams: string[], kind = told('opened')) => ({
      ...read({
        ...kind,
        scope: name,
        link: `/catalog/default/component/${name}/cost`,
      }),
      teams,
    });
    const linkOf = (...alerts: ReturnType<typeof of>[]) =>
      mergeAlerts(alerts, 'k').map(({ link }) => link);
    const page = (name: string, kind = 'component') => [
      `/catalog/default/${kind}/${name}/cost`,
    ];
    expect(linkOf(of('web', [SHOP]), of('db', ['x', SHOP]))).toEqual(
      page('shop', 'group'),
    );
    const over = told('closed', { end: 'over' });
    expect(linkOf(of('web', [SHOP], over), of('db', []))).toEqual(page('db'));
    const again = { ...of('web', [SHOP]), alert: told('opened', { id: 8 }) };
    expect(linkOf({ ...again, alert: told('opened') }, again)).toEqual(
      page('web'),
    );
  });

  it('says every alert once, in texts that Slack takes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 400 }), {
          minLength: 1,
          maxLength: 80,
        }),
        lengths => {
          const alerts = lengths.map((length, i) => ({
            ...budgetAlert(happened({ budgetId: `b${i}` })),
            sentence: `#${i}# ${'x'.repeat(length)}`,
          }));
          const messages = mergeAlerts(
            alerts.map(each => read(each)),
            'k',
          );
          expect(new Set(messages.map(({ scope }) => scope)).size).toBe(
            messages.length,
          );
          const all = messages.map(({ description }) => description).join('\n');
          for (const message of messages) {
            expect(message.description.length).toBeLessThan(3000);
          }
          alerts.forEach((_, i) => expect(all.split(`#${i}#`)).toHaveLength(2));
        },
      ),
    );
  });
});
