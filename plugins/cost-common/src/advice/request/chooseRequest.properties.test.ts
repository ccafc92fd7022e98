import fc from 'fast-check';
import { APPETITES } from '../types';
import { chooseRequest } from './chooseRequest';
import { MEMORIES } from '../appetites';
import { counts } from './memory';
import { CpuDay } from './types';
import { cpuDayOfSamples } from './cpuDay';

const appetite = fc.constantFrom(...APPETITES);
const samples = fc
  .array(fc.double({ min: 0.001, max: 50, noNaN: true }), {
    minLength: 1,
    maxLength: 40,
  })
  .map(values => Float64Array.from(values));
const past = fc.array(samples, { minLength: 1, maxLength: 16 });

function daysOf(all: readonly Float64Array[]): CpuDay[] {
  return all.map(cpuDayOfSamples);
}

describe('chooseRequest, for any past', () => {
  it('never advises less to who is more careful', () => {
    fc.assert(
      fc.property(past, all => {
        const days = daysOf(all);
        const [dev, standard, critical] = APPETITES.map(
          value => chooseRequest(days, { appetite: value })!.value,
        );
        expect(dev).toBeLessThanOrEqual(standard);
        expect(standard).toBeLessThanOrEqual(critical);
      }),
    );
  });

  it('does not care about the unit', () => {
    // Powers of two scale doubles without rounding.
    fc.assert(
      fc.property(
        past,
        appetite,
        fc.integer({ min: -9, max: 9 }),
        (all, a, k) => {
          const one = chooseRequest(daysOf(all), { appetite: a })!;
          const scaled = chooseRequest(
            daysOf(all.map(values => values.map(value => value * 2 ** k))),
            { appetite: a },
          )!;
          expect(scaled.rule).toEqual(one.rule);
          expect(scaled.value).toBe(one.value * 2 ** k);
        },
      ),
    );
  });

  it('is what its rule says: the largest of the daily quantiles that count times the margin', () => {
    fc.assert(
      fc.property(past, appetite, (all, a) => {
        const { value, rule, fades } = chooseRequest(daysOf(all), {
          appetite: a,
        })!;
        const levels = daysOf(all).map(day => day.quantile(rule.quantile));
        const counted = levels.filter((_, day) =>
          counts(levels, day, MEMORIES[a]),
        );
        expect(rule.days).toBe(counted.length);
        expect(value).toBe(Math.max(...counted) * rule.margin);
        expect(levels[fades.day]).toBe(Math.max(...counted));
      }),
    );
  });

  it('asks no more than the peak and its largest margin, no less than what lasted for two hours of the newest day', () => {
    fc.assert(
      fc.property(past, appetite, (all, a) => {
        const days = daysOf(all);
        const { value } = chooseRequest(days, { appetite: a })!;
        const peak = Math.max(...days.map(day => day.max));
        expect(value).toBeLessThanOrEqual(peak * 1.3);
        expect(value).toBeGreaterThan(days.at(-1)!.quantile(0.92));
      }),
    );
  });

  it('passes over days without data', () => {
    const empty = fc.constantFrom<CpuDay | undefined>(undefined, {
      count: 0,
      max: 0,
      mean: NaN,
      quantile: () => NaN,
      shareAbove: () => NaN,
    });
    fc.assert(
      fc.property(past, appetite, empty, fc.nat(), (all, a, gap, at) => {
        const days: Array<CpuDay | undefined> = daysOf(all);
        const choice = chooseRequest(days, { appetite: a });
        days.splice(at % (days.length + 1), 0, gap);
        expect(chooseRequest(days, { appetite: a })).toEqual(choice);
      }),
    );
  });

  it('advises the same again with its own rule in force', () => {
    fc.assert(
      fc.property(past, appetite, (all, a) => {
        const days = daysOf(all);
        const first = chooseRequest(days, { appetite: a })!;
        const again = chooseRequest(days, {
          appetite: a,
          previous: first.rule,
        });
        expect(again).toEqual(first);
      }),
    );
  });

  it('keeps whatever rule is in force from one advice to the next on the same past', () => {
    fc.assert(
      fc.property(
        past,
        appetite,
        fc.record({
          quantile: fc.constantFrom(0.92, 0.99, 1),
          margin: fc.constantFrom(1.02, 1.05, 1.2, 1.3),
        }),
        (all, a, inForce) => {
          const days = daysOf(all);
          const first = chooseRequest(days, {
            appetite: a,
            previous: inForce,
          })!;
          const again = chooseRequest(days, {
            appetite: a,
            previous: first.rule,
          });
          expect(again).toEqual(first);
        },
      ),
    );
  });

  it('names a day that is forgotten exactly when one is', () => {
    fc.assert(
      fc.property(past, appetite, (all, a) => {
        const { rule, faded } = chooseRequest(daysOf(all), { appetite: a })!;
        expect(faded === undefined).toBe(rule.days === all.length);
      }),
    );
  });

  it('does not depend on the order of up to six days, but for the replay', () => {
    fc.assert(
      fc.property(
        fc.array(samples, { minLength: 1, maxLength: 6 }),
        appetite,
        (all, a) => {
          const value = (days: readonly Float64Array[]) =>
            chooseRequest(daysOf(days), { appetite: a })!.value;
          expect(value([...all].reverse())).toBeCloseTo(value(all), 9);
        },
      ),
    );
  });
});
