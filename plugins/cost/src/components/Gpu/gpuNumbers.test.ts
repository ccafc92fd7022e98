import { busyShareOf, gpuUseDays, setAsideCount } from './gpuNumbers';

describe('gpuUseDays', () => {
  it('tells a gap from a zero, and what is not known from what is idle', () => {
    expect(
      gpuUseDays({
        restricted: false,
        window: {
          start: '2026-10-01',
          end: '2026-10-05',
          timezone: 'UTC',
          partialDay: '2026-10-04',
        },
        days: [
          {
            day: '2026-10-01',
            heldHours: 24,
            knownHours: 20,
            busyHours: 6,
            idleHours: 0,
            memoryHeldShare: 0.5,
          },
          {
            day: '2026-10-03',
            heldHours: 24,
            busyHours: null,
            idleHours: 24,
            memoryHeldShare: null,
          },
        ],
      }),
    ).toEqual([
      {
        day: '2026-10-01',
        gap: false,
        partial: false,
        held: 24,
        known: 20,
        unknown: 4,
        busy: 6,
        unused: 14,
        idle: 0,
        memoryHeldShare: 0.5,
      },
      { day: '2026-10-02', gap: true, partial: false },
      {
        day: '2026-10-03',
        gap: false,
        partial: false,
        held: 24,
        known: 0,
        unknown: 24,
        idle: 24,
      },
      // Has only begun: nothing in yet is no gap.
      { day: '2026-10-04', gap: false, partial: true },
    ]);
  });
});

describe('busyShareOf', () => {
  it('is not zero where nothing is known', () => {
    expect(busyShareOf(null, 24)).toBeUndefined();
    expect(busyShareOf(0, 0)).toBeUndefined();
    expect(busyShareOf(0, 24)).toBe(0);
  });
});

describe('setAsideCount', () => {
  it('adds up whatever the reasons', () => {
    expect(setAsideCount({ latched: 3, impossible: 4 })).toBe(7);
  });
});
