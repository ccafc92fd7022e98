import { riskUnit } from './riskUnit';
import { cpuDayOfSamples } from './cpuDay';

const dayOf = (...cores: number[]) => cpuDayOfSamples(Float64Array.from(cores));

describe('riskUnit', () => {
  it('is the level of what never moves', () => {
    expect(riskUnit([dayOf(2, 2), dayOf(2)])).toBe(2);
  });

  it('lies between mean usage and the usual peak', () => {
    // Peaks of 16 and 0 are 8 a day; the mean is 16 / 32 = 0.5, a sixteenth.
    const days = [dayOf(16, ...Array(15).fill(0)), dayOf(...Array(16).fill(0))];
    expect(riskUnit(days)).toBe(8 / 2);
  });

  it('is nought without usage', () => {
    expect(riskUnit([dayOf(0, 0)])).toBe(0);
  });
});
