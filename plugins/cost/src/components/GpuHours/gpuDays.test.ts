import { serviceReport } from '../../__testUtils__/reports';
import { busyShare, gpuDays, isPartlyKnown } from './gpuDays';

describe('gpuDays', () => {
  it('does not make zeros of days without data', () => {
    const { days } = serviceReport();
    const hours = [
      { day: '2026-10-02', paidHours: 0, busyHours: 0 },
      { day: '2026-10-03', paidHours: 0, busyHours: 0 },
    ];
    expect(gpuDays(hours, days)).toEqual([hours[0], { day: '2026-10-03' }]);
  });
});

describe('busyShare', () => {
  it('is unknown without utilisation, and of nothing', () => {
    expect(busyShare({ paidHours: 4, busyHours: 1 })).toBe(0.25);
    expect(busyShare({ paidHours: 4 })).toBeUndefined();
    expect(busyShare({ paidHours: 0, busyHours: 0 })).toBeUndefined();
    expect(
      busyShare({ paidHours: 4, knownHours: 0, busyHours: 0 }),
    ).toBeUndefined();
  });

  it('is of the hours of which it is known', () => {
    const half = { paidHours: 48, knownHours: 24, busyHours: 12 };
    expect(busyShare(half)).toBe(0.5);
    expect(isPartlyKnown(half)).toBe(true);
    expect(isPartlyKnown({ paidHours: 48, knownHours: 48 })).toBe(false);
    expect(isPartlyKnown({ paidHours: 48 })).toBe(false);
  });
});
