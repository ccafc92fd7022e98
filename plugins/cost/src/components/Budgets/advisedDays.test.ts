import { addDays } from '@headroom/common';
import { BudgetBurnDownDay, BudgetReport } from '@headroom/plugin-cost-common';
import { advisedDays } from './advisedDays';

const TODAY = '2026-10-27';
/** $100, of which $60 are spent on a day on which four are left. */
const STATUS = { limit: '100000000', spent: '60000000', today: TODAY };

const dollars = (amount: number) => String(Math.round(amount * 1e6));

/** $5 a day from yesterday on, give or take $1 more every day. */
const burnDown: BudgetBurnDownDay[] = [-1, 0, 1, 2, 3, 4].map(index => ({
  day: addDays(TODAY, index),
  even: '0',
  forecast: {
    likely: dollars(38 - 5 * index),
    least: dollars(37 - 6 * index),
    most: dollars(39 - 4 * index),
  },
}));

function advised(
  advice: BudgetReport['advice'],
  change: { days?: BudgetBurnDownDay[]; today?: string } = {},
) {
  const { days = burnDown, today = TODAY } = change;
  return advisedDays({ burnDown: days, advice }, { ...STATUS, today }).map(
    each => each.advised,
  );
}

const taken = (forecast: string) => ({ perMonth: '1', forecast });

describe('advisedDays', () => {
  it('raises the forecast by the same amount every day, from today’s point to the figure', () => {
    // Spent by the end: 82 as forecast, 74 with the advice.
    const points = advised(taken(dollars(74)));
    expect(points.map(each => each?.likely)).toEqual([
      undefined,
      ...[38, 35, 32, 29, 26].map(dollars),
    ]);
  });

  it('has an interval that is as wide, but never above what is left today', () => {
    const points = advised(taken(dollars(74)));
    expect(points.map(each => each?.least)).toEqual([
      undefined,
      ...[37, 33, 29, 25, 21].map(dollars),
    ]);
    expect(points.map(each => each?.most)).toEqual([
      undefined,
      ...[39, 37, 35, 33, 31].map(dollars),
    ]);
    const all = advised(taken(STATUS.spent));
    expect(all.map(each => each?.most).slice(1)).toEqual(
      [39, 40, 40, 40, 40].map(dollars),
    );
    expect(all.at(-1)).toMatchObject({
      likely: dollars(40),
      least: dollars(35),
    });
  });

  it.each(['60000000', '60000001', '73999999', '81999999', '82000000'])(
    'ends at the limit less the figure, to the micro: %s',
    forecast => {
      expect(advised(taken(forecast)).at(-1)?.likely).toBe(
        String(100_000_000 - Number(forecast)),
      );
    },
  );

  it('never rises above what is left today on the way', () => {
    // Most is spent on the last two days, long after the saving has begun.
    const days = burnDown.map((each, index) => ({
      ...each,
      forecast: {
        likely: dollars([41, 39.9, 39.8, 39.7, 30, 20][index]),
        least: dollars(10),
        most: dollars(50),
      },
    }));
    const points = advised(taken(dollars(60)), { days });
    expect(points.slice(1).map(each => each?.likely)).toEqual(
      [39.9, 40, 40, 40, 40].map(dollars),
    );
  });

  it('adds nothing without advice or a forecast, or on the last day', () => {
    const nothing = burnDown.map(() => undefined);
    expect(advised(undefined)).toEqual(nothing);
    expect(advised({ perMonth: '5000000' })).toEqual(nothing);
    const bare = burnDown.map(({ day, even }) => ({ day, even }));
    expect(advised(taken(dollars(74)), { days: bare })).toEqual(nothing);
    const { day: today } = burnDown[burnDown.length - 1];
    expect(advised(taken(dollars(74)), { today })).toEqual(nothing);
    expect(advised(taken(dollars(74)), { days: [] })).toEqual([]);
  });
});
