import { lowers, neverLower, requestOf, sameSetting } from './draft';

describe('a setting beside what is set now', () => {
  it.each([
    ['a smaller request', { request: 1, limit: null }, { request: 2 }, true],
    ['a larger request', { request: 3, limit: null }, { request: 2 }, false],
    [
      'a limit where there is none',
      { request: 3, limit: 9 },
      { request: 2 },
      true,
    ],
    [
      'a smaller limit',
      { request: 2, limit: 3 },
      { request: 2, limit: 4 },
      true,
    ],
    [
      'a limit left off',
      { request: 2, limit: null },
      { request: 2, limit: 4 },
      false,
    ],
    [
      'less than a limit that is the request too',
      { request: 1, limit: null },
      { limit: 2 },
      true,
    ],
  ])('takes something away or not: %s', (_, setting, current, expected) => {
    expect(lowers(setting, current)).toBe(expected);
    expect(lowers(neverLower(setting, current), current)).toBe(false);
  });

  it('is never below it: the larger of each, and no limit where there is none', () => {
    const now = { request: 2, limit: 4 };
    expect(neverLower({ request: 1, limit: 5 }, now)).toEqual({
      request: 2,
      limit: 5,
    });
    expect(neverLower({ request: 1, limit: 5 }, { request: 2 })).toEqual({
      request: 2,
      limit: null,
    });
  });

  it.each([
    [
      'rounded otherwise',
      { request: 2 + 1e-7, limit: null },
      { request: 2 },
      true,
    ],
    [
      'a thousandth apart',
      { request: 2.002, limit: null },
      { request: 2 },
      false,
    ],
    [
      'another limit',
      { request: 2, limit: 3 },
      { request: 2, limit: 4 },
      false,
    ],
    [
      'a limit left off',
      { request: 2, limit: null },
      { request: 2, limit: 4 },
      false,
    ],
    ['nothing set', { request: 2, limit: 2 }, { limit: 2 }, false],
  ])('is the same or not: %s', (_, setting, current, expected) => {
    expect(sameSetting(setting, current)).toBe(expected);
  });

  it('has the limit for its request where that is all there is', () => {
    expect([
      requestOf({ request: 1, limit: 2 }),
      requestOf({ limit: 2 }),
      requestOf({}),
    ]).toEqual([1, 2, 0]);
  });
});
