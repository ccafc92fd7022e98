import fc from 'fast-check';
import {
  appetiteOf,
  codesFor,
  digestsOf,
  inputOf,
} from './__testUtils__/builders';
import { adviseContainer } from './adviseContainer';
import { APPETITES } from './types';

const RARE = ['weekly-peak', 'faded'];

/** Codes of what is said of a peak, at any appetite. */
function peaksSaid(cpu: (slot: number, day: number) => number): string[] {
  const digests = digestsOf(15, { cpu });
  return APPETITES.flatMap(appetite =>
    codesFor(
      adviseContainer(inputOf({ digests, appetite: appetiteOf(appetite) })).cpu,
    ).filter(code => RARE.includes(code)),
  );
}

describe('usage that does not move', () => {
  it.each([0.1, 0.25, 0.5, 1, 1.5, 2, 3])('has no peak: %d', cores => {
    expect(peaksSaid(() => cores)).toEqual([]);
  });

  it('has no peak, whatever its level', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 64, noNaN: true }), cores => {
        expect(peaksSaid(() => cores)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('has none where it moves by less than a digest can tell', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 64, noNaN: true }),
        fc.double({ min: 0, max: 0.019, noNaN: true }),
        fc.integer({ min: 0, max: 282 }),
        (cores, more, from) => {
          const lift = (slot: number, day: number) =>
            day % 7 === 2 && slot >= from && slot < from + 6 ? more : 0;
          expect(
            peaksSaid((slot, day) => cores * (1 + lift(slot, day))),
          ).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has one where half an hour a week is well above', () => {
    const hourly = (slot: number, day: number) =>
      day % 7 === 2 && slot >= 100 && slot < 106 ? 0.25 : 0.1;
    expect(new Set(peaksSaid(hourly))).toEqual(new Set(['weekly-peak']));
  });
});
