import fc from 'fast-check';
import { secondsSeen } from './presence';

const seconds = (seen: Array<number | undefined>, usual?: number) => [
  ...secondsSeen(
    Float64Array.from(seen, count => count ?? NaN),
    usual,
  ),
];

describe('secondsSeen', () => {
  it('is all of each slot at any pace', () => {
    for (const count of [1, 2, 5, 10, 30, 60]) {
      expect(seconds(Array(13).fill(count))).toEqual(Array(12).fill(300));
    }
    expect(seconds([3, 2, 3, 2, 3, 2])).toEqual(Array(5).fill(300));
  });

  it('is a part of the slots in which it began and ended', () => {
    expect(seconds([undefined, 4, 10, 10, 3, undefined])).toEqual([
      120, 300, 300, 90, 0,
    ]);
  });

  it('takes the pace of others where its own is not known', () => {
    expect(seconds([undefined, 4, undefined], 10)).toEqual([120, 0]);
    expect(seconds([undefined, 4, undefined])).toEqual([300, 0]);
  });

  it('sees a gap between slots that are whole', () => {
    expect(seconds([10, 10, 3, 10, 10])).toEqual([300, 90, 300, 300]);
    expect(seconds([10, 10, 5, undefined, 6, 10, 10, 10])).toEqual([
      300, 150, 0, 180, 300, 300, 300,
    ]);
  });

  it('goes with a pace that changes', () => {
    expect(seconds([5, 5, 5, 5, 13, 20, 20, 20])).toEqual(Array(7).fill(300));
    expect(seconds([20, 20, 20, 5, 5, 5, 5])).toEqual(Array(6).fill(300));
  });

  it('bears jitter of whoever takes the readings', () => {
    expect(seconds([15, 12, 18, 11, 19, 13, 12])).toEqual(Array(6).fill(300));
  });

  it('is never more than a slot, nor anything of one without readings', () => {
    const counts = fc.array(fc.nat({ max: 400 }), {
      minLength: 2,
      maxLength: 73,
    });
    fc.assert(
      fc.property(
        counts,
        fc.option(fc.integer({ min: 1, max: 60 })),
        (seen, usual) => {
          seconds(seen, usual ?? undefined).forEach((each, slot) => {
            expect(each).toBeLessThanOrEqual(300);
            expect(each > 0).toBe(seen[slot + 1] > 0);
          });
        },
      ),
    );
  });
});
