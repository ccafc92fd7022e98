import fc from 'fast-check';
import { addDays } from '@headroom/common';
import { budgetOf, daysOf, upTo } from './__testUtils__/budgets';
import { BudgetDefinition } from './budgetDefinition';
import { BudgetDay, evaluateBudget } from './evaluateBudget';
import { BudgetEvent, FiredThreshold, stepThresholds } from './stepThresholds';

/** A budget over time: each look sees days, and remembers what has fired. */
function watch() {
  let fired: FiredThreshold[] = [];
  return (budget: BudgetDefinition, today: string, days: BudgetDay[]) => {
    const evaluation = evaluateBudget({ budget, today, days });
    const step = stepThresholds({
      budget,
      evaluation,
      days,
      fired,
      now: `${today}T12:00:00.000Z`,
    });
    fired = step.fired;
    return step.events;
  };
}

const said = (events: BudgetEvent[]) =>
  events.map(({ kind, on, percent }) => `${kind} ${on} ${percent}`);
const SPENT_ONLY = budgetOf({
  amount: '100',
  thresholds: [
    { on: 'spent', percent: 50 },
    { on: 'spent', percent: 100 },
  ],
});

describe('stepThresholds', () => {
  it('fires each threshold once a period, and again in the next', () => {
    const look = watch();
    expect(
      said(
        look(SPENT_ONLY, '2026-11-03', daysOf('2026-11-01', '2026-11-03', 10)),
      ),
    ).toEqual([]);
    expect(
      said(
        look(SPENT_ONLY, '2026-11-07', daysOf('2026-11-01', '2026-11-07', 10)),
      ),
    ).toEqual(['fired spent 50']);
    expect(
      said(
        look(SPENT_ONLY, '2026-11-08', daysOf('2026-11-01', '2026-11-08', 10)),
      ),
    ).toEqual([]);
    expect(
      said(
        look(SPENT_ONLY, '2026-11-20', daysOf('2026-11-01', '2026-11-20', 10)),
      ),
    ).toEqual(['fired spent 100']);
    expect(
      said(
        look(SPENT_ONLY, '2026-12-02', daysOf('2026-11-01', '2026-12-02', 10)),
      ),
    ).toEqual([]);
    expect(
      said(
        look(SPENT_ONLY, '2026-12-12', daysOf('2026-11-01', '2026-12-12', 10)),
      ),
    ).toEqual(['fired spent 50', 'fired spent 100']);
  });

  it('arms again when the amount is another', () => {
    const look = watch();
    const days = daysOf('2026-11-01', '2026-11-07', 10);
    expect(said(look(SPENT_ONLY, '2026-11-07', days))).toEqual([
      'fired spent 50',
    ]);
    expect(
      said(look({ ...SPENT_ONLY, amount: '110' }, '2026-11-07', days)),
    ).toEqual(['fired spent 50']);
    expect(
      said(look({ ...SPENT_ONLY, amount: '110.00' }, '2026-11-07', days)),
    ).toEqual([]);
  });

  it('takes a threshold back when the bill is restated, with a sentence', () => {
    const look = watch();
    const days = daysOf('2026-11-01', '2026-11-07', 10);
    const [event] = look(SPENT_ONLY, '2026-11-07', days);
    expect(event.reason.message).toBe(
      '60.00 USD of 100.00 USD are spent in the period from 2026-11-01 to 2026-11-30, which is 50 % of the budget or more.',
    );
    const events = look(
      SPENT_ONLY,
      '2026-11-08',
      daysOf('2026-11-01', '2026-11-08', 6),
    );
    expect(said(events)).toEqual(['cleared spent 50']);
    expect(events[0].reason.message).toBe(
      'What is spent since 2026-11-01 was corrected from 60.00 USD to 42.00 USD, so that 50 % of the budget is not reached after all.',
    );
    // It was never reached; when it is, it fires.
    expect(
      said(
        look(SPENT_ONLY, '2026-11-11', daysOf('2026-11-01', '2026-11-11', 6)),
      ),
    ).toEqual(['fired spent 50']);
  });

  it('takes no forecast back that only wanders', () => {
    const budget = budgetOf({
      amount: '310',
      thresholds: [{ on: 'forecast', percent: 100 }],
    });
    const look = watch();
    expect(
      said(look(budget, '2026-11-10', upTo('2026-11-10', 40, 11))),
    ).toEqual(['fired forecast 100']);
    const cheaper = [
      ...daysOf('2026-10-01', '2026-11-10', 11),
      ...daysOf('2026-11-10', '2026-11-20', 5),
    ];
    expect(
      evaluateBudget({ budget, today: '2026-11-20', days: cheaper })
        .thresholds[0].isReached,
    ).toBe(false);
    expect(look(budget, '2026-11-20', cheaper)).toEqual([]);
    const events = look(
      budget,
      '2026-11-20',
      daysOf('2026-10-01', '2026-11-20', 5),
    );
    expect(said(events)).toEqual(['cleared forecast 100']);
    expect(events[0].reason.message).toBe(
      'The costs up to 2026-11-09 were corrected from 99.00 USD to 45.00 USD, so that 100 % of the budget is not forecast any more.',
    );
  });

  it('tells once of the first spend where the budget is nothing', () => {
    const look = watch();
    const budget = budgetOf({ amount: '0' });
    const days = daysOf('2026-11-01', '2026-11-07', 0.0005);
    const events = look(budget, '2026-11-07', days);
    expect(events.map(({ reason }) => reason.message)).toEqual([
      '< 0.01 USD are spent in the period from 2026-11-01 to 2026-11-30; the budget is nothing, so any spend is too much.',
    ]);
    expect(look(budget, '2026-11-07', days)).toEqual([]);
    const corrected = look(budget, '2026-11-08', []);
    expect(corrected.map(({ kind }) => kind)).toEqual(['cleared']);
  });

  it('says that nothing is left where more was overspent before than the budget is', () => {
    const days = [
      ...daysOf('2026-10-01', '2026-11-01', 10),
      ...daysOf('2026-11-01', '2026-11-07', 1),
    ];
    const budget = budgetOf({ amount: '100', carryOver: 'both' });
    const evaluation = evaluateBudget({
      budget,
      today: '2026-11-07',
      days,
      knownFrom: '2026-09-01',
    });
    const { events } = stepThresholds({
      budget,
      evaluation,
      days,
      fired: [],
      now: '2026-11-07T12:00:00.000Z',
    });
    expect(events.map(({ reason }) => reason.message)).toEqual([
      '6.00 USD are spent in the period from 2026-11-01 to 2026-11-30; what was overspent in the period before has used up the budget, so any spend is too much.',
    ]);
  });

  it('says that any spend is too much where the budget is nothing', () => {
    const budget = budgetOf({
      amount: '0',
      thresholds: [{ on: 'spent', percent: 100 }],
    });
    const [event] = watch()(
      budget,
      '2026-11-07',
      daysOf('2026-11-01', '2026-11-02', 0.5),
    );
    expect(event.reason.message).toBe(
      '0.50 USD are spent in the period from 2026-11-01 to 2026-11-30; the budget is nothing, so any spend is too much.',
    );
  });

  it('fires and clears in turn, and never the same twice, whatever bills say', () => {
    const looks = fc.array(
      fc.record({
        ahead: fc.integer({ min: 0, max: 9 }),
        dollars: fc.integer({ min: 0, max: 20 }),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(looks, each => {
        const look = watch();
        const budget = budgetOf({ amount: '150' });
        let today = '2026-09-05';
        const open = new Map<string, boolean>();
        for (const { ahead, dollars } of each) {
          today = addDays(today, ahead);
          const days = daysOf('2026-08-01', today, dollars);
          const events = look(budget, today, days);
          for (const { kind, on, percent, periodStart } of events) {
            const key = `${periodStart} ${on} ${percent}`;
            expect(open.get(key) ?? false).toBe(kind === 'cleared');
            open.set(key, kind === 'fired');
          }
          expect(look(budget, today, days)).toEqual([]);
        }
      }),
    );
  });
});
