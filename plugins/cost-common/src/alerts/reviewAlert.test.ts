import { ReviewBudget, ReviewFigures } from '../review';
import { reviewAlert } from './reviewAlert';

const HOURS = { wanted: 168, complete: 168 };

const RISK: ReviewBudget = {
  id: 'b',
  scope: { type: 'service', entityRef: 'component:default/web' },
  start: '2026-11-01',
  end: '2026-12-01',
  limit: '1',
  currency: 'USD',
  spent: '2',
};

function review(over: Partial<ReviewFigures> = {}): ReviewFigures {
  return {
    week: '2026-11-16',
    end: '2026-11-23',
    timezone: 'UTC',
    currency: 'USD',
    madeAt: '2026-11-25T00:00:00.000Z',
    simulated: false,
    restricted: false,
    comparison: 'ok',
    hours: { before: HOURS, after: HOURS },
    pace: {
      spend: '1500000000',
      before: '1200000000',
      change: '300000000',
      changeRatio: 0.25,
      month: {
        start: '2026-11-01',
        end: '2026-12-01',
        toDate: '0',
        incompleteDays: 0,
      },
    },
    movers: { services: [], teams: [] },
    unitCosts: [],
    budgetRisks: [],
    ...over,
  };
}

const sentences = (over: Partial<ReviewFigures> = {}) => {
  const { sentence, plain } = reviewAlert(review(over), {
    amount: micros => `${Number(micros) / 1e6} USD`,
    notify: ['group:default/finops'],
  });
  return { sentence, plain };
};

it('says what the week came to, and leads to the review', () => {
  expect(
    reviewAlert(review(), { amount: String, notify: ['group:default/finops'] }),
  ).toMatchObject({
    kind: 'review',
    severity: 'low',
    scope: 'review',
    subject: { type: 'everything' },
    notify: ['group:default/finops'],
    title: 'The cost review of the week from 2026-11-16 to 2026-11-22 is there',
    link: '/cost/review?week=2026-11-16',
    at: '2026-11-25T00:00:00.000Z',
  });
  expect(sentences()).toEqual({
    sentence:
      'The week cost 1500 USD, 300 USD (25.0 %) more than the week before. No budget is at risk.',
    plain: 'It says what moved and what to do next. No budget is at risk.',
  });
});

it.each([
  ['-300000000', -0.2, 'The week cost 1500 USD, 300 USD (20.0 %) less than'],
  ['0', 0, 'The week cost 1500 USD, as much as the week before.'],
  ['300000000', undefined, 'The week cost 1500 USD, 300 USD more than the'],
  [undefined, undefined, '1500 USD; nothing is known of the week before.'],
])('compares a change of %s', (change, changeRatio, expected) => {
  const { pace } = review();
  expect(
    sentences({ pace: { ...pace, change, changeRatio } }).sentence,
  ).toContain(expected);
});

it('says what is missing and leaves out what is not known', () => {
  const risks = (count: number) =>
    sentences({ budgetRisks: Array.from({ length: count }, () => RISK) });
  expect(sentences({ budgetRisks: undefined }).plain).not.toContain('budget');
  expect(risks(1).plain).toContain('One budget is over its limit');
  expect(risks(3).plain).toContain('3 budgets are over their limit');
  expect(
    sentences({
      comparison: 'incomplete',
      hours: { before: HOURS, after: { wanted: 168, complete: 160 } },
    }).sentence,
  ).toBe(
    'The week cost 1500 USD, 300 USD (25.0 %) more than the week before, hours of either of which are missing. Hours of it are missing: 8. No budget is at risk.',
  );
});
