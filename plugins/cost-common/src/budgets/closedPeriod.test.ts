import { addDays, eachDay } from '@headroom/common';
import { budgetDefinitionSchema } from './budgetDefinition';
import { closedPeriodOf, evaluateClosedPeriod } from './closedPeriod';

const budgetOf = (change = {}) =>
  budgetDefinitionSchema.parse({
    scope: { type: 'cluster', cluster: 'c1' },
    period: { type: 'month' },
    amount: '100',
    currency: 'USD',
    thresholds: [
      { on: 'spent', percent: 100 },
      { on: 'forecast', percent: 100 },
    ],
    ...change,
  });

describe('a period that is over', () => {
  it('is looked at for two months', () => {
    const october = { start: '2026-10-01', end: '2026-11-01' };
    expect(closedPeriodOf(budgetOf(), '2026-11-01')).toEqual(october);
    expect(closedPeriodOf(budgetOf(), '2026-11-30')).toEqual(october);
    const yearly = budgetOf({ period: { type: 'year' } });
    expect(closedPeriodOf(yearly, '2026-03-03')).toEqual({
      start: '2025-01-01',
      end: '2026-01-01',
    });
    expect(closedPeriodOf(yearly, '2026-03-04')).toBeUndefined();
  });

  it('is none when the budget counts only since', () => {
    const of = (since: string) =>
      closedPeriodOf(budgetOf({ since }), '2026-11-10');
    expect(of('2026-11-01')).toBeUndefined();
    expect(of('2026-10-31')).toBeDefined();
  });

  it('sums all of its days, its last one too, and forecasts nothing', () => {
    const days = eachDay('2026-09-01', '2026-11-10').map(day => ({
      day,
      micros: 4_000_000n,
      complete: true,
    }));
    const closed = evaluateClosedPeriod({
      budget: budgetOf(),
      days,
      today: '2026-11-10',
      knownFrom: '2026-09-01',
    });
    expect(closed).toMatchObject({
      period: { start: '2026-10-01', end: '2026-11-01' },
      spent: 124_000_000n,
      limit: 100_000_000n,
      projection: { status: 'not-yet' },
    });
    expect(closed?.thresholds.map(({ isReached }) => isReached)).toEqual([
      true,
      undefined,
    ]);
  });

  it('says since when it is known', () => {
    const closed = evaluateClosedPeriod({
      budget: budgetOf(),
      days: [{ day: '2026-10-20', micros: 1n, complete: true }],
      today: addDays('2026-10-20', 20),
      knownFrom: '2026-10-20',
    });
    expect(closed).toMatchObject({ spent: 1n, knownFrom: '2026-10-20' });
  });
});
