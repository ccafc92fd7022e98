import { DAY_MS, HOUR_MS } from '@headroom/common';
import fc from 'fast-check';
import { makePolicy, makeSchedule } from '../__testUtils__/makePolicy';
import { Policy } from '../policies/Policy';
import {
  DayTimes,
  Schedule,
  ScheduleException,
  ScheduleWindow,
  WEEKDAYS,
} from '../policies/Schedule';
import { Wish, takesCapacity } from '../policies/Wish';
import { expandWindows } from './expandWindows';
import { PolicyClock } from './PolicyClock';
import { stateAt, timelineOf } from './stateAt';
import { Interval, Segment, WindowSource } from './types';

const MINUTE_MS = 60_000;
/** A fortnight that has a change of clocks in Europe and another in America. */
const FROM = Date.parse('2026-10-20T00:00:00.000Z');
const TO = FROM + 14 * DAY_MS;

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
);

const time = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 10, 30))
  .map(parts => parts.map(each => String(each).padStart(2, '0')).join(':'));

const times: fc.Arbitrary<DayTimes> = fc.oneof(
  fc
    .record({ start: time, end: time })
    .filter(({ start, end }) => start !== end),
  fc.record({
    start: time,
    durationMinutes: fc.integer({ min: 1, max: 3000 }),
  }),
  fc.constant<DayTimes>({ allDay: true }),
);

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant<Wish>({ type: 'untouched' }),
  fc.constant<Wish>({ type: 'zero' }),
  fc.record({
    type: fc.constant('fixed' as const),
    replicas: fc.integer({ min: 1, max: 5 }),
  }),
  fc
    .tuple(fc.option(fc.nat(5)), fc.option(fc.integer({ min: 1, max: 5 })))
    .filter(([floor, ceiling]) => floor !== null || ceiling !== null)
    .map(
      ([floor, ceiling]): Wish => ({
        type: 'bounds',
        ...(floor !== null && { floor }),
        ...(ceiling !== null && { ceiling: Math.max(ceiling, floor ?? 0) }),
      }),
    ),
);

const date = fc
  .nat(13)
  .map(day => new Date(FROM + day * DAY_MS).toISOString().slice(0, 10));

const window: fc.Arbitrary<ScheduleWindow> = fc.oneof(
  fc.record({
    type: fc.constant('weekly' as const),
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    times,
    wish,
  }),
  fc.record({
    type: fc.constant('cron' as const),
    cron: fc.constantFrom('30 2 * * *', '0 */6 * * 1-5', '0 7 25 10 *'),
    durationMinutes: fc.integer({ min: 1, max: 2000 }),
    wish,
  }),
  fc.record({ type: fc.constant('dated' as const), date, times, wish }),
);

const exception: fc.Arbitrary<ScheduleException> = fc.record({
  title: fc.constant('Off'),
  date,
  times,
  wish: fc.oneof(wish, fc.constant({ type: 'outside' as const })),
});

const schedule: fc.Arbitrary<Schedule> = fc
  .tuple(
    zone,
    fc.array(window, { maxLength: 4 }),
    fc.array(exception, { maxLength: 2 }),
  )
  .map(([name, windows, exceptions]) =>
    makeSchedule(windows, { zone: name, exceptions }),
  );

const policy: fc.Arbitrary<Policy> = fc
  .record({
    schedules: fc.array(schedule, { maxLength: 2 }),
    outside: wish,
    lead: fc.constantFrom<Policy['lead']>(
      { type: 'none' },
      { type: 'fixed', seconds: 1200 },
    ),
  })
  .map(over => makePolicy(over));

const instant = fc
  .integer({ min: 0, max: 14 * 24 * 6 - 1 })
  .map(step => FROM + step * 10 * MINUTE_MS);

const RUNS = { numRuns: 150 };

describe('S1 level, not edge', () => {
  it('what is wanted doesn’t depend on what was asked before', () => {
    fc.assert(
      fc.property(
        policy,
        fc.array(instant, { minLength: 1 }),
        (made, asked) => {
          const clock = PolicyClock.create(made);
          for (const at of asked) {
            expect(clock.stateAt(at)).toEqual(stateAt(made, at));
          }
        },
      ),
      RUNS,
    );
  });
});

describe('S2 absolute intervals', () => {
  it('execution and preview read the same: a time line says what is wanted at any instant', () => {
    fc.assert(
      fc.property(policy, instant, (made, at) => {
        const clock = PolicyClock.create(made);
        const stretches = timelineOf(clock, FROM, TO);
        const found = stretches.filter(
          ({ startMs, endMs }) => startMs <= at && at < endMs,
        );
        expect(found.map(({ state }) => state.wish)).toEqual([
          clock.stateAt(at).wish,
        ]);
        expect(stretches[0].startMs).toBe(FROM);
        expect(stretches[stretches.length - 1].endMs).toBe(TO);
        stretches.slice(1).forEach(({ startMs }, index) => {
          expect(startMs).toBe(stretches[index].endMs);
        });
      }),
      RUNS,
    );
  });

  it('the expansion of [a,b) and [b,c) together is that of [a,c)', () => {
    fc.assert(
      fc.property(policy, instant, (made, middle) => {
        fc.pre(middle > FROM);
        const of = (from: number, to: number) =>
          expandWindows(made, from, to, { leadSeconds: 1200 });
        const parts = [of(FROM, middle), of(middle, TO)];
        const whole = of(FROM, TO);
        expect(joined(parts.flatMap(({ segments }) => segments))).toEqual(
          whole.segments,
        );
        expect(parts.flatMap(({ dropped }) => dropped)).toEqual(whole.dropped);
      }),
      RUNS,
    );
  });

  it('S7 neighbours that want the same are one, and all are half-open and not empty', () => {
    fc.assert(
      fc.property(policy, made => {
        const { segments, occurrences } = expandWindows(made, FROM, TO);
        for (const { startMs, endMs } of [...segments, ...occurrences]) {
          expect(startMs).toBeLessThan(endMs);
        }
        expect(joined(segments)).toEqual(segments);
      }),
      RUNS,
    );
  });
});

/** Half-open segments of one wish that touch are one. */
function joined(segments: readonly Segment[]): Segment[] {
  const result: Segment[] = [];
  for (const segment of segments) {
    const at = result.findIndex(
      each =>
        each.kind === segment.kind &&
        JSON.stringify(each.wish) === JSON.stringify(segment.wish) &&
        each.endMs >= segment.startMs &&
        each.startMs <= segment.endMs,
    );
    if (at === -1) {
      result.push(segment);
    } else {
      const sources = [...result[at].sources, ...segment.sources];
      result[at] = {
        ...segment,
        startMs: Math.min(result[at].startMs, segment.startMs),
        endMs: Math.max(result[at].endMs, segment.endMs),
        sources: sources
          .filter(
            (source, index) =>
              sources.findIndex(
                other =>
                  other.schedule === source.schedule &&
                  other.index === source.index,
              ) === index,
          )
          .sort((a, b) => a.schedule - b.schedule || a.index - b.index),
      };
    }
  }
  return result.sort(
    (a, b) =>
      a.startMs - b.startMs ||
      a.endMs - b.endMs ||
      a.sources[0].schedule - b.sources[0].schedule ||
      a.sources[0].index - b.sources[0].index,
  );
}

describe('S7 overlap', () => {
  it('a floor is never above its ceiling', () => {
    fc.assert(
      fc.property(policy, instant, (made, at) => {
        const { wish: wanted } = stateAt(made, at);
        const { floor = 0, ceiling = Infinity } =
          wanted.type === 'bounds' ? wanted : {};
        expect(floor).toBeLessThanOrEqual(ceiling);
      }),
      RUNS,
    );
  });

  it('up wins over down: nothing is down while a window wants it up', () => {
    fc.assert(
      fc.property(policy, instant, (made, at) => {
        const { wish: wanted, because, sources } = stateAt(made, at);
        fc.pre(wanted.type === 'zero' && because !== 'outside');
        expect(sources.map(source => typeOf(made, source))).toEqual(
          sources.map(() => expect.stringMatching(/^(zero|outside)$/)),
        );
      }),
      RUNS,
    );
  });

  it('is the same at any order of the windows', () => {
    fc.assert(
      fc.property(policy, instant, (made, at) => {
        const turned = {
          ...made,
          schedules: made.schedules.map(each => ({
            ...each,
            windows: [...each.windows].reverse(),
          })),
        };
        expect(stateAt(turned, at).wish).toEqual(stateAt(made, at).wish);
      }),
      RUNS,
    );
  });

  it('nothing that matches is untouched', () => {
    fc.assert(
      fc.property(schedule, instant, (each, at) => {
        const made = makePolicy({ schedules: [each] });
        const { occurrences } = expandWindows(made, at, at + 1);
        fc.pre(occurrences.length === 0);
        expect(stateAt(made, at)).toMatchObject({
          wish: { type: 'untouched' },
          because: 'outside',
          sources: [],
        });
      }),
      RUNS,
    );
  });
});

function typeOf(
  { schedules }: Policy,
  { schedule: at, list, index }: WindowSource,
): string {
  return schedules[at][list][index].wish.type;
}

describe('S5 the clocks', () => {
  it('err towards capacity: what gives is never shorter than on clocks that don’t change, but for a gap', () => {
    fc.assert(
      fc.property(
        zone,
        fc.subarray([...WEEKDAYS], { minLength: 1 }),
        times,
        wish,
        (name, days, each, wanted) => {
          const { occurrences } = expandWindows(
            makePolicy({
              schedules: [
                makeSchedule(
                  [{ type: 'weekly', days, times: each, wish: wanted }],
                  { zone: name },
                ),
              ],
            }),
            FROM,
            TO,
          );
          // A gap takes an hour at most; what is shown twice adds one.
          const meant = meantLength(each);
          const lengths = occurrences.map(
            ({ startMs, endMs }) => endMs - startMs,
          );
          const [least, most] = takesCapacity(wanted)
            ? [0, meant + HOUR_MS]
            : [meant - HOUR_MS, Infinity];
          expect(Math.min(...lengths, most)).toBeGreaterThanOrEqual(least);
          expect(Math.max(...lengths, 0)).toBeLessThanOrEqual(most);
        },
      ),
      RUNS,
    );
  });
});

function meantLength(each: DayTimes): number {
  if ('allDay' in each) {
    return DAY_MS;
  }
  if ('durationMinutes' in each) {
    return each.durationMinutes * MINUTE_MS;
  }
  const minutes = (text: string) =>
    Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const length = (minutes(each.end) - minutes(each.start)) * MINUTE_MS;
  return length > 0 ? length : length + DAY_MS;
}

describe('S13 lead', () => {
  it('never wants less than without it', () => {
    fc.assert(
      fc.property(policy, instant, (made, at) => {
        const led = stateAt(
          { ...made, lead: { type: 'fixed', seconds: 1200 } },
          at,
        );
        const plain = stateAt({ ...made, lead: { type: 'none' } }, at);
        expect(leastOf(led.wish)).toBeGreaterThanOrEqual(leastOf(plain.wish));
        expect(led.lead ? plain : led).toEqual(plain);
      }),
      RUNS,
    );
  });

  it('ends where its window begins', () => {
    fc.assert(
      fc.property(policy, made => {
        const clock = PolicyClock.create({
          ...made,
          lead: { type: 'fixed', seconds: 1200 },
        });
        const plain = { ...made, lead: { type: 'none' as const } };
        const leads = timelineOf(clock, FROM, TO).filter(
          ({ state }) => state.lead,
        );
        for (const { state, startMs, endMs } of leads) {
          expect(endMs).toBeLessThanOrEqual(state.windowStartMs!);
          expect(endMs - startMs).toBeLessThanOrEqual(1200_000);
          expect(stateAt(plain, state.windowStartMs!).sources).toEqual(
            state.sources,
          );
        }
      }),
      RUNS,
    );
  });
});

/** The least that a wish is sure to be. */
function leastOf(wanted: { type: string; floor?: number; replicas?: number }) {
  if (wanted.type === 'fixed') {
    return wanted.replicas ?? 0;
  }
  return wanted.type === 'bounds' ? wanted.floor ?? 0 : 0;
}

it('an interval is half-open', () => {
  const day: Interval = { startMs: FROM, endMs: FROM + DAY_MS };
  const made = makePolicy({
    schedules: [
      makeSchedule(
        [
          {
            type: 'dated',
            date: '2026-10-20',
            times: { allDay: true },
            wish: { type: 'zero' },
          },
        ],
        { zone: 'UTC' },
      ),
    ],
  });
  expect(
    [day.startMs - 1, day.startMs, day.endMs - 1, day.endMs].map(
      at => stateAt(made, at).wish.type,
    ),
  ).toEqual(['untouched', 'zero', 'zero', 'untouched']);
});
