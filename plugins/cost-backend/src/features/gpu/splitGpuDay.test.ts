import fc from 'fast-check';
import { GpuMoneyDay } from '../../database/GpuMoneyStore';
import { costOf } from './GpuTotals';
import { DeviceClaim, splitGpuDay, StrandedClaim } from './splitGpuDay';

const row = (change: Partial<GpuMoneyDay>): GpuMoneyDay => ({
  day: '2026-03-02',
  clusterId: 1,
  cluster: 'c1',
  containerId: 1,
  bucket: 'workload',
  namespace: 'ml',
  workloadKind: 'Deployment',
  workload: 'ranker',
  container: 'main',
  micros: 1_000_000n,
  deviceHours: 24,
  ...change,
});

const idle = (micros: bigint, pool = 'gpus') =>
  row({ bucket: 'idle', containerId: 99, workload: pool, micros });

const device = (change: Partial<DeviceClaim>): DeviceClaim => ({
  deviceId: 1,
  clusterId: 1,
  nodePool: 'gpus',
  held: new Map(),
  free: 0,
  ...change,
});

describe('splitGpuDay', () => {
  it('gives what a container paid to its devices, by what it held of them', () => {
    const { devices, withoutDevice } = splitGpuDay(
      [row({ micros: 900n })],
      [
        device({
          deviceId: 1,
          held: new Map([[1, { held: 16, known: 16, busy: 4 }]]),
        }),
        device({
          deviceId: 2,
          held: new Map([
            [1, { held: 2, known: 0, busy: 0 }],
            [7, { held: 22, known: 22, busy: 22 }],
          ]),
        }),
      ],
      [],
    );
    expect(devices.get(1)).toMatchObject({ used: 200n, unused: 600n });
    expect(devices.get(2)).toMatchObject({ used: 0n, unknown: 100n });
    expect(costOf(withoutDevice)).toBe(0n);
  });

  it('gives idle capacity of a pool to what nobody held and no instance covers', () => {
    const { devices, stranded, withoutDevice } = splitGpuDay(
      [idle(1_000n), idle(70n, 'other')],
      [device({ free: 6 }), device({ deviceId: 2, nodePool: 'far', free: 9 })],
      [{ board: 'b', clusterId: 1, nodePool: 'gpus', hours: 4 }],
    );
    expect(devices.get(1)?.idle).toBe(600n);
    expect(devices.has(2)).toBe(false);
    expect(stranded.get('b')).toBe(400n);
    expect(withoutDevice.idle).toBe(70n);
  });

  it('finds devices of nodes in no pool, which are idle under another name', () => {
    const { devices } = splitGpuDay(
      [idle(1_000n, 'p4d.24xlarge')],
      [device({ nodePool: undefined, free: 24 })],
      [],
    );
    expect(devices.get(1)?.idle).toBe(1_000n);
  });

  it('says unknown of what a container paid without a device', () => {
    expect(splitGpuDay([row({})], [device({})], []).withoutDevice.unknown).toBe(
      1_000_000n,
    );
  });

  it('neither makes nor loses money', () => {
    const hours = fc.double({ min: 0, max: 24, noNaN: true });
    const claim = fc
      .record({
        deviceId: fc.integer({ min: 1, max: 5 }),
        clusterId: fc.integer({ min: 1, max: 2 }),
        nodePool: fc.option(fc.constantFrom('gpus', 'far'), { nil: undefined }),
        free: hours,
        held: fc.array(
          fc.tuple(
            fc.integer({ min: 1, max: 4 }),
            fc.record({ held: hours, known: hours, busy: hours }),
          ),
          { maxLength: 3 },
        ),
      })
      .map(
        ({ held, ...rest }): DeviceClaim => ({ ...rest, held: new Map(held) }),
      );
    const rest = fc.record({
      board: fc.constantFrom('a', 'b'),
      clusterId: fc.integer({ min: 1, max: 2 }),
      nodePool: fc.constantFrom('gpus', 'far'),
      hours,
    }) as fc.Arbitrary<StrandedClaim>;
    const money = fc
      .record({
        bucket: fc.constantFrom('workload', 'idle'),
        clusterId: fc.integer({ min: 1, max: 2 }),
        containerId: fc.integer({ min: 1, max: 5 }),
        workload: fc.constantFrom('gpus', 'far'),
        micros: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      })
      .map(row);
    fc.assert(
      fc.property(
        fc.array(money, { maxLength: 8 }),
        fc.array(claim, { maxLength: 6 }),
        fc.array(rest, { maxLength: 4 }),
        (rows, claims, boards) => {
          const { devices, stranded, withoutDevice } = splitGpuDay(
            rows,
            claims,
            boards,
          );
          const given =
            [...devices.values()].reduce(
              (sum, each) => sum + costOf(each),
              0n,
            ) +
            [...stranded.values()].reduce((sum, each) => sum + each, 0n) +
            costOf(withoutDevice);
          expect(given).toBe(
            rows.reduce((sum, { micros }) => sum + micros, 0n),
          );
        },
      ),
    );
  });
});
