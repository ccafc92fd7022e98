import fc from 'fast-check';
import { chargedInSlots } from './chargedInSlots';

const times = (slots: number, value: number) =>
  Array<number>(slots).fill(value);

describe('chargedInSlots', () => {
  it('charges a burst that the mean of the hour hides', () => {
    expect(
      chargedInSlots({
        requested: times(12, 300),
        used: [4 * 300, ...times(11, 0.1 * 300)],
      }),
    ).toBeCloseTo(4 * 300 + 11 * 300, 9);
  });

  it('charges what is requested while the container is not seen', () => {
    expect(
      chargedInSlots({
        requested: times(12, 2 * 300),
        used: [3 * 300, ...times(11, 0)],
      }),
    ).toBeCloseTo(3 * 300 + 2 * 3300, 9);
  });

  it('charges what is used without a request', () => {
    expect(chargedInSlots({ requested: [], used: times(12, 30) })).toBe(360);
  });

  it('does not set the request of one time against the usage of another', () => {
    // 4 cores that use 3, then 1 core that uses 0.2.
    expect(
      chargedInSlots({
        requested: [...times(6, 4 * 300), ...times(6, 300)],
        used: [...times(6, 3 * 300), ...times(6, 0.2 * 300)],
      }) / 3600,
    ).toBeCloseTo(2.5, 9);
  });

  const quantity = fc.double({ min: 0, max: 1e6, noNaN: true });
  const slot = fc.record({ requested: quantity, used: quantity });
  const slots = fc.array(slot, { minLength: 12, maxLength: 12 });

  const chargeOf = (of: Array<{ requested: number; used: number }>) =>
    chargedInSlots({
      requested: of.map(({ requested }) => requested),
      used: of.map(({ used }) => used),
    });
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

  it('is between the larger of request and usage, and their sum', () => {
    fc.assert(
      fc.property(slots, of => {
        const requested = sum(of.map(each => each.requested));
        const used = sum(of.map(each => each.used));
        const charged = chargeOf(of);
        expect(charged).toBeGreaterThanOrEqual(requested);
        expect(charged).toBeGreaterThanOrEqual(used);
        expect(charged).toBeLessThanOrEqual(
          (requested + used) * (1 + 1e-9) + 1e-9,
        );
      }),
    );
  });

  it('is the sum of the larger of both in each slot', () => {
    fc.assert(
      fc.property(slots, of => {
        const larger = sum(of.map(each => Math.max(each.requested, each.used)));
        expect(Math.abs(chargeOf(of) - larger)).toBeLessThanOrEqual(
          1e-9 * larger,
        );
      }),
    );
  });

  it('is what its parts are charged, however the hour is cut', () => {
    fc.assert(
      fc.property(slots, fc.nat({ max: 12 }), (of, cut) => {
        const parts = chargeOf(of.slice(0, cut)) + chargeOf(of.slice(cut));
        expect(Math.abs(chargeOf(of) - parts)).toBeLessThanOrEqual(
          1e-9 * parts,
        );
      }),
    );
  });
});
