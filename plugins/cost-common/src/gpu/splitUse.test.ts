import fc from 'fast-check';
import { splitUse } from './splitUse';

describe('splitUse', () => {
  it('says unknown where no reading counts', () => {
    expect(splitUse(1_000n, { held: 10, known: 8, busy: 2 })).toEqual({
      used: 200n,
      unused: 600n,
      unknown: 200n,
    });
    expect(splitUse(1_000n, { held: 10, known: 0, busy: 0 })).toEqual({
      used: 0n,
      unused: 0n,
      unknown: 1_000n,
    });
    expect(splitUse(1_000n, { held: 0, known: 0, busy: 0 }).unknown).toBe(
      1_000n,
    );
  });

  it('sums to what is paid', () => {
    const hours = fc.double({ min: 0, max: 800, noNaN: true });
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 13n }),
        fc.record({ held: hours, known: hours, busy: hours }),
        (micros, given) => {
          const { used, unused, unknown } = splitUse(micros, given);
          expect(used + unused + unknown).toBe(micros);
          expect(used >= 0n && unused >= 0n && unknown >= 0n).toBe(true);
        },
      ),
    );
  });
});
