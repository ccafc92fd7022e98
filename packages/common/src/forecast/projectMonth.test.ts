import fc from 'fast-check';
import { addDays, eachDay, monthStart } from '../time';
import { Projection } from './Projection';
import { projectMonth } from './projectMonth';
import { ProjectionDay } from './projectPeriod';

const DOLLAR = 1_000_000;

/** Complete days from `start` to the day before `today`, and today so far. */
function spend(
  start: string,
  today: string,
  costOf: (day: string, index: number) => number,
  todayDollars = 0,
): ProjectionDay[] {
  return [
    ...eachDay(start, today).map((day, index) => ({
      day,
      micros: BigInt(Math.round(costOf(day, index) * DOLLAR)),
      complete: true,
    })),
    {
      day: today,
      micros: BigInt(Math.round(todayDollars * DOLLAR)),
      complete: false,
    },
  ];
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

type Ok = Extract<Projection, { status: 'ok' }>;

function project(days: ProjectionDay[], today: string): Ok {
  const projection = projectMonth({ days, today });
  expect(projection.status).toBe('ok');
  return projection as Ok;
}

function dollars(micros: string): number {
  return Number(micros) / DOLLAR;
}

describe('projectMonth', () => {
  it.each([
    [0, 'A projection needs 3 complete days; there are none so far.'],
    [1, 'A projection needs 3 complete days; there is 1 so far.'],
    [2, 'A projection needs 3 complete days; there are 2 so far.'],
  ])('says not yet with %i complete days', (count, reason) => {
    const today = addDays('2026-03-01', count);
    expect(
      projectMonth({ days: spend('2026-03-01', today, () => 1), today }),
    ).toMatchObject({ status: 'not-yet', reason });
  });

  it('says not yet when the newest complete day is old', () => {
    const days = spend('2026-03-01', '2026-03-15', () => 1).slice(0, -1);
    expect(projectMonth({ days, today: '2026-03-25' })).toEqual({
      status: 'not-yet',
      wording: { key: 'forecast.stale', params: { age: 11, most: 7 } },
      reason:
        'The newest complete day is 11 days old; a projection needs one of the last 7 days.',
    });
  });

  it('is a month of the same when every day is the same', () => {
    const days = spend('2026-03-01', '2026-03-04', () => 10);
    expect(project(days, '2026-03-04')).toEqual({
      status: 'ok',
      total: '310000000',
      // 3 days are in; the other 28 may be off by a tenth.
      low: '282000000',
      high: '338000000',
      confidence: 0.8,
      completeDays: 3,
      monthEnd: '2026-03-31',
    });
  });

  it('stands on the month before in the first days of a month', () => {
    const days = spend('2026-01-15', '2026-03-01', () => 10);
    expect(project(days, '2026-03-01').total).toBe('310000000');
  });

  it('knows that weekends cost less', () => {
    const cost = (day: string) => (isWeekend(day) ? 20 : 100);
    const days = spend('2026-01-01', '2026-03-13', cost);
    const actual = eachDay('2026-03-01', '2026-04-01').reduce(
      (sum, day) => sum + cost(day),
      0,
    );
    const projected = dollars(project(days, '2026-03-13').total);
    expect(Math.abs(projected - actual) / actual).toBeLessThan(0.03);
    // Days so far over days in the month would be further off.
    const soFar = eachDay('2026-03-01', '2026-03-13').reduce(
      (sum, day) => sum + cost(day),
      0,
    );
    expect(Math.abs(projected - actual)).toBeLessThan(
      Math.abs((soFar / 12) * 31 - actual),
    );
  });

  it.each([
    // Four Sundays and five Mondays, of which one and three are over.
    { on: [0], days: '2026-03-10', total: 5 * 700 },
    { on: [1, 3, 5], days: '2026-03-16', total: 13 * 700 },
  ])('knows that cost is of weekdays $on alone', ({ on, days, total }) => {
    const cost = (day: string) =>
      on.includes(new Date(`${day}T00:00:00Z`).getUTCDay()) ? 700 : 0;
    const projection = project(spend('2025-10-01', days, cost), days);
    expect(dollars(projection.total)).toBeCloseTo(total, 0);
    expect(projection.backtestError).toBeCloseTo(0, 6);
  });

  it('expects of a job that runs now and then what it cost on the average', () => {
    const cost = (_: string, index: number) => (index % 10 < 3 ? 100 : 0);
    const days = spend('2025-12-01', '2026-03-01', cost);
    const projection = project(days, '2026-03-01');
    expect(dollars(projection.total)).toBeGreaterThan(0.3 * 31 * 90);
    expect(dollars(projection.total)).toBeLessThan(0.3 * 31 * 110);
    expect(dollars(projection.high)).toBeGreaterThan(
      dollars(projection.total) * 1.05,
    );
  });

  it('expects nothing more of what was switched off', () => {
    const days = spend('2025-12-01', '2026-03-15', day =>
      day < '2026-03-08' ? 100 : 0,
    );
    expect(project(days, '2026-03-15').total).toBe('700000000');
  });

  it('is not sure of nothing where there was cost lately', () => {
    // One day in three weeks: most days cost nothing, and more may come.
    const days = spend('2025-12-01', '2026-03-10', (_, index) =>
      index % 21 === 5 ? 100 : 0,
    );
    const { low, high } = project(days, '2026-03-10');
    expect(dollars(high)).toBeGreaterThan(dollars(low) + 50);
  });

  it('does not extrapolate the day that is not over', () => {
    const early = spend('2026-02-01', '2026-03-10', () => 10, 1);
    const late = spend('2026-02-01', '2026-03-10', () => 10, 9.5);
    expect(project(early, '2026-03-10').total).toBe('310000000');
    expect(project(late, '2026-03-10').total).toBe('310000000');
  });

  it('counts a day at what it cost so far when that is above its forecast', () => {
    const days = spend('2026-02-01', '2026-03-10', () => 10, 25);
    const projection = project(days, '2026-03-10');
    expect(projection.total).toBe('325000000');
    expect(dollars(projection.low)).toBeGreaterThanOrEqual(115);
  });

  it('does not extrapolate a one-off day', () => {
    const days = spend('2026-02-01', '2026-03-10', day =>
      day === '2026-03-05' ? 1_000 : 10,
    );
    const rest = dollars(project(days, '2026-03-10').total) - 1_000 - 8 * 10;
    // 22 days at 10; the weekday of the one-off may lean a little.
    expect(rest).toBeGreaterThan(200);
    expect(rest).toBeLessThan(420);
  });

  it('follows a level shift within a week', () => {
    const days = spend('2026-01-01', '2026-03-20', day =>
      day < '2026-03-13' ? 10 : 30,
    );
    const actual = 12 * 10 + 19 * 30;
    const projected = dollars(project(days, '2026-03-20').total);
    expect(Math.abs(projected - actual) / actual).toBeLessThan(0.1);
  });

  it('fills a gap with its forecast, and takes an absent day for no cost', () => {
    const full = spend('2026-02-01', '2026-03-20', () => 10);
    const gap = full.map(entry =>
      entry.day === '2026-03-12'
        ? { ...entry, micros: 4_000_000n, complete: false }
        : entry,
    );
    expect(project(gap, '2026-03-20').total).toBe('310000000');
    const absent = full.filter(({ day }) => day !== '2026-03-12');
    expect(project(absent, '2026-03-20').total).toBe('300000000');
  });

  it('is about as wrong as it says', () => {
    const noise = (index: number) => Math.sin(index * 12.9898) * 0.3;
    const cost = (day: string, index: number) =>
      (isWeekend(day) ? 60 : 100) * (1 + noise(index));
    const days = spend('2025-11-01', '2026-03-15', cost);
    const projection = project(days, '2026-03-15');
    expect(projection.backtestError).toBeGreaterThan(0);
    expect(projection.backtestError).toBeLessThan(0.15);
    expect(dollars(projection.high)).toBeGreaterThan(dollars(projection.low));
  });

  it('holds about as often as its confidence says', () => {
    // A fixed generator: the test must not depend on luck.
    let state = 42;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    let held = 0;
    const trials = 120;
    for (let trial = 0; trial < trials; trial += 1) {
      const values = Array.from({ length: 121 }, () => 60 + 80 * random());
      const all = spend('2025-12-01', '2026-04-01', (day, index) =>
        isWeekend(day) ? values[index] / 2 : values[index],
      );
      const today = addDays('2026-03-05', trial % 20);
      const known = all.filter(({ day }) => day < today);
      const actual = all
        .filter(({ day }) => day >= '2026-03-01' && day < '2026-04-01')
        .reduce((sum, { micros }) => sum + micros, 0n);
      const { low, high } = project(known, today);
      held += BigInt(low) <= actual && actual <= BigInt(high) ? 1 : 0;
    }
    expect(held / trials).toBeGreaterThan(0.7);
    expect(held / trials).toBeLessThan(0.95);
  });

  it('has no back-test without a whole month before', () => {
    const days = spend('2026-02-10', '2026-03-20', () => 10);
    expect(project(days, '2026-03-20').backtestError).toBeUndefined();
    const longer = spend('2026-01-20', '2026-03-20', () => 10);
    expect(project(longer, '2026-03-20').backtestError).toBe(0);
  });

  it('keeps its interval in order and above what was spent, and is deterministic', () => {
    const entry = fc.record({
      micros: fc.bigInt(0n, 10n ** 12n),
      complete: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.array(entry, { minLength: 3, maxLength: 150 }),
        (offset, entries) => {
          const today = addDays('2025-01-01', offset);
          const first = addDays(today, 1 - entries.length);
          const days = entries.map((each, index) => ({
            ...each,
            day: addDays(first, index),
          }));
          const projection = projectMonth({ days, today });
          expect(projectMonth({ days: [...days].reverse(), today })).toEqual(
            projection,
          );
          fc.pre(projection.status === 'ok');
          const { low, total, high, monthEnd } = projection as Ok;
          const spent = days
            .filter(({ day }) => day >= monthStart(today))
            .reduce((sum, { micros }) => sum + micros, 0n);
          const inOrder = [spent, BigInt(low), BigInt(total), BigInt(high)];
          expect([...inOrder].sort((a, b) => (a < b ? -1 : 1))).toEqual(
            inOrder,
          );
          expect(monthStart(monthEnd)).toBe(monthStart(today));
        },
      ),
    );
  });
});
