import fc from 'fast-check';
import { heldShares } from './heldShares';

const tenant = (heldSeconds: number, share?: number) => ({
  heldSeconds,
  share,
});

describe('heldShares: tenants of one device', () => {
  it('hold one of the replicas, for as long as they are there', () => {
    const held = heldShares({
      replicas: 4,
      tenants: [tenant(3600), tenant(3600), tenant(1800)],
    });
    expect(held).toEqual([0.25, 0.25, 0.125]);
  });

  it('hold a whole device one after the other', () => {
    expect(heldShares({ tenants: [tenant(900), tenant(2700)] })).toEqual([
      0.25, 0.75,
    ]);
  });

  it('hold their share as often as they have pods', () => {
    expect(heldShares({ replicas: 4, tenants: [tenant(7200)] })).toEqual([0.5]);
    expect(heldShares({ tenants: [tenant(7200)] })).toEqual([1]);
  });

  it('split it when each is said to hold all of it', () => {
    expect(heldShares({ tenants: [tenant(3600), tenant(3600)] })).toEqual([
      0.5, 0.5,
    ]);
  });

  it('have their own share where one is known', () => {
    expect(
      heldShares({ tenants: [tenant(3600, 0.5), tenant(3600, 0.2)] }),
    ).toEqual([0.5, 0.2]);
  });

  it('never hold more than one device, however often labels repeat it', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined }),
        fc.array(
          fc.record({
            seconds: fc.integer({ min: 0, max: 4000 }),
            own: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), {
              nil: undefined,
            }),
          }),
          { maxLength: 20 },
        ),
        (replicas, given) => {
          const held = heldShares({
            replicas,
            tenants: given.map(({ seconds, own }) => tenant(seconds, own)),
          });
          expect(held.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
    );
  });
});
