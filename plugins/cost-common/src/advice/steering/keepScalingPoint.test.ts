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

  it.each([
    // wanted, request, target -> request, target, point
    [0.01, 0.012, 75, { request: 0.01, target: 90, scalingPoint: 0.009 }],
    // 86 % of 9.3m, rounded up to 10m, would scale at 8.6m instead of 8m.
    [0.0092, 0.01, 80, { request: 0.01, target: 80, scalingPoint: 0.008 }],
    // 56 % of 11m is 6.16m, and no other whole percent is nearer to 6.2m.
    [
      0.011,
      0.02,
      31,
      { request: 0.011, target: 56, scalingPoint: 0.00616, movedFrom: 0.0062 },
    ],
  ])('of few millicores: %d of %d at %d %%', (wanted, request, target, as) => {
    const { movedFrom, ...rest } = keepScalingPoint(wanted, {
      request,
      target,
    })!;
    expect(rest).toEqual({
      request: as.request,
      target: as.target,
      scalingPoint: expect.closeTo(as.scalingPoint, 9),
    });
    expect(movedFrom).toEqual('movedFrom' in as ? as.movedFrom : undefined);
  });

  it('says nothing where no whole percent of whole millicores is near', () => {
    // 0.93m: 93 % of 1m, or 46 % of 2m.
    expect(
      keepScalingPoint(0.001, { request: 0.003, target: 31 }),
    ).toBeUndefined();
  });

  it('moves by 1 % at most, whatever is requested', () => {
    const millicores = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(
        fc.oneof(millicores(50), millicores(20_000)),
        fc.oneof(millicores(50), millicores(20_000)),
        fc.integer({ min: 1, max: 200 }),
        (wanted, request, target) => {
          const moved = keepScalingPoint(wanted / 1000, {
            request: request / 1000,
            target,
          });
          fc.pre(moved !== undefined);
          const before = (request * target) / 100_000;
          const after = (moved.request * moved.target) / 100;
          expect(Math.abs(after / before - 1)).toBeLessThanOrEqual(0.0101);
          expect(moved.scalingPoint).toBeCloseTo(
            moved.movedFrom === undefined ? before : after,
            9,
          );
        },
      ),
      { numRuns: 5000 },
    );
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
