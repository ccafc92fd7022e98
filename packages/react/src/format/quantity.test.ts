import { formatCount, formatQuantity } from './quantity';

describe('formatQuantity', () => {
  it.each([
    [0, '0'],
    [0.0001, '< 0.001'],
    [0.1234, '0.123'],
    [45.67, '45.7'],
    [12_345.6, '12,346'],
  ])('shows %s as %s', (value, text) => {
    expect(formatQuantity(value)).toBe(text);
  });
});

describe('formatCount', () => {
  it('is short for large counts', () => {
    expect(formatCount(12_345_678)).toBe('12.3M');
    expect(formatCount(12)).toBe('12');
  });
});
