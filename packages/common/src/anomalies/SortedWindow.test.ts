import fc from 'fast-check';
import { SortedWindow } from './SortedWindow';

describe('SortedWindow', () => {
  it('has the quantiles of the newest numbers, and no more of them than its size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (values, size) => {
          const window = SortedWindow.create(size);
          values.forEach((value, i) => {
            window.push(value);
            const newest = values
              .slice(Math.max(0, i + 1 - size), i + 1)
              .sort((a, b) => a - b);
            expect(window.count).toBe(newest.length);
            expect(window.quantile(0)).toBe(newest[0]);
            expect(window.quantile(1)).toBe(newest[newest.length - 1]);
          });
        },
      ),
    );
  });

  it('interpolates between two numbers', () => {
    const window = SortedWindow.create(4);
    expect(window.quantile(0.5)).toBeUndefined();
    [10, 40, 20, 30].forEach(value => window.push(value));
    expect(window.quantile(0.5)).toBe(25);
    expect(window.quantile(0.1)).toBeCloseTo(13, 9);
  });
});
