import { HOUR_MS } from '@headroom/common';
import { isDue } from './due';

const finishedAt = '2026-03-02T12:00:00.000Z';
const after = (hours: number, basis = 'same') =>
  isDue({
    newest: { finishedAt, basis: 'same', seconds: 60 },
    basis,
    now: new Date(Date.parse(finishedAt) + hours * HOUR_MS),
    maximumAgeMs: 6 * HOUR_MS,
  });

it('computes what is old, and what stands on something else once it has rested', () => {
  expect(after(5.9)).toBe(false);
  expect(after(6)).toBe(true);
  expect(after(0.1, 'more')).toBe(false);
  expect(after(0.2, 'more')).toBe(true);
});

it('does not wait for a clock that was far ahead', () => {
  expect(after(-0.01)).toBe(false);
  expect(after(-9000)).toBe(true);
});
