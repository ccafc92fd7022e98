import fc from 'fast-check';
import {
  EstimatedBudget,
  roomInBudget,
  takeFromBudget,
} from './takeFromBudget';

const monthly = { min: '73000000', max: '146000000' };

describe('takeFromBudget', () => {
  it('takes the days that are left of a month of 730 hours', () => {
    // 73 × 10 days × 24 h / 730 h = 24.
    expect(takeFromBudget({ left: '30000000', daysLeft: 10 }, monthly)).toEqual(
      {
        fewest: { takes: '24000000', left: '6000000' },
        most: { takes: '48000000', left: '-18000000' },
      },
    );
  });

  it('takes more than a month where the period lasts longer', () => {
    const { fewest } = takeFromBudget({ left: '0', daysLeft: 365 }, monthly);
    // 12 months of 730 hours are 365 days.
    expect(fewest).toEqual({ takes: '876000000', left: '-876000000' });
  });

  it('takes and leaves what there was, to the micro, and never more on fewer days', () => {
    const micros = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        micros,
        fc.integer({ min: 1, max: 366 }),
        (left, month, daysLeft) => {
          const of = (days: number) =>
            takeFromBudget(
              { left: left.toString(), daysLeft: days },
              { min: month.toString(), max: month.toString() },
            ).most;
          const taken = of(daysLeft);
          expect(BigInt(taken.takes) + BigInt(taken.left)).toBe(left);
          expect(BigInt(of(daysLeft - 1).takes)).toBeLessThanOrEqual(
            BigInt(taken.takes),
          );
        },
      ),
    );
  });
});

describe('roomInBudget', () => {
  const budgetOf = (
    left: string,
    over: Partial<EstimatedBudget> = {},
  ): EstimatedBudget => ({
    id: 'b',
    title: 'Shop',
    entityRef: 'group:default/shop',
    start: '2026-11-01',
    end: '2026-12-01',
    limit: '100000000',
    spent: '10000000',
    forecast: '20000000',
    left,
    atMost: false,
    months: 1,
    daysLeft: 10,
    ...takeFromBudget({ left, daysLeft: 10 }, monthly),
    ...over,
  });

  it.each([
    ['-1', 'overAlready'],
    ['23999999', 'over'],
    ['24000000', 'overAtMost'],
    ['47999999', 'overAtMost'],
    ['48000000', 'held'],
  ])('with %s micros left it is %s', (left, room) => {
    expect(roomInBudget(budgetOf(left), true)).toBe(room);
  });

  it('is not known to hold where something of it is not known', () => {
    const plenty = '48000000';
    expect(roomInBudget(budgetOf(plenty), false)).toBe('unknown');
    expect(roomInBudget(budgetOf(plenty, { atMost: true }), true)).toBe(
      'unknown',
    );
    expect(roomInBudget(budgetOf(plenty, { forecast: undefined }), true)).toBe(
      'unknown',
    );
    // What is over by what is known is over.
    expect(roomInBudget(budgetOf('0', { atMost: true }), false)).toBe('over');
  });
});
