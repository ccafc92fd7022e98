import { BUDGET_ANNOTATION, readBudgetAnnotations } from './budgetAnnotations';

const read = (annotations: Record<string, string>, kind = 'component') =>
  readBudgetAnnotations({
    kind,
    entityRef: `${kind}:default/web`,
    annotations,
  });

describe('readBudgetAnnotations', () => {
  it('reads what templates stamp', () => {
    expect(read({ [BUDGET_ANNOTATION]: '2500 USD a month' })).toEqual({
      budget: {
        scope: { type: 'service', entityRef: 'component:default/web' },
        period: { type: 'month', day: 1 },
        amount: '2500',
        currency: 'USD',
        cost: { basis: 'allocated', idle: 'separate' },
        carryOver: 'none',
        thresholds: [
          { on: 'spent', percent: 80 },
          { on: 'spent', percent: 100 },
          { on: 'forecast', percent: 100 },
        ],
        notify: [],
      },
    });
    expect(read({})).toBeUndefined();
  });

  it('reads every detail', () => {
    const found = read(
      {
        [BUDGET_ANNOTATION]: '99.50 EUR a year',
        [`${BUDGET_ANNOTATION}-title`]: 'The shop',
        [`${BUDGET_ANNOTATION}-starts`]: '04-06',
        [`${BUDGET_ANNOTATION}-zone`]: 'Europe/London',
        [`${BUDGET_ANNOTATION}-cost`]: 'allocated with idle',
        [`${BUDGET_ANNOTATION}-carry-over`]: 'unused',
        [`${BUDGET_ANNOTATION}-thresholds`]: '50 %, 90%, forecast 110 %',
        [`${BUDGET_ANNOTATION}-since`]: '2026-04-06',
      },
      'group',
    );
    expect(found).toMatchObject({
      budget: {
        title: 'The shop',
        scope: { type: 'group' },
        period: { type: 'year', month: 4, day: 6, zone: 'Europe/London' },
        cost: { basis: 'allocated', idle: 'shared' },
        carryOver: 'unused',
        thresholds: [
          { on: 'spent', percent: 50 },
          { on: 'spent', percent: 90 },
          { on: 'forecast', percent: 110 },
        ],
        since: '2026-04-06',
      },
    });
  });

  it.each([
    [
      { '': 'lots' },
      "headroom.io/budget is 'lots'; it must be an amount, a currency and a period, such as 2500 USD a month",
    ],
    [
      { '-start': 'mon' },
      'headroom.io/budget-start is not known; known are headroom.io/budget-title, headroom.io/budget-starts, headroom.io/budget-zone, headroom.io/budget-cost, headroom.io/budget-carry-over, headroom.io/budget-thresholds, headroom.io/budget-since',
    ],
    [
      { '-starts': 'mon' },
      "headroom.io/budget-starts is 'mon'; it must be a day of the month, 1 to 31",
    ],
    [{ '-starts': '32' }, 'headroom.io/budget-starts must be at most 31'],
    [
      { '-zone': 'Berlin' },
      'headroom.io/budget-zone must be an IANA zone such as Europe/Berlin',
    ],
    [
      { '-cost': 'list' },
      "headroom.io/budget-cost is 'list'; it must be one of allocated, allocated with idle, billed, effective",
    ],
    [
      { '-carry-over': 'all' },
      'headroom.io/budget-carry-over must be one of none, unused, both',
    ],
    [
      { '-thresholds': 'soon' },
      "headroom.io/budget-thresholds is 'soon'; it must be percentages such as 80 %, 100 %, forecast 100 %",
    ],
    [
      { '-thresholds': '80, 80' },
      'headroom.io/budget-thresholds must not hold the same threshold twice',
    ],
    [
      { '-since': 'today' },
      'headroom.io/budget-since must be a day such as 2026-01-31',
    ],
  ])('says what is wrong with %j', (details, problem) => {
    const annotations = Object.fromEntries(
      Object.entries({ '': '10 USD a month', ...details }).map(
        ([key, value]) => [`${BUDGET_ANNOTATION}${key}`, value],
      ),
    );
    expect(read(annotations)).toEqual({ problem });
  });
});
