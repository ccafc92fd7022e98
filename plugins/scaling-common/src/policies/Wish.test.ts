import { takesCapacity, Wish } from './Wish';

const UNTOUCHED: Wish = { type: 'untouched' };
const ZERO: Wish = { type: 'zero' };
const fixed = (replicas: number): Wish => ({ type: 'fixed', replicas });
const bounds = (floor?: number, ceiling?: number): Wish => ({
  type: 'bounds',
  ...(floor !== undefined && { floor }),
  ...(ceiling !== undefined && { ceiling }),
});

it.each<[Wish, Wish, boolean]>([
  [ZERO, UNTOUCHED, true],
  [ZERO, fixed(1), true],
  [ZERO, ZERO, false],
  [fixed(2), UNTOUCHED, false],
  [fixed(2), fixed(10), true],
  [fixed(2), ZERO, false],
  [fixed(10), bounds(2), false],
  [bounds(2), fixed(10), true],
  [bounds(2, 20), bounds(4, 20), true],
  [bounds(4), bounds(2), false],
  [bounds(undefined, 5), UNTOUCHED, true],
  [bounds(undefined, 5), ZERO, false],
  [bounds(undefined, 5), fixed(2), false],
  [bounds(undefined, 5), fixed(8), true],
  [UNTOUCHED, ZERO, false],
  [UNTOUCHED, fixed(4), false],
])('%j beside %j takes capacity: %s', (wish, outside, takes) => {
  expect(takesCapacity(wish, outside)).toBe(takes);
});
