import fc from 'fast-check';
import { migShare } from './migProfiles';
import {
  heldShares,
  priceDevice,
  priceDevices,
  splitUse,
} from './priceDevices';

const BOARD = 4_100_000n;
const tenant = (heldSeconds: number, share?: number) => ({
  namespace: 'ml',
  pod: `pod-${heldSeconds}-${share}`,
  container: 'main',
  heldSeconds,
  share,
});
const sum = (parts: bigint[]) => parts.reduce((a, b) => a + b, 0n);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('priceDevices', () => {
  it('charges 3 × 2g six sevenths and strands the seventh', () => {
    const { share: of2g } = migShare('NVIDIA-A100-SXM4-40GB', '2g.10gb');
    const { devices, stranded } = priceDevices(
      7_000_000n,
      [1, 1, 0].map(held => ({ boardShare: of2g, held: [held] })),
    );
    expect(devices.map(({ micros }) => micros)).toEqual([
      2_000_000n,
      2_000_000n,
      2_000_000n,
    ]);
    expect(devices[2]).toMatchObject({
      tenants: [0n],
      unallocated: 2_000_000n,
    });
    expect(stranded).toBe(1_000_000n);
  });

  it('sums to the board to the micro, whatever it is cut into', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 13n }),
        fc.array(
          fc.record({
            boardShare: share,
            held: fc.array(share, { maxLength: 8 }),
          }),
          { maxLength: 8 },
        ),
        (board, given) => {
          const { devices, stranded } = priceDevices(board, given);
          expect(sum(devices.map(({ micros }) => micros)) + stranded).toBe(
            board,
          );
          for (const { micros, tenants, unallocated } of devices) {
            expect(sum(tenants) + unallocated).toBe(micros);
            expect([...tenants, unallocated].every(part => part >= 0n)).toBe(
              true,
            );
          }
        },
      ),
    );
  });
});

describe('tenants of one device', () => {
  it('leave to the node what they do not hold', () => {
    const held = heldShares({
      replicas: 4,
      tenants: [tenant(3600), tenant(3600), tenant(1800)],
    });
    expect(held).toEqual([0.25, 0.25, 0.125]);
    expect(priceDevice(8_000_000n, held)).toEqual({
      micros: 8_000_000n,
      tenants: [2_000_000n, 2_000_000n, 1_000_000n],
      unallocated: 3_000_000n,
    });
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
    const held = heldShares({ tenants: [tenant(3600), tenant(3600)] });
    expect(priceDevice(BOARD, held).tenants).toEqual([BOARD / 2n, BOARD / 2n]);
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
            own: fc.option(share, { nil: undefined }),
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

describe('splitUse', () => {
  it('says unknown where no reading counts', () => {
    expect(splitUse(1_000n, { held: 10, known: 8, busy: 2 })).toEqual({
      used: 200n,
      idle: 600n,
      unknown: 200n,
    });
    expect(splitUse(1_000n, { held: 10, known: 0, busy: 0 })).toEqual({
      used: 0n,
      idle: 0n,
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
          const { used, idle, unknown } = splitUse(micros, given);
          expect(used + idle + unknown).toBe(micros);
          expect(used >= 0n && idle >= 0n && unknown >= 0n).toBe(true);
        },
      ),
    );
  });
});
