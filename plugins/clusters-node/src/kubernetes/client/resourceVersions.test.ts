import fc from 'fast-check';
import { isOlder } from './resourceVersions';

describe('isOlder', () => {
  it.each([
    ['9', '10', true],
    ['10', '9', false],
    ['10', '10', false],
    ['99999999999999999998', '99999999999999999999', true],
    ['abc', '10', undefined],
    ['abc', 'abc', false],
    ['010', '11', undefined],
    ['', '1', undefined],
  ])('%j than %j is %s', (version, other, expected) => {
    expect(isOlder(version, other)).toBe(expected);
  });

  it('is as numbers are, however large', () => {
    const version = fc.bigInt({ min: 1n, max: 2n ** 80n });
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(isOlder(String(a), String(b))).toBe(a < b);
      }),
    );
  });
});
