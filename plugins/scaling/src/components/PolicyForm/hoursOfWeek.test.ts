import { HOUR_MS } from '@headroom/common';
import { expandWindows, ScheduleWindow } from '@headroom/plugin-scaling-common';
import { parseHours, windowsOfHours } from './hoursOfWeek';

/** A Monday. */
const MONDAY = Date.parse('2026-11-30T00:00:00Z');

/** The hours of the week in which windows hold, as the rules expand them. */
function hoursOf(windows: ReturnType<typeof windowsOfHours>): number[] {
  const { occurrences } = expandWindows(
    {
      schedules: [
        {
          zone: 'UTC',
          windows: windows.map(
            (window): ScheduleWindow => ({
              ...window,
              wish: { type: 'untouched' },
            }),
          ),
          exceptions: [],
          holidays: [],
        },
      ],
      outside: { type: 'zero' },
    },
    MONDAY,
    MONDAY + 7 * 24 * HOUR_MS,
  );
  return Array.from({ length: 168 }, (_, hour) => hour).filter(hour =>
    occurrences.some(
      ({ startMs, endMs }) =>
        startMs <= MONDAY + hour * HOUR_MS && MONDAY + hour * HOUR_MS < endMs,
    ),
  );
}

describe('hours of the week', () => {
  it.each([
    ['office hours', '8-17,32-41,56-65,80-89,104-113', 1],
    ['a night over midnight', '20-31', 1],
    ['the night from Sunday to Monday', '0-5,164-167', 1],
    ['a weekend in one piece', '116-167', 1],
    ['a weekend over the end of the week', '0-5,116-167', 1],
    ['whole days', '0-23,48-71', 1],
    ['to the end of a day', '12-23', 1],
    ['twice a day', '8-11,14-17', 2],
    ['all the time', '0-167', 1],
    ['all but an hour', '0-99,101-167', 1],
  ])('%s become windows that hold exactly then', (_, text, count) => {
    const hours = parseHours(text)!;
    const windows = windowsOfHours(hours);
    expect(windows).toHaveLength(count);
    expect(hoursOf(windows)).toEqual([...hours].sort((a, b) => a - b));
  });

  it('become windows that hold exactly then, whatever they are', () => {
    // Deterministic: every set of a few hundred made by a small generator.
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 300; round++) {
      const share = random();
      const hours = new Set(
        Array.from({ length: 168 }, (_, hour) => hour).filter(
          () => random() < share,
        ),
      );
      expect(hoursOf(windowsOfHours(hours))).toEqual([...hours]);
    }
  });

  it('are words of an owner', () => {
    expect(
      windowsOfHours(parseHours('8-17,32-41,56-65,80-89,104-113')!),
    ).toEqual([
      {
        type: 'weekly',
        days: ['mon', 'tue', 'wed', 'thu', 'fri'],
        times: { start: '08:00', end: '18:00' },
      },
    ]);
  });

  it('may be none, and then there is no window', () => {
    expect(windowsOfHours(parseHours('')!)).toEqual([]);
  });

  it.each(['168', '5-3', 'a', '1-', '-1', '1.5'])('%s is none', text => {
    expect(parseHours(text)).toBeUndefined();
  });
});
