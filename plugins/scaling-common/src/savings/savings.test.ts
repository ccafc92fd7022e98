import { HOUR_MS } from '@headroom/common';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { AttributedStretch, attributeStretches } from './attributeStretches';
import { measureSaving, SavingInput } from './measureSaving';
import { studentT95 } from './studentT';
import { CostHour, Measured } from './types';

const DAY = 24 * HOUR_MS;
/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2026, 9, 5);

function hoursOf(
  days: number,
  of: (at: number, index: number) => Omit<CostHour, 'at'>,
  from = MONDAY,
): CostHour[] {
  return Array.from({ length: days * 24 }, (_, index) => {
    const at = from + index * HOUR_MS;
    return { at, ...of(at, index) };
  });
}

type Input = Omit<SavingInput, 'zone'> & { zone?: string };

const measured = (input: Input): Measured => {
  const result = measureSaving({ zone: 'UTC', ...input });
  if (result.kind !== 'measured') {
    throw new Error(`not measured: ${JSON.stringify(result)}`);
  }
  return result;
};

describe('what was saved', () => {
  it('is nothing where nothing changed', () => {
    const firstAction = MONDAY + 28 * DAY;
    const hours = hoursOf(35, at => ({
      micros: 1000 + 500 * ((at / HOUR_MS) % 24),
    }));
    const result = measured({
      hours,
      firstAction,
      stretches: [{ from: firstAction, to: firstAction + 7 * DAY }],
    });
    expect(result).toMatchObject({ saved: 0, low: 0, high: 0, hours: 168 });
  });

  it('is what nights cost before, less what they cost now: a worked example', () => {
    // $1 an hour at all times; from the fifth week on $0.25 from 20:00 to 06:00.
    const firstAction = MONDAY + 28 * DAY + 20 * HOUR_MS;
    const nights = Array.from({ length: 5 }, (_, night) => ({
      from: firstAction + night * DAY,
      to: firstAction + night * DAY + 10 * HOUR_MS,
    }));
    const hours = hoursOf(35, at => ({
      micros: nights.some(({ from, to }) => at >= from && at < to)
        ? 250_000
        : 1_000_000,
    }));
    expect(measured({ hours, firstAction, stretches: nights })).toMatchObject({
      saved: 5 * 10 * 750_000,
      hours: 50,
      baselinePerHour: 1_000_000,
      baselineDays: 29,
      leftOut: 0,
    });
  });

  it('compares Sundays with Sundays', () => {
    const sunday = (at: number) => new Date(at).getUTCDay() === 0;
    const firstAction = MONDAY + 28 * DAY;
    const hours = hoursOf(35, at => ({ micros: sunday(at) ? 100 : 1000 }));
    const stretches = [
      { from: firstAction + 6 * DAY, to: firstAction + 7 * DAY },
    ];
    expect(measured({ hours, firstAction, stretches }).saved).toBe(0);
  });

  it('compares local nights with local nights once the clocks have changed', () => {
    // Clocks in Berlin go back on 25 October 2026; nights are 20:00 to 06:00 there.
    const zone = 'Europe/Berlin';
    const firstAction = Date.UTC(2026, 9, 26) - HOUR_MS;
    const local = (at: number) => DateTime.fromMillis(at, { zone }).hour;
    const hours = hoursOf(
      42,
      at => ({ micros: local(at) >= 20 || local(at) < 6 ? 100 : 1000 }),
      firstAction - 28 * DAY,
    );
    const stretches = [{ from: firstAction, to: firstAction + 14 * DAY }];
    const inZone = measured({ hours, firstAction, stretches, zone });
    expect(inZone).toMatchObject({ saved: 0, hours: 14 * 24 });
    const atNights = {
      hours,
      firstAction,
      stretches: Array.from({ length: 14 }, (_, night) => {
        const from = firstAction + night * DAY + 20 * HOUR_MS;
        return { from, to: from + 10 * HOUR_MS };
      }),
    };
    expect(measured({ ...atNights, zone }).saved).toBe(0);
    // By the hours of UTC each night would begin while its past was still awake.
    expect(measured(atNights).saved).not.toBe(0);
  });

  it('is at the demand that came, where that is known', () => {
    // 10 an hour and 2 a unit; demand doubles when half of the fixed part is saved.
    const firstAction = MONDAY + 28 * DAY;
    const hours = hoursOf(35, (at, index) => {
      const later = at >= firstAction;
      const demand = (100 + (index % 24)) * (later ? 2 : 1);
      return { demand, micros: (later ? 5_000 : 10_000) + 200 * demand };
    });
    const stretches = [{ from: firstAction, to: firstAction + 7 * DAY }];
    const result = measured({ hours, firstAction, stretches });
    expect(result.byDemand).toBe(true);
    expect(result.saved).toBeCloseTo(168 * 5_000, 3);
    const blind = hours.map(({ at, micros }) => ({ at, micros }));
    expect(
      measured({ hours: blind, firstAction, stretches }).saved,
    ).toBeLessThan(0);
  });

  it('is not less for the demand that nobody could serve', () => {
    const firstAction = MONDAY + 28 * DAY;
    const hours = hoursOf(35, (at, index) => {
      const demand = 100 + (index % 24);
      return at >= firstAction
        ? { demand: 0, micros: 0 }
        : { demand, micros: 200 * demand };
    });
    const stretches = [{ from: firstAction, to: firstAction + 7 * DAY }];
    const result = measured({ hours, firstAction, stretches });
    expect(result.saved).toBeCloseTo(7 * 200 * (24 * 100 + (24 * 23) / 2), 3);
  });

  it('says not yet while hours are few, and why when there is no past', () => {
    const firstAction = MONDAY + 28 * DAY;
    const hours = hoursOf(35, () => ({ micros: 1000 }));
    expect(
      measureSaving({
        zone: 'UTC',
        hours,
        firstAction,
        stretches: [{ from: firstAction, to: firstAction + 23 * HOUR_MS }],
      }),
    ).toEqual({ kind: 'too-few-hours', hours: 23, needed: 24 });
    expect(
      measureSaving({
        zone: 'UTC',
        hours,
        firstAction: MONDAY + 6 * DAY,
        stretches: [{ from: MONDAY + 6 * DAY, to: MONDAY + 20 * DAY }],
      }),
    ).toEqual({ kind: 'no-baseline', days: 6, needed: 7 });
  });

  it('leaves partial hours, and hours like no hour before, out', () => {
    const firstAction = MONDAY + 7 * DAY;
    const nothingAt = 3;
    const hours = hoursOf(14, () => ({ micros: 1000 })).filter(
      ({ at }) => at >= firstAction || new Date(at).getUTCHours() !== nothingAt,
    );
    const result = measured({
      hours,
      firstAction,
      stretches: [
        {
          from: firstAction + HOUR_MS / 2,
          to: firstAction + 3 * DAY + HOUR_MS / 2,
        },
      ],
    });
    // 71 whole hours, of which three are at 03:00.
    expect(result).toMatchObject({ hours: 68, leftOut: 3 });
  });

  it('lies in its interval about nine times in ten', () => {
    const random = seeded(7);
    let inside = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial += 1) {
      const firstAction = MONDAY + 28 * DAY;
      const level = new Map<number, number>();
      const hours = hoursOf(42, at => {
        const day = Math.floor(at / DAY);
        if (!level.has(day)) {
          level.set(day, 1000 + 100 * gaussian(random));
        }
        return {
          micros:
            level.get(day)! +
            20 * gaussian(random) -
            (at >= firstAction ? 300 : 0),
        };
      });
      const { low, high } = measured({
        hours,
        firstAction,
        stretches: [{ from: firstAction, to: firstAction + 14 * DAY }],
      });
      const truth = 14 * 24 * 300;
      inside += low <= truth && truth <= high ? 1 : 0;
    }
    expect(inside / trials).toBeGreaterThan(0.85);
    expect(inside / trials).toBeLessThan(0.96);
  });
});

describe('stretches that overlap', () => {
  const stretch = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      from: fc.integer({ min: 0, max: 50 }),
      length: fc.integer({ min: 0, max: 20 }),
    })
    .map(
      ({ id, from, length }): AttributedStretch => ({
        id,
        from,
        to: from + length,
      }),
    );

  it('are each instant counted once, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), stretches => {
        const parts = attributeStretches(stretches);
        for (let at = 0; at < 80; at += 1) {
          const holds = ({ from, to }: AttributedStretch) =>
            from <= at && at < to;
          const before = stretches.filter(holds);
          const after = parts.filter(holds);
          const owners = before.map(({ id }) => id);
          expect(after.map(({ id }) => owners.includes(id))).toEqual(
            before.length > 0 ? [true] : [],
          );
        }
      }),
    );
  });

  it('belong to the one that began first', () => {
    expect(
      attributeStretches([
        { id: 'later', from: 5, to: 20 },
        { id: 'first', from: 0, to: 10 },
      ]),
    ).toEqual([
      { id: 'first', from: 0, to: 10 },
      { id: 'later', from: 10, to: 20 },
    ]);
  });
});

it.each([
  [1, 6.314],
  [27, 1.703],
  [60, 1.671],
  [1000, 1.646],
])("has Student's t of %i degrees", (degrees, expected) => {
  expect(studentT95(degrees)).toBeCloseTo(expected, 2);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}
