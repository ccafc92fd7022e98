import fc from 'fast-check';
import { cpuDayOfSamples } from './cpuDay';

const samples = fc
  .array(fc.double({ min: 0, max: 1000, noNaN: true }), {
    minLength: 1,
    maxLength: 50,
  })
  .map(values => Float64Array.from(values));

describe('cpuDayOfSamples', () => {
  const day = cpuDayOfSamples(Float64Array.of(4, 1, 3, 2));

  it('counts and averages', () => {
    expect(day.count).toBe(4);
    expect(day.mean).toBe(2.5);
    expect(day.max).toBe(4);
  });

  it.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 2.5],
    [0.9, 3.7],
    [1, 4],
  ])('interpolates the quantile %d', (q, value) => {
    expect(day.quantile(q)).toBeCloseTo(value, 12);
  });

  it.each([
    [0, 1, 1],
    [1, 0.75, 0.6],
    [2.5, 0.5, 0.2],
    [4, 0, 0],
    [9, 0, 0],
  ])('knows what is above %d', (value, share, unmet) => {
    expect(day.shareAbove(value)).toBe(share);
    expect(day.unmetAbove(value)).toBeCloseTo(unmet, 12);
  });

  it('has no unmet usage without usage', () => {
    const idle = cpuDayOfSamples(Float64Array.of(0, 0));
    expect(idle.unmetAbove(0)).toBe(0);
    expect(idle.shareAbove(0)).toBe(0);
  });

  it('refuses a day without samples', () => {
    expect(() => cpuDayOfSamples(new Float64Array())).toThrow(RangeError);
  });

  it('leaves its input alone', () => {
    const given = Float64Array.of(2, 1);
    cpuDayOfSamples(given);
    expect([...given]).toEqual([2, 1]);
  });

  it('leaves no more than 1 − q of the samples, rounded up, above the quantile q', () => {
    fc.assert(
      fc.property(
        samples,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, q) => {
          const { count, quantile, shareAbove } = cpuDayOfSamples(all);
          const above = shareAbove(quantile(q)) * count;
          expect(above).toBeLessThanOrEqual(Math.ceil((1 - q) * (count - 1)));
        },
      ),
    );
  });

  it('counts above a value as a plain count does', () => {
    fc.assert(
      fc.property(samples, fc.nat({ max: 49 }), (all, index) => {
        const value = all[index % all.length];
        expect(cpuDayOfSamples(all).shareAbove(value)).toBe(
          all.filter(one => one > value).length / all.length,
        );
      }),
    );
  });
});
