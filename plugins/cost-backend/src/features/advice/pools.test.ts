import { releasePools } from '@headroom/plugin-cost-common';
import { PoolCapacity } from '../../database/PoolStore';
import { poolChanges, poolStates } from './pools';
import { AdviceOutcome, PoolShare } from '../../database/adviceOutcome';

const GIB = 2 ** 30;

const CAPACITY: PoolCapacity = {
  clusterId: 1,
  cluster: 'c1',
  nodePool: 'general',
  nodes: 4,
  cpuCores: 16,
  memoryBytes: 64 * GIB,
  gpus: 0,
  hourlyPrice: '0.1',
};

const share = (change: Partial<PoolShare> = {}): PoolShare => ({
  nodePool: 'general',
  daemon: false,
  pods: 2,
  cpuCores: 4,
  memoryBytes: 4 * GIB,
  gpus: 0,
  cpuCoresChange: 0,
  memoryBytesChange: 0,
  ...change,
});

const outcome = (
  containerId: number,
  pools: PoolShare[],
  change: Partial<AdviceOutcome> = {},
): AdviceOutcome => ({
  containerId,
  clusterId: 1,
  cluster: 'c1',
  status: 'change',
  listMicros: '100000000',
  confidence: 1,
  fingerprint: '',
  summary: '{}',
  pools,
  ...change,
});

describe('pools', () => {
  it('hold what is requested on them; daemons take from every node', () => {
    const [state, other] = poolStates(
      [CAPACITY, { ...CAPACITY, clusterId: 2, cluster: 'c2' }],
      [
        outcome(1, [share()]),
        outcome(2, [share({ cpuCores: 6 }), share({ nodePool: 'spot' })]),
        outcome(3, [share({ daemon: true, pods: 4, cpuCores: 2 })]),
      ],
    );
    expect(state).toMatchObject({
      cluster: 'c1',
      nodes: 4,
      requested: { cpuCores: 10, memoryBytes: 8 * GIB },
      nodeCapacity: { cpuCores: 3.5, memoryBytes: 15 * GIB },
    });
    expect(other).toMatchObject({
      cluster: 'c2',
      requested: { cpuCores: 0 },
      nodeCapacity: { cpuCores: 4 },
    });
  });

  it('give back whole nodes only, alone and together', () => {
    const outcomes = [1, 2].map(id =>
      outcome(id, [share({ cpuCores: 6, cpuCoresChange: -2.5 })]),
    );
    const states = poolStates([CAPACITY], outcomes);
    const released = releasePools(states, poolChanges(states, outcomes));
    // 12 cores need three nodes of four cores; 9.5 still do, 7 need two.
    expect([...released.alone]).toEqual([
      ['1', 0n],
      ['2', 0n],
    ]);
    expect(released.totalMicros).toBe(73_000_000n);
    expect(released.pools[0]).toMatchObject({ nodesNeeded: 3, nodesAfter: 2 });
  });

  it('split a saving by pods, and nothing of it is lost', () => {
    const outcomes = [
      outcome(
        1,
        [
          share({ pods: 1, cpuCoresChange: -1 }),
          share({ nodePool: 'spot', pods: 2, cpuCoresChange: -2 }),
        ],
        { listMicros: '100' },
      ),
      outcome(2, [share({ cpuCoresChange: -1 })], { status: 'withheld' }),
    ];
    const changes = poolChanges([], outcomes);
    expect(changes.map(({ listMicros }) => listMicros)).toEqual([33n, 67n]);
    // The cluster has a name also where none of its pools is known.
    expect(changes.map(({ cluster }) => cluster)).toEqual(['c1', 'c1']);
  });

  it('count a smaller daemon as far as the pool is full', () => {
    const outcomes = [
      outcome(1, [share({ cpuCores: 7 })]),
      outcome(2, [
        share({ daemon: true, pods: 4, cpuCores: 2, cpuCoresChange: -1 }),
      ]),
    ];
    const states = poolStates([CAPACITY], outcomes);
    const [, daemon] = poolChanges(states, outcomes);
    expect(daemon.cpuCores).toBeCloseTo(-0.5);
  });
});
