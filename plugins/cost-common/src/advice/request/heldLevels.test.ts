import fc from 'fast-check';
import { heldLevels } from './heldLevels';

const SLOTS = 288;
const STEP = 300;

/** A day of 0.2 cores but for one stretch. */
function dayWith(cores: number, from: number, slots: number): number[] {
  return Array.from({ length: SLOTS }, (_, slot) =>
    slot >= from && slot < from + slots ? cores : 0.2,
  );
}
const most = (samples: ArrayLike<number>) =>
  Math.max(...heldLevels(0, samples, STEP).byHour);

describe('heldLevels', () => {
  it('has what was held by the hour it begins in', () => {
    const { start, byHour } = heldLevels(7, dayWith(2, 9 * 12, 12), STEP);
    expect(start).toBe(7);
    expect(byHour).toHaveLength(24);
    expect(byHour[8]).toBe(0.2);
    expect(byHour[9]).toBe(2);
    expect(byHour[10]).toBe(0.2);
  });

  it.each([
    ['an hour', 12, 2],
    ['half an hour', 6, 2],
    ['half an hour that begins within a sample', 5, 2],
    ['twenty minutes', 4, 0.2],
  ])('sees %s', (_, slots, expected) => {
    expect(most(dayWith(2, 100, slots))).toBe(expected);
  });

  it.each([
    ['within a fifth: the highest', [1, 0.9, 0.8, 0.95, 0.85], 1],
    ['with a gap in it: the lowest', [1, 0.9, 0.5, 0.95, 0.85], 0.5],
  ])('takes of what moves %s', (_, moving, expected) => {
    const samples = dayWith(0.2, 0, 0);
    samples.splice(100, moving.length, ...moving);
    expect(most(samples)).toBe(expected);
  });

  it.each([
    ['its longer part before', 284, 8],
    ['its longer part after', 286, 8],
    ['halves', 285, 6],
    ['all but a sample before', 284, 5],
  ])('sees what lies across midnight: %s', (_, from, slots) => {
    const both = new Array<number>(2 * SLOTS)
      .fill(0.2)
      .fill(2, from, from + slots);
    const { byHour } = heldLevels(
      0,
      both.slice(SLOTS),
      STEP,
      both.slice(0, SLOTS),
    );
    expect(byHour[0]).toBe(2);
    expect(byHour[1]).toBe(0.2);
  });

  it('takes nothing of the day before that ended before midnight', () => {
    const { byHour } = heldLevels(0, dayWith(0, 0, 0), STEP, [
      ...new Array(200).fill(2),
      0.2,
    ]);
    expect(byHour[0]).toBe(0.2);
  });

  it('does not hold across what is not known', () => {
    const samples = dayWith(2, 100, 9);
    samples[104] = NaN;
    expect(most(samples)).toBe(0.2);
    expect(most(new Array(SLOTS).fill(NaN))).toBe(0);
  });

  it('reads days of 23 and 25 hours, and minutes', () => {
    expect(heldLevels(0, new Array(276).fill(1), STEP).byHour).toHaveLength(23);
    expect(heldLevels(0, new Array(300).fill(1), STEP).byHour).toHaveLength(25);
    const minutes = new Array(1440).fill(0.2).fill(2, 600, 625);
    expect(Math.max(...heldLevels(0, minutes, 60).byHour)).toBe(2);
  });

  it('is the most of any 25 minutes, whatever the day', () => {
    const sample = fc.oneof(
      fc.constantFrom(0, 0.2, 0.79, 0.8, 1, NaN),
      fc.double({ min: 0, max: 4, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 40 }), samples => {
        const plainly = [0];
        for (let from = 0; from + 5 <= samples.length; from++) {
          const held = samples.slice(from, from + 5);
          const least = Math.min(...held);
          const top = Math.max(...held);
          if (!Number.isNaN(least)) {
            plainly.push(least >= 0.8 * top ? top : least);
          }
        }
        const { byHour } = heldLevels(0, samples, STEP);
        expect(Math.max(0, ...byHour)).toBe(Math.max(...plainly));
      }),
    );
  });
});
