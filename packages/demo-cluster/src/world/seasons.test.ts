import { Calendar } from './seasons';

// A Monday.
const START = new Date('2026-01-05T00:00:00Z');

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('Calendar', () => {
  const calendar = new Calendar(START, -8);
  const hours = Array.from({ length: 60 * 24 }, (_, hour) => hour);
  const demand = (hour: number) => calendar.demand(hour, 7);

  it('knows the local hour and day', () => {
    expect(calendar.localHour(0)).toBe(16);
    expect(calendar.weekday(0)).toBe(0);
    expect(calendar.localHour(8)).toBe(0);
    expect(calendar.weekday(8)).toBe(1);
  });

  it('has demand 1 on average over the history', () => {
    expect(mean(hours.slice(0, 56 * 24).map(demand))).toBeCloseTo(1, 1);
  });

  it('is busy by day, quiet by night, and quieter at weekends', () => {
    const at = (test: (hour: number) => boolean) =>
      mean(hours.filter(test).map(demand));
    const day = at(hour => calendar.localHour(hour) === 14);
    const night = at(hour => calendar.localHour(hour) === 3);
    expect(day / night).toBeGreaterThan(2.5);

    const weekend = at(hour => [0, 6].includes(calendar.weekday(hour)));
    const week = at(hour => ![0, 6].includes(calendar.weekday(hour)));
    expect(weekend / week).toBeCloseTo(0.72 / 1.112, 1);
  });

  it('grows slowly', () => {
    const weeks = Array.from({ length: 8 }, (_, week) =>
      mean(hours.slice(week * 168, (week + 1) * 168).map(demand)),
    );
    expect(weeks[7] / weeks[0]).toBeGreaterThan(1.05);
    expect(weeks[7] / weeks[0]).toBeLessThan(1.15);
  });

  it('is noise that belongs to the hour and the service', () => {
    expect(demand(100)).toBe(demand(100));
    expect(demand(100)).not.toBe(calendar.demand(100, 8));
  });
});
