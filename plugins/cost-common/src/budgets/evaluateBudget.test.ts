import fc from 'fast-check';
import { addDays, eachDay } from '@headroom/common';
import { budgetOf, daysOf, upTo } from './__testUtils__/budgets';
import { breachedOn, burnDown } from './burnDown';
import { BudgetDay, evaluateBudget } from './evaluateBudget';

const TODAY = '2026-11-16';

describe('evaluateBudget', () => {
  it('follows the example of AWS Budgets: 80 % of $200 is $160', () => {
    const budget = budgetOf({
      amount: '200',
      thresholds: [{ on: 'spent', percent: 80 }],
    });
    const at = (spent: number) =>
      evaluateBudget({
        budget,
        today: TODAY,
        days: [
          { day: '2026-11-02', micros: BigInt(spent * 1e6), complete: true },
        ],
      }).thresholds[0];
    expect(at(159)).toEqual({
      on: 'spent',
      percent: 80,
      at: 160_000_000n,
      isReached: false,
    });
    expect(at(160)).toMatchObject({ isReached: true });
  });

  it('sums the period only, today’s part too, and forecasts the rest', () => {
    const days = upTo(TODAY, 60, 10).map(each =>
      each.day === TODAY ? { ...each, micros: 4_000_000n } : each,
    );
    const evaluation = evaluateBudget({
      budget: budgetOf({ amount: '300' }),
      today: TODAY,
      days,
    });
    expect(evaluation).toMatchObject({
      period: { start: '2026-11-01', end: '2026-12-01' },
      limit: 300_000_000n,
      spent: 154_000_000n,
      completeThrough: '2026-11-15',
      spentThrough: 150_000_000n,
      incompleteDays: 0,
      projection: { status: 'ok', total: '300000000' },
    });
    expect(evaluation.thresholds.map(({ isReached }) => isReached)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('forecasts nothing before three complete days, and says what is not known', () => {
    const { projection, thresholds } = evaluateBudget({
      budget: budgetOf(),
      today: TODAY,
      days: upTo(TODAY, 2, 500),
    });
    expect(projection).toMatchObject({ status: 'not-yet' });
    expect(thresholds.map(({ isReached }) => isReached)).toEqual([
      true,
      true,
      undefined,
    ]);
  });

  it('counts a fixed charge once', () => {
    const days = upTo(TODAY, 60, 10).map(
      (each): BudgetDay =>
        each.day === '2026-11-01'
          ? {
              ...each,
              micros: each.micros + 1_000_000_000n,
              fixedMicros: 1_000_000_000n,
            }
          : each,
    );
    const evaluation = evaluateBudget({
      budget: budgetOf(),
      today: TODAY,
      days,
      withCourse: true,
    });
    expect(evaluation.projection).toMatchObject({ total: '1300000000' });
    expect(evaluation.spent).toBe(1_150_000_000n);
    const last = burnDown(evaluation, days, TODAY).at(-1);
    expect(last?.forecast?.likely).toBe(200_000_000n - 1_300_000_000n);
  });

  it('takes any spend for too much when the budget is nothing', () => {
    const budget = budgetOf({
      amount: '0',
      thresholds: [
        { on: 'spent', percent: 80 },
        { on: 'forecast', percent: 100 },
      ],
    });
    const reached = (days: BudgetDay[]) =>
      evaluateBudget({ budget, today: TODAY, days }).thresholds.map(
        ({ isReached }) => isReached,
      );
    expect(reached([])).toEqual([false, undefined]);
    expect(reached(upTo(TODAY, 60, 0))).toEqual([false, false]);
    expect(reached([{ day: TODAY, micros: 1n, complete: false }])).toEqual([
      true,
      undefined,
    ]);
  });

  describe('carries over', () => {
    const at = (
      carryOver: 'none' | 'unused' | 'both',
      dollars: number,
      more = {},
    ) =>
      evaluateBudget({
        budget: budgetOf({ amount: '300', carryOver, ...more }),
        today: TODAY,
        days: [...daysOf('2026-09-01', '2026-11-01', dollars)],
        knownFrom: '2026-09-01',
      });

    it.each([
      ['none', 5, 0n],
      ['unused', 5, 145_000_000n],
      ['unused', 20, 0n],
      ['both', 20, -320_000_000n],
    ] as const)(
      '%s after a month of $%d a day',
      (carryOver, dollars, carried) => {
        const evaluation = at(carryOver, dollars);
        expect(evaluation.carried).toBe(carried);
        expect(evaluation.limit).toBe(300_000_000n + carried);
      },
    );

    it('nothing from before the budget began, or from days that are not known', () => {
      expect(at('unused', 5, { since: '2026-11-01' }).carried).toBe(0n);
      const { carried, carryProblem } = evaluateBudget({
        budget: budgetOf({ carryOver: 'unused' }),
        today: TODAY,
        days: daysOf('2026-10-10', '2026-11-01', 1),
        knownFrom: '2026-10-10',
      });
      expect(carried).toBe(0n);
      expect(carryProblem?.message).toBe(
        'Nothing is carried over, because some of the days from 2026-10-01 to 2026-10-31 are not known.',
      );
    });
  });

  describe('with a carry-over that is not known', () => {
    /** Of October 27 days of $10 are known, so that $30 of $300 may be left at most. */
    const at = (carryOver: 'unused' | 'both', spent: number) =>
      evaluateBudget({
        budget: budgetOf({
          amount: '300',
          carryOver,
          thresholds: [{ on: 'spent', percent: 100 }],
        }),
        today: TODAY,
        days: [
          ...daysOf('2026-10-05', '2026-11-01', 10),
          {
            day: '2026-11-02',
            micros: BigInt(spent) * 1_000_000n,
            complete: true,
          },
        ],
        knownFrom: '2026-10-05',
      }).thresholds[0].isReached;

    it('reaches what is reached however much was left', () => {
      expect(at('unused', 330)).toBe(true);
      expect(at('both', 330)).toBe(true);
    });

    it('does not reach what is not reached however little was left', () => {
      expect(at('unused', 299)).toBe(false);
      // Any amount may have been overspent.
      expect(at('both', 299)).toBeUndefined();
      expect(at('both', 0)).toBe(false);
    });

    it('says nothing in between', () => {
      expect(at('unused', 300)).toBeUndefined();
      expect(at('unused', 329)).toBeUndefined();
    });
  });

  it('counts from the day on that it says, and no day before', () => {
    const days = upTo(TODAY, 60, 10);
    const evaluation = evaluateBudget({
      budget: budgetOf({ amount: '100', since: '2026-11-12' }),
      today: TODAY,
      days,
      knownFrom: '2026-09-01',
    });
    expect(evaluation.spent).toBe(40_000_000n);
    expect(evaluation.projection).toMatchObject({ status: 'ok' });
    const { total } = evaluation.projection as { total: string };
    expect(Number(total)).toBeLessThan(195_000_000);
    expect(breachedOn(evaluation, days)).toBeUndefined();
    const points = burnDown(evaluation, days, TODAY);
    expect(points.find(({ day }) => day === '2026-11-11')?.left).toBe(
      100_000_000n,
    );
  });

  it('forecasts nothing, and reaches nothing, before the day since which it counts', () => {
    const evaluation = evaluateBudget({
      budget: budgetOf({ amount: '100', since: '2026-12-10' }),
      today: TODAY,
      days: upTo(TODAY, 60, 10),
      knownFrom: '2026-09-01',
    });
    expect(evaluation.spent).toBe(0n);
    expect(evaluation.projection).toMatchObject({
      status: 'not-yet',
      reason: 'The budget counts from 2026-12-10 on.',
    });
    expect(
      evaluation.thresholds.every(({ isReached: reached }) => !reached),
    ).toBe(true);
  });

  it('says from which day on it is known, unless nothing counts before', () => {
    const known = (since?: string) => {
      const days = daysOf('2026-11-05', TODAY, 10);
      const evaluation = evaluateBudget({
        budget: budgetOf({ amount: '200', ...(since && { since }) }),
        today: TODAY,
        days,
        knownFrom: '2026-11-05',
      });
      return {
        knownFrom: evaluation.knownFrom,
        first: burnDown(evaluation, days, TODAY)[0].left,
      };
    };
    expect(known()).toEqual({ knownFrom: '2026-11-05', first: undefined });
    expect(known('2026-11-05')).toEqual({
      knownFrom: undefined,
      first: 200_000_000n,
    });
  });

  it('burns down to what is left, and knows the day of the breach', () => {
    const days = upTo(TODAY, 60, 20);
    const evaluation = evaluateBudget({
      budget: budgetOf({ amount: '200' }),
      today: TODAY,
      days,
      withCourse: true,
    });
    const points = burnDown(evaluation, days, TODAY);
    expect(points).toHaveLength(30);
    expect(points[9]).toMatchObject({ day: '2026-11-10', left: 0n });
    expect(points[14]).toMatchObject({ left: -100_000_000n });
    expect(points[14].partial).toBeUndefined();
    expect(points[15]).toMatchObject({ day: TODAY, partial: true });
    expect(points[16].left).toBeUndefined();
    expect(points[29].even).toBe(0n);
    expect(breachedOn(evaluation, days)).toBe('2026-11-11');
    expect(
      breachedOn({ ...evaluation, limit: 10_000_000_000n }, days),
    ).toBeUndefined();
  });

  it('keeps its figures together whatever days cost', () => {
    const costs = fc.array(
      fc.record({
        micros: fc.bigInt({ min: 0n, max: 10n ** 12n }),
        complete: fc.boolean(),
      }),
      { minLength: 1, maxLength: 100 },
    );
    fc.assert(
      fc.property(costs, fc.nat(5_000), (each, amount) => {
        const first = addDays(TODAY, 1 - each.length);
        const days = eachDay(first, addDays(TODAY, 1)).map((day, index) => ({
          day,
          ...each[index],
        }));
        const budget = budgetOf({ amount: String(amount) });
        const evaluation = evaluateBudget({
          budget,
          today: TODAY,
          days,
          withCourse: true,
        });
        const { spent, limit, projection, thresholds, spentThrough } =
          evaluation;
        expect(spentThrough <= spent).toBe(true);
        const course =
          projection.status === 'ok'
            ? [projection.low, projection.total, projection.high].map(BigInt)
            : [];
        expect(course).toEqual([...course].sort((a, b) => (a < b ? -1 : 1)));
        const points = burnDown(evaluation, days, TODAY);
        expect(points.find(({ day }) => day === TODAY)?.left).toBe(
          limit - spent,
        );
        expect(points.at(-1)?.forecast?.likely).toBe(
          course.length > 0 ? limit - course[1] : undefined,
        );
        // What reaches more has reached less.
        const [at80, at100] = thresholds;
        expect(at100.isReached && !at80.isReached).toBe(false);
        expect(breachedOn(evaluation, days) !== undefined).toBe(
          spent > 0n && spent > limit,
        );
      }),
    );
  });
});
