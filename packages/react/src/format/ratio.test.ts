import fc from 'fast-check';
import { changeRatio, formatChange, formatShare, shareOf } from './ratio';

/** Narrow no-break spaces are for the eye; tests read better without. */
const plain = (text: string) => text.replace(/\u202f/g, ' ');

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [0.00001, '< 0.1 %'],
    [-0.00001, '> \u22120.1 %'],
    [0.0345, '3.5 %'],
    [0.03, '3 %'],
    [0.0996, '10 %'],
    [0.432, '43 %'],
    [1, '100 %'],
  ])('shows %s as %s', (ratio, text) => {
    expect(plain(formatShare(ratio))).toBe(text);
  });

  it('shows nothing only for nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1, noNaN: true }), ratio => {
        expect(formatShare(ratio)).toMatch(/[1-9]/);
      }),
    );
  });
});

describe('formatChange', () => {
  it.each([
    [0.12, '+12 %'],
    [-0.034, '\u22123.4 %'],
    [0, '\u00b10 %'],
    [-0.0009, '\u00b10 %'],
    [-1, '\u2212100 %'],
    [8.5, '+850 %'],
    [12, '\u00d713'],
  ])('shows %s as %s', (ratio, text) => {
    expect(plain(formatChange(ratio))).toBe(text);
  });
});

describe('changeRatio', () => {
  it('needs something to compare with', () => {
    expect(changeRatio(5n, undefined)).toBeUndefined();
    expect(changeRatio(5n, 0n)).toBeUndefined();
    expect(changeRatio(112n, 100n)).toBeCloseTo(0.12);
    expect(changeRatio(0n, 100n)).toBe(-1);
  });
});

describe('shareOf', () => {
  it('never makes nothing of a small amount', () => {
    expect(plain(formatShare(shareOf(1n, 10n ** 15n)))).toBe('< 0.1 %');
    expect(shareOf(0n, 7n)).toBe(0);
    expect(shareOf(1n, 4n)).toBe(0.25);
  });
});
