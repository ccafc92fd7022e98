import { longestPause } from './longestPause';

const HOURS = 3600;
const DAYS = 24 * HOURS;

it.each([
  ['0 1 * * *', DAYS],
  ['*/15 * * * *', HOURS / 4],
  // From Friday evening to Monday morning.
  ['0 8,20 * * 1-5', 60 * HOURS],
  ['0 2 * * 0', 7 * DAYS],
  ['0 3 1 * *', 31 * DAYS],
  ['0 0 1 1 *', 366 * DAYS],
  // Once in four years is at most once in two.
  ['0 0 29 2 *', 731 * DAYS],
])('%s pauses for %d s at most', (cron, seconds) => {
  expect(longestPause(cron)).toBe(seconds);
});
