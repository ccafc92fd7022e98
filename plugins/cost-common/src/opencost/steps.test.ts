import fc from 'fast-check';
import { ACCUMULATIONS, setsOf } from './steps';
import { AllocationWindow } from './windows';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(`${text}:00:00Z`);
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 13);
const shown = ({ start, end }: AllocationWindow) => `${iso(start)}/${iso(end)}`;

/** Wednesday to Tuesday. */
const WINDOW = { start: at('2026-02-25T06'), end: at('2026-03-03T00') };

it('is one set without a step', () => {
  expect(setsOf(WINDOW, { accumulate: 'none' })).toEqual([
    { ...WINDOW, steps: [WINDOW] },
  ]);
});

it('steps from its start, and by weeks from Sunday', () => {
  const days = setsOf(WINDOW, { step: 48 * HOUR, accumulate: 'none' })!;
  expect(days.map(shown)).toEqual([
    '2026-02-25T06/2026-02-27T06',
    '2026-02-27T06/2026-03-01T06',
    '2026-03-01T06/2026-03-03T00',
  ]);
  const weeks = setsOf(WINDOW, { step: 168 * HOUR, accumulate: 'none' })!;
  expect(weeks.map(shown)).toEqual([
    '2026-02-25T06/2026-03-01T00',
    '2026-03-01T00/2026-03-03T00',
  ]);
});

it('accumulates by the calendar', () => {
  expect(setsOf(WINDOW, { accumulate: 'month' })!.map(shown)).toEqual([
    '2026-02-25T06/2026-03-01T00',
    '2026-03-01T00/2026-03-03T00',
  ]);
  const days = setsOf(WINDOW, { step: 12 * HOUR, accumulate: 'day' })!;
  expect(days[0].steps.map(shown)).toEqual([
    '2026-02-25T06/2026-02-25T18',
    '2026-02-25T18/2026-02-26T00',
  ]);
  expect(days.map(shown)[1]).toBe('2026-02-26T00/2026-02-27T00');
});

it('refuses steps that are longer than what they make', () => {
  expect(setsOf(WINDOW, { step: 48 * HOUR, accumulate: 'day' })).toBe(
    undefined,
  );
});

it('has each hour once, whatever is asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 500_000 }),
      fc.integer({ min: 1, max: 2000 }),
      fc.option(fc.integer({ min: 1, max: 24 * 28 }), { nil: undefined }),
      fc.constantFrom(...ACCUMULATIONS),
      (start, hours, step, accumulate) => {
        const window = { start: start * HOUR, end: (start + hours) * HOUR };
        const sets = setsOf(window, {
          step: step && step * HOUR,
          accumulate,
        });
        fc.pre(sets !== undefined);
        for (const parts of [sets, sets.flatMap(({ steps }) => steps)]) {
          expect(parts[0].start).toBe(window.start);
          expect(parts[parts.length - 1].end).toBe(window.end);
          parts.slice(1).forEach((part, i) => {
            expect(part.start).toBe(parts[i].end);
            expect(part.end).toBeGreaterThan(part.start);
          });
        }
        expect(accumulate !== 'all' || sets.length === 1).toBe(true);
      },
    ),
  );
});
