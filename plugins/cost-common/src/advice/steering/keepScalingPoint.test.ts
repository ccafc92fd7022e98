import fc from 'fast-check';
import { keepScalingPoint } from './keepScalingPoint';

describe('keepScalingPoint', () => {
  it.each([
    // wanted, request, target -> request, target
    [0.5, 1, 40, { request: 0.5, target: 80 }],
    [0.3, 0.5, 50, { request: 0.302, target: 83 }], // 0.25 ÷ 0.83, rounded up
    [0.1, 1, 80, { request: 0.889, target: 90 }], // no further than 90 %
    [1, 0.7, 80, { request: 1, target: 56 }],
    [1, 0.7, 120, { request: 1, target: 84 }],
  ])('at least %d of %d at %d %%', (wanted, request, target, expected) => {
    expect(keepScalingPoint(wanted, { request, target })).toEqual({
      ...expected,
      scalingPoint: (request * target) / 100,
    });
  });

  it('says nothing when the target would fall below 50 %', () => {
    expect(keepScalingPoint(1, { request: 0.5, target: 80 })).toBeUndefined();
  });

  it('does not ratchet: what was applied stays, ten rounds long', () => {
    const cores = fc.integer({ min: 10, max: 20_000 }).map(m => m / 1000);
    fc.assert(
      fc.property(
        cores,
        fc.double({ min: 0.005, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (wanted, request, target) => {
          const first = keepScalingPoint(wanted, { request, target });
          fc.pre(first !== undefined);
          expect(first.request).toBeGreaterThanOrEqual(wanted - 0.0005);
          let next = first;
          for (let round = 0; round < 10; round++) {
            next = keepScalingPoint(wanted, next)!;
            expect(next).toMatchObject({
              request: first.request,
              target: first.target,
            });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
