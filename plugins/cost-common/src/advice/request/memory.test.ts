import fc from 'fast-check';
import { APPETITES } from '../types';
import { MEMORIES } from '../appetites';
import { counts, daysUntilForgotten } from './memory';

const appetite = fc.constantFrom(...APPETITES);
const levels = fc.array(fc.constantFrom(0.1, 0.5, 0.79, 0.8, 1, 2), {
  minLength: 1,
  maxLength: 21,
});

/** One level a character: `#` = 1, `.` = 0.1. */
function of(text: string): number[] {
  return [...text].map(char => (char === '#' ? 1 : 0.1));
}

function countingIn(text: string, memory: keyof typeof MEMORIES) {
  const all = of(text);
  return counts(all, text.lastIndexOf('#'), MEMORIES[memory]);
}

describe('counts', () => {
  it.each([
    // Back every day: two days of absence, and no more.
    ['##########.', [true, true, true]],
    ['##########..', [false, false, false]],
    // Back after 3 days: 3, half as many again, or twice as many.
    ['##..##..##..', [true, true, true]],
    ['##..##..##...', [false, true, true]],
    ['##..##..##.....', [false, false, true]],
    ['##..##..##......', [false, false, false]],
    // Back after a week: 7, 11, or 14: a week without it is not the end of it.
    ['#......#......', [true, true, true]],
    ['#......#.......', [false, true, true]],
    ['#......#...........', [false, false, true]],
    ['#......#.............', [false, false, true]],
    ['#......#..............', [false, false, false]],
    // Not seen over a whole week: a week and a day, or the look-back.
    ['....#.......', [true, true, true]],
    ['....#........', [false, false, true]],
    ['..##.##.......', [true, true, true]],
    ['..##.##........', [false, false, true]],
    // What a window has left of what came back every day: no one-off.
    ['###...........', [false, false, false]],
    ['#.............', [false, false, true]],
  ])('%s', (text, [dev, standard, critical]) => {
    // After one quiet day the next is the second day away.
    expect(countingIn(text, 'dev')).toBe(dev);
    expect(countingIn(text, 'standard')).toBe(standard);
    expect(countingIn(text, 'critical')).toBe(critical);
  });

  it('takes a fifth less for as high', () => {
    const memory = MEMORIES.dev;
    expect(counts([1, ...Array(9).fill(0.8)], 0, memory)).toBe(true);
    expect(counts([1, ...Array(9).fill(0.79)], 0, memory)).toBe(false);
  });

  it('always counts the newest day, and the more the more careful', () => {
    fc.assert(
      fc.property(levels, all => {
        const by = APPETITES.map(each =>
          all.map((_, day) => counts(all, day, MEMORIES[each])),
        );
        expect(by.map(each => each.at(-1))).toEqual([true, true, true]);
        all.forEach((_, day) => {
          expect(Number(by[0][day])).toBeLessThanOrEqual(Number(by[1][day]));
          expect(Number(by[1][day])).toBeLessThanOrEqual(Number(by[2][day]));
        });
      }),
    );
  });
});

describe('daysUntilForgotten', () => {
  it('is the first day on which it does not count or is out of the look-back', () => {
    fc.assert(
      fc.property(
        levels,
        appetite,
        fc.nat({ max: 14 }),
        fc.nat(),
        (all, a, more, at) => {
          const day = at % all.length;
          const lookBack = all.length + more;
          const stillThere = (quiet: number) => {
            const ahead = [...all, ...Array(quiet).fill(0)];
            const gone = Math.max(0, ahead.length - lookBack);
            return (
              day >= gone && counts(ahead.slice(gone), day - gone, MEMORIES[a])
            );
          };
          const days = daysUntilForgotten(all, day, MEMORIES[a], lookBack);
          expect(stillThere(days)).toBe(false);
          for (let quiet = 1; quiet < days; quiet++) {
            expect(stillThere(quiet)).toBe(true);
          }
        },
      ),
    );
  });
});
