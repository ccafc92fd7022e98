import fc from 'fast-check';
import { CounterReadings, growthOf } from './growth';

const CORES = 8;
const never = (_slot: number) => false;

/** Readings at the ends of slots; `undefined` = none. Each slot has ten. */
function readings(
  last: Array<number | undefined>,
  first: Array<number | undefined> = [],
): CounterReadings {
  const values = (list: Array<number | undefined>) =>
    Float64Array.from({ length: last.length }, (_, i) => list[i] ?? NaN);
  return {
    last: values(last),
    first: values(first),
    seen: values(last.map(value => (value === undefined ? undefined : 10))),
  };
}

function grow(
  last: Array<number | undefined>,
  first?: Array<number | undefined>,
  startedIn = never,
) {
  const seconds = new Float64Array(last.length - 1).fill(300);
  const { coreSeconds, setAside } = growthOf(
    readings(last, first),
    seconds,
    CORES,
    startedIn,
  );
  return { coreSeconds: [...coreSeconds], setAside: [...setAside] };
}

describe('growthOf', () => {
  it('is the difference of readings', () => {
    expect(grow([100, 250, 250, 400]).coreSeconds).toEqual([150, 0, 150]);
  });

  it('keeps the higher reading when a counter steps back a little', () => {
    expect(grow([500_000, 499_999, 500_150, 500_300])).toEqual({
      coreSeconds: [0, 150, 150],
      setAside: [0, 0, 0],
    });
  });

  it('sets a reading aside that the machine can not have made, and bridges it', () => {
    expect(grow([500_000, 1.73e9, 500_300, 500_450])).toEqual({
      coreSeconds: [150, 150, 150],
      setAside: [1, 0, 0],
    });
  });

  it('does not know what a counter lost that began anew', () => {
    expect(grow([500_000, 40, 190]).coreSeconds).toEqual([NaN, 150]);
  });

  it('does not take one reading of 0 for a counter that began anew', () => {
    expect(grow([500_000, 0, 500_300, 500_450])).toEqual({
      coreSeconds: [150, 150, 150],
      setAside: [1, 0, 0],
    });
  });

  it('takes readings of 0 between larger ones for none', () => {
    const grown = growthOf(
      readings([500_000, 0, 0, 500_450, 500_600]),
      new Float64Array(4).fill(300),
      CORES,
      never,
    );
    expect([...grown.coreSeconds]).toEqual([150, 150, 150, 150]);
    expect([...grown.setAside]).toEqual([1, 1, 0, 0]);
    expect(grown.tooLow).toBe(2);
    expect(grow([0, 500_300, 500_450], [0])).toEqual({
      coreSeconds: [NaN, 150],
      setAside: [0, 0],
    });
    expect(grow([0, 0, 150]).coreSeconds).toEqual([0, 150]);
  });

  it('goes on from slots that were seen without a reading', () => {
    const last = Float64Array.of(100, NaN, NaN, 550, 700);
    const { coreSeconds } = growthOf(
      { last, first: last.map(() => NaN), seen: last.map(() => 10) },
      new Float64Array(4).fill(300),
      CORES,
      never,
    );
    expect([...coreSeconds]).toEqual([150, 150, 150, 150]);
  });

  it('knows of a first slot what its own readings tell', () => {
    const { coreSeconds } = grow([undefined, 1135, 1285], [undefined, 1000]);
    // Ten readings, nine gaps of 15 core-seconds, and half a gap before.
    expect(coreSeconds).toEqual([142.5, 150]);
  });

  it('takes all that a container reads in the slot it started in', () => {
    const started = (slot: number) => slot === 0;
    expect(grow([undefined, 90], [undefined, 12], started).coreSeconds).toEqual(
      [90],
    );
    // Half an hour of eight cores is not what it used in half a minute.
    expect(
      grow([undefined, 14_490], [undefined, 14_400], started).coreSeconds,
    ).toEqual([95]);
  });

  it('adds what a container may have used after its last reading', () => {
    const seen = Float64Array.of(10, 10, 4, NaN, NaN);
    const last = Float64Array.of(100, 250, 310, NaN, NaN);
    const first = new Float64Array(5).fill(NaN);
    const { coreSeconds } = growthOf(
      { last, first, seen },
      Float64Array.of(300, 120, 0, 0),
      CORES,
      never,
    );
    expect([...coreSeconds]).toEqual([150, 60 + 7.5, NaN, NaN]);
    // It is listed for two more slots, in which it does not grow.
    const listed = growthOf(
      {
        last: Float64Array.of(100, 250, 310, 310, 310),
        first,
        seen: Float64Array.of(10, 10, 10, 10, 3),
      },
      Float64Array.of(300, 300, 300, 90),
      CORES,
      never,
    );
    expect([...listed.coreSeconds]).toEqual([150, 67.5, 0, 0]);
  });

  it('knows nothing across a gap', () => {
    const { coreSeconds } = grow([100, undefined, undefined, 1000, 1150]);
    expect(coreSeconds).toEqual([NaN, NaN, NaN, 150]);
  });

  it('is exact for any load the machine can have, and never more than it can do', () => {
    const loads = fc.array(fc.double({ min: 0, max: CORES, noNaN: true }), {
      minLength: 1,
      maxLength: 72,
    });
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 1e6 }), (load, base) => {
        const last = load.reduce<number[]>(
          (list, cores) => [...list, list[list.length - 1] + cores * 300],
          [base],
        );
        const { coreSeconds, setAside } = growthOf(
          readings(last),
          new Float64Array(load.length).fill(300),
          CORES * 1.2,
          never,
        );
        expect(setAside.every(count => count === 0)).toBe(true);
        load.forEach((cores, slot) =>
          expect(coreSeconds[slot]).toBeCloseTo(cores * 300, 3),
        );
      }),
    );
    const anything = fc.array(
      fc.option(fc.double({ min: 0, max: 1e10, noNaN: true }), { nil: NaN }),
      { minLength: 2, maxLength: 72 },
    );
    fc.assert(
      fc.property(anything, last => {
        const { coreSeconds } = growthOf(
          readings(last),
          new Float64Array(last.length - 1).fill(300),
          CORES,
          never,
        );
        for (const grown of coreSeconds) {
          expect(Number.isNaN(grown) || grown <= CORES * 300 + 1e-3).toBe(true);
          expect(grown < 0).toBe(false);
        }
      }),
    );
  });
});
