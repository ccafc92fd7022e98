import fc from 'fast-check';
import { heatColors } from './heatScale';

describe('heatColors', () => {
  it('can be read at every share, light and dark', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('light' as const, 'dark' as const),
        (share, scheme) => {
          expect(heatColors(share, scheme).contrast).toBeGreaterThanOrEqual(
            4.5,
          );
        },
      ),
    );
  });
});
