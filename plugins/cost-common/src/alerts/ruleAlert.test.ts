import fc from 'fast-check';
import { mergeAlerts } from './mergeAlerts';
import { ruleAlert, RuleOccurrence } from './ruleAlert';
import { DEFAULT_RULES, RULE_MEASURES } from './rules';

const amount = (micros: bigint) => `${micros / 1_000_000n} USD`;
const ruleOf = (measure: (typeof RULE_MEASURES)[number]) =>
  DEFAULT_RULES.find(each => each.measure === measure)!;
const happened = (over: Partial<RuleOccurrence> = {}): RuleOccurrence => ({
  kind: 'began',
  at: '2026-06-16T12:07:00.000Z',
  since: '2026-06-16T10:00:00.000Z',
  rule: ruleOf('utilisation'),
  subject: { type: 'service', entityRef: 'component:default/web' },
  title: 'Web',
  value: 21.04,
  perDay: 812_000_000,
  ...over,
});

describe('ruleAlert', () => {
  it('says what a rule is over, by how much and since when', () => {
    expect(ruleAlert(happened(), amount)).toEqual({
      kind: 'rule',
      severity: 'normal',
      scope: 'rule:utilisation:component:default/web',
      subject: { type: 'service', entityRef: 'component:default/web' },
      notify: [],
      title: 'Web uses less than 30 % of the CPU and memory that is paid for',
      sentence:
        'In the last hour 21 % was used of CPU and memory that cost 812 USD a day. It has been so in every hour since 2026-06-16 10:00 UTC.',
      plain: 'It has been so in every hour since 2026-06-16 10:00 UTC.',
      link: '/catalog/default/component/web/cost',
      from: '2026-06-15',
      at: '2026-06-16T12:07:00.000Z',
    });
  });

  it.each([
    ['daily-cost', 'Web costs more than its budget’s share of a day'],
    ['gpu-efficiency', 'Web uses less than 50 % of the GPUs that are paid for'],
    ['waste', 'Web wastes more than 50 % of its cost'],
    ['hourly-spend', 'Web costs more than a rule allows an hour'],
    ['spot-share', 'Web runs less than 20 % of its CPU on spot capacity'],
  ] as const)('names %s', (measure, title) => {
    expect(ruleAlert(happened({ rule: ruleOf(measure) }), amount).title).toBe(
      title,
    );
  });

  it.each([
    ['back', 'It has not been so in any hour since 2026-06-16 10:00 UTC.'],
    [
      'nothing',
      'There is nothing to measure it of since 2026-06-16 10:00 UTC.',
    ],
    [
      'restated',
      'Hours were corrected, or services changed hands, and by what counts now it was not so.',
    ],
    [
      'budget',
      'The budget’s share of a day was changed, and it is not so by the new one.',
    ],
    ['changed', 'The rule was changed, and it is not so by the new one.'],
  ] as const)('says why it is over: %s', (end, plain) => {
    expect(ruleAlert(happened({ kind: 'ended', end }), amount)).toMatchObject({
      severity: 'low',
      title:
        'Web does not use less than 30 % of the CPU and memory that is paid for any more',
      plain,
    });
  });

  it('has no amounts where none may be said', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RULE_MEASURES),
        fc.constantFrom<'began' | 'ended'>('began', 'ended'),
        fc.integer({ min: 10 ** 8, max: 10 ** 14 }),
        (measure, kind, perDay) => {
          const alert = ruleAlert(
            happened({ kind, rule: ruleOf(measure), perDay, value: perDay }),
            amount,
          );
          expect(alert.sentence).toContain('USD');
          for (const text of [alert.title, alert.plain, alert.link]) {
            expect(text).not.toContain('USD');
            expect(text).not.toContain(String(perDay));
          }
        },
      ),
    );
  });

  it('tells many at a time as one, the most severe first, and how many more', () => {
    const alerts = Array.from({ length: 300 }, (_, i) => ({
      alert: ruleAlert(
        happened({
          subject: { type: 'service', entityRef: `component:default/s${i}` },
          title: `S${i}`,
          rule: ruleOf(i === 250 ? 'daily-cost' : 'utilisation'),
        }),
        amount,
      ),
      withAmounts: true,
    }));
    const messages = mergeAlerts(alerts, 'k');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      title: 'What happened to cost: 300 alerts',
      topic: 'cost-rule',
      severity: 'high',
      link: '/cost/budgets',
    });
    expect(messages[0].description).toMatch(/^S250 costs more/m);
    expect(messages[0].description).toMatch(/Rules say so of 290 more;/);
    expect(messages[0].description.length).toBeLessThan(3000);
  });
});
