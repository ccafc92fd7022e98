import { shapedByRates } from './shape';

const all = (value: number) => new Float64Array(12).fill(value);

describe('shapedByRates', () => {
  it('keeps the sum of an hour and takes the shape of rates', () => {
    const growth = all(30);
    growth.set([600, 870, 300]);
    const rates = all(0.1);
    rates.set([3, 3]);
    const shaped = shapedByRates(growth, all(300), rates, 8);
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    expect(sum(shaped)).toBeCloseTo(sum(growth), 9);
    expect(shaped[0]).toBeCloseTo(shaped[1], 9);
    expect(shaped[2]).toBeCloseTo(shaped[11], 9);
  });

  it('leaves slots that were seen in part, or of which nothing is known', () => {
    const growth = all(30);
    growth.set([7, NaN]);
    const seconds = all(300);
    seconds[0] = 70;
    const shaped = shapedByRates(growth, seconds, all(0.2), 8);
    expect([...shaped.slice(0, 3)]).toEqual([7, NaN, 30]);
  });

  it('does not believe rates that can not be', () => {
    const growth = all(30);
    const rates = all(0.1);
    rates[3] = 1600;
    expect(shapedByRates(growth, all(300), rates, 8)[3]).toBe(30);
    expect(shapedByRates(growth, all(300), all(0.9), 8)).toEqual(growth);
    expect(shapedByRates(growth, all(300), all(NaN), 8)).toEqual(growth);
    expect(shapedByRates(all(0), all(300), all(0), 8)).toEqual(all(0));
  });
});
