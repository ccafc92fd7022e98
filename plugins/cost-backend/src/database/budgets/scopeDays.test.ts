import fc from 'fast-check';
import { addDays } from '@headroom/common';
import { dropBefore, packDays, splitDays, unpackDays } from './scopeDays';

const LATER = '2026-11-30';
const micros = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const anyDays = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: -25_000, max: 0 }).map(at => addDays(LATER, at)),
      own: micros,
      shared: micros,
    }),
    { selector: ({ day }) => day },
  )
  .map(days => days.sort((a, b) => (a.day < b.day ? 1 : -1)));
/** Before, within and after any of them. */
const anyFirst = fc
  .integer({ min: -25_001, max: 1 })
  .map(at => addDays(LATER, at));

describe('packed days', () => {
  it('are read as they were written, newest first', () => {
    const days = [
      { day: '2026-11-29', own: 12n, shared: -3n },
      { day: '2026-11-30', own: 0n, shared: 5n },
    ];
    expect(packDays(days)).toBe('20787 0 5,20786 12 -3');
    fc.assert(
      fc.property(anyDays, all =>
        expect(unpackDays(packDays(all))).toEqual(all),
      ),
    );
    expect(unpackDays('')).toEqual([]);
  });

  it('are read from a day on, and the others stay packed', () => {
    fc.assert(
      fc.property(anyDays, anyFirst, (all, from) => {
        const { days, older } = splitDays(packDays(all), from);
        expect(days).toEqual(all.filter(({ day }) => day >= from));
        expect(unpackDays(older)).toEqual(all.filter(({ day }) => day < from));
      }),
    );
  });

  it('lose those before a day', () => {
    fc.assert(
      fc.property(anyDays, anyFirst, (all, from) => {
        expect(unpackDays(dropBefore(packDays(all), from))).toEqual(
          all.filter(({ day }) => day >= from),
        );
      }),
    );
  });
});
