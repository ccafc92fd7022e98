import { lengthText } from './moments';

it.each([
  [30_000, '30\u202fs'],
  [90_000, '2\u202fmin'],
  [45 * 60_000, '45\u202fmin'],
  [7.5 * 3_600_000, '7.5\u202fh'],
  [72 * 3_600_000, '3\u202fd'],
])('says that %d milliseconds are %s', (ms, text) => {
  expect(lengthText(ms)).toBe(text);
});
