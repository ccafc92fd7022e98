import { serviceReport } from '../../__testUtils__/reports';
import { chartDays, isGap } from './chartDays';

describe('chartDays', () => {
  const days = chartDays(serviceReport().days);

  it('draws nothing for a day without data, not even a zero', () => {
    const gap = days.find(day => day.gap)!;
    expect(gap.day).toBe('2026-10-03');
    expect(gap.heights).toEqual({});
    expect(gap.partial).toBe(false);
  });

  it('marks days that are not whole', () => {
    expect(days.filter(day => day.partial).map(day => day.day)).toEqual([
      '2026-10-04',
      '2026-10-05',
    ]);
  });

  it('keeps a real zero', () => {
    expect(days[0].heights).toEqual({
      cpu: 1,
      memory: 0.5,
      gpu: 10,
      storage: 0.002,
      network: 0,
      shared: 0,
    });
  });
});

describe('isGap', () => {
  const [whole] = serviceReport().days;

  it('is a day that has just begun and of which nothing is in', () => {
    const begun = { ...whole, total: '0', partial: true, missingHours: 2 };
    expect(isGap(begun)).toBe(true);
    expect(isGap({ ...begun, total: '1' })).toBe(false);
    expect(isGap({ ...begun, partial: false })).toBe(false);
  });

  it('is not a day that cost nothing', () => {
    expect(isGap({ ...whole, total: '0' })).toBe(false);
  });
});
