import fc from 'fast-check';
import { PoolChange, PoolState, releasePools } from './pools';
import { GIB } from './__testUtils__/builders';

const pool = (more: Partial<PoolState> = {}): PoolState => ({
  cluster: 'eu-1',
  nodePool: 'general',
  nodes: 5,
  minimumNodes: 1,
  nodeHourlyPrice: '0.20',
  nodeCapacity: { cpuCores: 8, memoryBytes: 32 * GIB, gpus: 0 },
  requested: { cpuCores: 38, memoryBytes: 60 * GIB, gpus: 0 },
  ...more,
});
const change = (more: Partial<PoolChange> = {}): PoolChange => ({
  id: 'a',
  cluster: 'eu-1',
  nodePool: 'general',
  cpuCores: -4,
  memoryBytes: 0,
  listMicros: 500_000_000n,
  ...more,
});
/** 0.20 $ × 730 h. */
const NODE = 146_000_000n;

describe('releasePools', () => {
  it('gives nothing for half a node, a node for two halves', () => {
    const half = change({ cpuCores: -3 });
    const one = releasePools([pool()], [half]);
    expect(one.totalMicros).toBe(0n);
    expect(one.pools[0]).toMatchObject({
      nodesNeeded: 5,
      nodesAfter: 5,
      boundBy: 'cpu',
      releasedMicros: '0',
    });
    const both = releasePools([pool()], [half, { ...half, id: 'b' }]);
    expect(both.pools[0].nodesAfter).toBe(4);
    expect(both.totalMicros).toBe(NODE);
    expect(both.alone).toEqual(
      new Map([
        ['a', 0n],
        ['b', 0n],
      ]),
    );
  });

  it('gives nothing for cores where memory fills the nodes, and says so', () => {
    const full = pool({
      requested: { cpuCores: 20, memoryBytes: 150 * GIB, gpus: 0 },
    });
    const { pools } = releasePools([full], [change({ cpuCores: -12 })]);
    expect(pools[0]).toMatchObject({ nodesAfter: 5, boundBy: 'memory' });
  });

  it('gives nothing for cores where GPUs fill the nodes', () => {
    const gpus = pool({
      nodeCapacity: { cpuCores: 8, memoryBytes: 32 * GIB, gpus: 1 },
      requested: { cpuCores: 20, memoryBytes: GIB, gpus: 5 },
    });
    const { pools } = releasePools([gpus], [change({ cpuCores: -12 })]);
    expect(pools[0]).toMatchObject({ nodesAfter: 5, boundBy: 'gpu' });
  });

  it('does not go below the minimum of the pool', () => {
    const { pools } = releasePools(
      [pool({ minimumNodes: 4 })],
      [change({ cpuCores: -30 })],
    );
    expect(pools[0]).toMatchObject({ nodesAfter: 4, boundBy: 'minimum' });
  });

  it('does not claim nodes that nobody needed before', () => {
    const { totalMicros } = releasePools(
      [pool({ nodes: 9 })],
      [change({ cpuCores: -0.1 })],
    );
    expect(totalMicros).toBe(0n);
  });

  it('is never more than list: the rest of the node was not the change’s', () => {
    const small = change({ cpuCores: -7, listMicros: 1_000_000n });
    expect(releasePools([pool()], [small]).totalMicros).toBe(1_000_000n);
  });

  it('counts nodes that have to be added', () => {
    const more = change({ cpuCores: 6, listMicros: -90_000_000n });
    expect(releasePools([pool()], [more]).totalMicros).toBe(-NODE);
  });

  it('adds no node where one that nobody needs is there', () => {
    const more = change({ cpuCores: 6, listMicros: -90_000_000n });
    expect(releasePools([pool({ nodes: 6 })], [more]).totalMicros).toBe(0n);
    const much = { ...more, cpuCores: 14 };
    expect(releasePools([pool({ nodes: 5.5 })], [much]).totalMicros).toBe(
      -NODE,
    );
  });

  it('keeps pools of the same name in other clusters apart', () => {
    const { pools, alone } = releasePools(
      [pool(), pool({ cluster: 'us-1' })],
      [
        change({ cluster: 'us-1', cpuCores: -9 }),
        change({ id: 'nowhere', nodePool: 'gone' }),
      ],
    );
    expect(pools.map(({ nodesAfter }) => nodesAfter)).toEqual([5, 4]);
    expect(alone.get('nowhere')).toBe(0n);
    expect(alone.get('a')).toBe(NODE);
  });

  it('sums, and never gives back more than list, whatever the changes', () => {
    const any: fc.Arbitrary<PoolChange> = fc.record({
      id: fc.string(),
      cluster: fc.constant('eu-1'),
      nodePool: fc.constantFrom('general', 'spot'),
      cpuCores: fc.double({ min: -4, max: 2, noNaN: true }),
      memoryBytes: fc.double({ min: -8 * GIB, max: 4 * GIB, noNaN: true }),
      listMicros: fc.bigInt(-50_000_000n, 100_000_000n),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), changes => {
        const { pools, totalMicros } = releasePools(
          [pool(), pool({ nodePool: 'spot' })],
          changes,
        );
        let sum = 0n;
        for (const { nodePool, releasedMicros } of pools) {
          const list = changes
            .filter(c => c.nodePool === nodePool)
            .reduce((all, c) => all + c.listMicros, 0n);
          const released = BigInt(releasedMicros);
          expect(released <= (list > 0n ? list : 0n)).toBe(true);
          sum += released;
        }
        expect(sum).toBe(totalMicros);
      }),
    );
  });
});
