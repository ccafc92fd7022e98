import fc from 'fast-check';
import { ForecastMemory } from './ForecastMemory';
import { errorInterval } from './uncertainty';

const history = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), {
    minLength: 3,
    maxLength: 90,
  })
  .map(values => values.map((value, at) => ({ ordinal: 20_000 + at, value })));

describe('ForecastMemory', () => {
  it('says the same as who remembers nothing, whatever was asked before', () => {
    const memory = ForecastMemory.create();
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 31 }), (days, ahead) => {
        expect(memory.interval(days, ahead)).toEqual(
          errorInterval(days, ahead),
        );
        // Another day ahead, another value of one day, another day.
        expect(memory.interval(days, ahead + 1)).toEqual(
          errorInterval(days, ahead + 1),
        );
        const [first, ...rest] = days;
        const dearer = [{ ...first, value: first.value + 1 }, ...rest];
        expect(memory.interval(dearer, ahead)).toEqual(
          errorInterval(dearer, ahead),
        );
        const earlier = [{ ...first, ordinal: first.ordinal - 1 }, ...rest];
        expect(memory.interval(earlier, ahead)).toEqual(
          errorInterval(earlier, ahead),
        );
      }),
    );
  });

  it('makes an interval of the same days once', () => {
    const memory = ForecastMemory.create();
    const days = Array.from({ length: 70 }, (_, at) => ({
      ordinal: 20_000 + at,
      value: 10 + (at % 7),
    }));
    const first = memory.interval(days, 10);
    expect(memory.interval([...days], 10)).toBe(first);
    expect(memory.interval(days, 11)).not.toBe(first);
  });
});
