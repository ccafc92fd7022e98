import fc from 'fast-check';
import { APPETITES } from '../types';
import { chooseRequest } from './chooseRequest';
import { UsageDay } from './types';
import { usageDayOfSamples } from './usageDay';

const appetite = fc.constantFrom(...APPETITES);
const samples = fc
  .array(fc.double({ min: 0.001, max: 50, noNaN: true }), {
    minLength: 1,
    maxLength: 40,
  })
  .map(values => Float64Array.from(values));
const past = fc.array(samples, { minLength: 1, maxLength: 16 });

function daysOf(all: readonly Float64Array[]): UsageDay[] {
  return all.map(usageDayOfSamples);
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

  it('is what its rule says: the largest of the daily quantiles times the margin', () => {
    fc.assert(
      fc.property(past, appetite, (all, a) => {
        const days = daysOf(all);
        const { value, rule } = chooseRequest(days, { appetite: a })!;
        expect(rule.days).toBe(days.length);
        expect(value).toBe(
          Math.max(...days.map(day => day.quantile(rule.quantile))) *
            rule.margin,
        );
      }),
    );
  });

  it('asks no more than the peak and its largest margin, no less than what lasts for two hours of any day', () => {
    fc.assert(
      fc.property(past, appetite, (all, a) => {
        const days = daysOf(all);
        const { value } = chooseRequest(days, { appetite: a })!;
        const peak = Math.max(...days.map(day => day.max));
        const lasting = Math.max(...days.map(day => day.quantile(0.92)));
        expect(value).toBeLessThanOrEqual(peak * 1.3);
        expect(value).toBeGreaterThan(lasting);
      }),
    );
  });

  it('passes over days without data', () => {
    const empty = fc.constantFrom<UsageDay | undefined>(undefined, {
      count: 0,
      max: 0,
      mean: NaN,
      quantile: () => NaN,
      shareAbove: () => NaN,
    });
    fc.assert(
      fc.property(past, appetite, empty, fc.nat(), (all, a, gap, at) => {
        const days: Array<UsageDay | undefined> = daysOf(all);
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
          margin: fc.constantFrom(1.05, 1.2, 1.3),
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

  it('does not depend on the order of days, but for the replay', () => {
    fc.assert(
      fc.property(past, appetite, (all, a) => {
        const { replay: _a, ...forth } = chooseRequest(daysOf(all), {
          appetite: a,
        })!;
        const { replay: _b, ...back } = chooseRequest(
          daysOf([...all].reverse()),
          { appetite: a },
        )!;
        expect(back.value).toBeCloseTo(forth.value, 9);
      }),
    );
  });
});
