import { topology } from './__testUtils__/topology';
import { aggregate } from './aggregate';
import { AggregateQuery } from './aggregateTypes';
import { AllocationItem } from './allocationItem';

/** Divisible by every denominator of the examples, so that they come out whole. */
const UNIT = 2n ** 12n * 3n ** 8n * 5n ** 2n * 7n ** 2n * 23n ** 2n * 41n ** 2n;
const DOLLAR = 1_000_000n;
const OVERHEAD = 7n * 24n; // 7 $/h for a day

const I = '__idle__';
const U = '__unallocated__';

interface Case {
  query: AggregateQuery;
  /** Exact values as `[numerator, denominator]` or whole numbers. */
  rows: Record<string, number | [number, number]>;
  /** As printed by the source. */
  printed?: Record<string, string>;
  idleByNode?: boolean;
  overhead?: bigint;
}

const separate = (...groupBy: AggregateQuery['groupBy']): AggregateQuery => ({
  groupBy,
  idle: 'separate',
});
const byNamespace = separate('namespace');
const shareIdle: AggregateQuery = { groupBy: ['namespace'], idle: 'share' };
const inNamespace2 = (item: AllocationItem) => item.namespace === 'namespace2';
const inCluster1 = (item: AllocationItem) => item.cluster === 'cluster1';

const PODS = {
  pod1: 16,
  'pod-abc': 6,
  'pod-def': 6,
  'pod-ghi': 12,
  'pod-jkl': 6,
  'pod-mno': 12,
  'pod-pqr': 6,
  'pod-stu': 6,
  'pod-vwx': 12,
};

const CASES: Record<string, Case> = {
  '1a by cluster': {
    query: separate('cluster'),
    rows: { cluster1: 46, cluster2: 36, [I]: 30 },
  },
  '1b by namespace': {
    query: byNamespace,
    rows: { namespace1: 28, namespace2: 36, namespace3: 18, [I]: 30 },
  },
  '1c by pod': { query: separate('pod'), rows: { ...PODS, [I]: 30 } },
  '1d by container': {
    query: separate('container'),
    rows: {
      container1: 16,
      container2: 6,
      container3: 6,
      container4: 12,
      container5: 12,
      container6: 12,
      container7: 6,
      container8: 6,
      container9: 6,
      [I]: 30,
    },
  },
  '1e by controller kind': {
    query: separate('controllerKind'),
    rows: { daemonset: 12, deployment: 42, statefulset: 12, [U]: 16, [I]: 30 },
  },
  '1f by controller': {
    query: separate('controller'),
    rows: {
      deployment1: 12,
      deployment2: 24,
      deployment3: 6,
      daemonset1: 12,
      statefulset1: 12,
      [U]: 16,
      [I]: 30,
    },
  },
  '1g by service': {
    query: separate('service'),
    rows: { service1: 12, [U]: 70, [I]: 30 },
  },
  '1h by label app': {
    query: separate('label:app'),
    rows: { app1: 16, app2: 24, [U]: 42, [I]: 30 },
  },
  '1i by deployment': {
    query: separate('deployment'),
    rows: {
      deployment1: 12,
      deployment2: 24,
      deployment3: 6,
      [U]: 40,
      [I]: 30,
    },
  },
  '1j by annotation team': {
    query: separate('annotation:team'),
    rows: { team1: 12, team2: 6, [U]: 64, [I]: 30 },
  },
  '1k by daemonset': {
    query: separate('daemonset'),
    rows: { daemonset1: 12, [U]: 70, [I]: 30 },
  },
  '1l by statefulset': {
    query: separate('statefulset'),
    rows: { statefulset1: 12, [U]: 70, [I]: 30 },
  },
  '2d by app and env': {
    query: separate('label:app', 'label:env'),
    rows: {
      'app1/env1': 16,
      'app2/env2': 12,
      [`app2/${U}`]: 12,
      [`${U}/${U}`]: 42,
      [I]: 30,
    },
  },
  '2e by cluster, app and env': {
    query: separate('cluster', 'label:app', 'label:env'),
    rows: {
      'cluster1/app1/env1': 16,
      'cluster1/app2/env2': 12,
      [`cluster1/${U}/${U}`]: 18,
      [`cluster2/app2/${U}`]: 12,
      [`cluster2/${U}/${U}`]: 24,
      [I]: 30,
    },
  },
  '2f by pod and annotation team': {
    query: separate('pod', 'annotation:team'),
    rows: {
      ...Object.fromEntries(
        Object.entries(PODS)
          .filter(([pod]) => pod !== 'pod-vwx' && pod !== 'pod-stu')
          .map(([pod, cost]) => [`${pod}/${U}`, cost]),
      ),
      'pod-stu/team1': 6,
      'pod-vwx/team1': 6,
      'pod-vwx/team2': 6,
      [I]: 30,
    },
  },
  '3a idle shared': {
    query: shareIdle,
    rows: {
      namespace1: [426_875, 10_000],
      namespace2: [463_125, 10_000],
      namespace3: 23,
    },
    printed: { namespace1: '42.6875', namespace2: '46.3125' },
  },
  '4a namespace3 shared evenly': {
    query: {
      ...byNamespace,
      share: { namespaces: ['namespace3'], split: 'even' },
    },
    rows: { namespace1: 37, namespace2: 45, [I]: 30 },
  },
  '4b namespace3 shared by weight': {
    query: {
      ...byNamespace,
      share: { namespaces: ['namespace3'], split: 'weighted' },
    },
    rows: { namespace1: [35_875, 1000], namespace2: [46_125, 1000], [I]: 30 },
    printed: { namespace1: '35.875', namespace2: '46.125' },
  },
  '4c label app1 shared evenly': {
    query: {
      ...byNamespace,
      share: { labels: { app: ['app1'] }, split: 'even' },
    },
    rows: {
      namespace1: [52, 3],
      namespace2: [124, 3],
      namespace3: [70, 3],
      [I]: 30,
    },
    printed: {
      namespace1: '17.333',
      namespace2: '41.333',
      namespace3: '23.333',
    },
  },
  '4d overhead by weight': {
    query: byNamespace,
    overhead: OVERHEAD,
    rows: {
      namespace1: [28 * 250, 82],
      namespace2: [36 * 250, 82],
      namespace3: [18 * 250, 82],
      [I]: 30,
    },
    printed: {
      namespace1: '85.366',
      namespace2: '109.756',
      namespace3: '54.878',
    },
  },
  '5a cluster1, idle apart': {
    query: { ...separate('cluster'), filter: inCluster1 },
    rows: { cluster1: 46, [I]: 20 },
  },
  '5b cluster1, idle shared': {
    query: { groupBy: ['cluster'], idle: 'share', filter: inCluster1 },
    rows: { cluster1: 66 },
  },
  '5c cluster1 by namespace': {
    query: { ...byNamespace, filter: inCluster1 },
    rows: { namespace1: 28, namespace2: 18, [I]: 20 },
  },
  '5d namespace2 by cluster': {
    query: { ...separate('cluster'), filter: inNamespace2 },
    rows: { cluster1: 18, cluster2: 18, [I]: [103_125, 10_000] },
    printed: { [I]: '10.3125' },
  },
  '6a idle by cluster': {
    query: { groupBy: ['namespace'], idle: 'by-cluster' },
    rows: {
      namespace1: 28,
      namespace2: 36,
      namespace3: 18,
      [`${I}/cluster1`]: 20,
      [`${I}/cluster2`]: 10,
    },
  },
  '6b namespace2, idle shared': {
    query: { ...shareIdle, filter: inNamespace2 },
    rows: { namespace2: [463_125, 10_000] },
    printed: { namespace2: '46.3125' },
  },
  '6d namespace2, overhead, idle apart': {
    query: { ...byNamespace, filter: inNamespace2 },
    overhead: OVERHEAD,
    rows: { namespace2: [36 * 250, 82], [I]: [103_125, 10_000] },
    printed: { namespace2: '109.7561', [I]: '10.3125' },
  },
  '6f and 6h namespace2, namespace1 and idle shared': {
    query: {
      ...shareIdle,
      share: { namespaces: ['namespace1'], split: 'weighted' },
      filter: inNamespace2,
    },
    // 36 + 10.3125 + 42.6875 × 36/54
    rows: { namespace2: [463_125 * 3 + 426_875 * 2, 30_000] },
    printed: { namespace2: '74.770833' },
  },
  '6g namespace1 and idle shared': {
    query: {
      ...shareIdle,
      share: { namespaces: ['namespace1'], split: 'weighted' },
    },
    rows: {
      namespace2: [463_125 * 3 + 426_875 * 2, 30_000],
      namespace3: [230_000 * 3 + 426_875, 30_000],
    },
    printed: { namespace2: '74.770833', namespace3: '37.229167' },
  },
  '6i namespace2, idle shared, overhead': {
    query: { ...shareIdle, filter: inNamespace2 },
    overhead: OVERHEAD,
    rows: { namespace2: [463_125 * 82 + 36 * 168 * 10_000, 820_000] },
    printed: { namespace2: '120.068598' },
  },
  '6i without filter': {
    query: shareIdle,
    overhead: OVERHEAD,
    rows: {
      namespace1: [426_875 * 82 + 28 * 168 * 10_000, 820_000],
      namespace2: [463_125 * 82 + 36 * 168 * 10_000, 820_000],
      namespace3: [230_000 * 82 + 18 * 168 * 10_000, 820_000],
    },
    printed: {
      namespace1: '100.053354',
      namespace2: '120.068598',
      namespace3: '59.878049',
    },
  },
  '6j idle of nodes': {
    query: byNamespace,
    idleByNode: true,
    rows: { namespace1: 28, namespace2: 36, namespace3: 18, [I]: 30 },
  },
  '6k idle by node': {
    query: { groupBy: ['namespace'], idle: 'by-node' },
    idleByNode: true,
    rows: {
      namespace1: 28,
      namespace2: 36,
      namespace3: 18,
      [`${I}/cluster1/c1nodes`]: 20,
      [`${I}/cluster2/node1`]: [10, 3],
      [`${I}/cluster2/node2`]: [10, 3],
      [`${I}/cluster2/node3`]: [10, 3],
    },
    printed: { [`${I}/cluster2/node1`]: '3.333' },
  },
  '6l namespace2, idle of nodes shared': {
    query: { ...shareIdle, filter: inNamespace2 },
    idleByNode: true,
    rows: { namespace2: [463_125, 10_000] },
    printed: { namespace2: '46.3125' },
  },
};

function run(testCase: Case, unit: bigint) {
  const items = topology(unit, { idleByNode: testCase.idleByNode });
  const overheadMicros = (testCase.overhead ?? 0n) * unit;
  return aggregate(items, { ...testCase.query, overheadMicros });
}

describe('aggregate gives the worked numbers of OpenCost', () => {
  describe.each(Object.entries(CASES))('%s', (_, testCase) => {
    it('exactly', () => {
      const expected = Object.entries(testCase.rows).map(([key, value]) => {
        const [numerator, denominator] = Array.isArray(value)
          ? value
          : [value, 1];
        const scaled = BigInt(numerator) * UNIT;
        expect(scaled % BigInt(denominator)).toBe(0n); // UNIT is well chosen
        return [key, scaled / BigInt(denominator)];
      });
      const { rows } = run(testCase, UNIT);
      const actual = rows.map(row => [row.key, row.totalMicros]);
      expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
    });

    it('in dollars, to the digits printed and the micro in sum', () => {
      const { rows, totalMicros } = run(testCase, DOLLAR);
      for (const [key, printed] of Object.entries(testCase.printed ?? {})) {
        const row = rows.find(candidate => candidate.key === key);
        const digits = printed.split('.')[1].length;
        const halfDigit = 0.5 * 10 ** -digits;
        // An item is exact to the micro, a group to one for each of its items.
        expect(
          Math.abs(Number(row?.totalMicros) / 1e6 - Number(printed)),
        ).toBeLessThanOrEqual(halfDigit + 12e-6);
      }
      expect(rows.reduce((sum, row) => sum + row.totalMicros, 0n)).toBe(
        totalMicros,
      );
    });
  });

  const unfiltered = Object.entries(CASES).filter(
    ([, testCase]) => !testCase.query.filter,
  );
  it.each(unfiltered)('%s, and 112 and the overhead in all', (_, testCase) => {
    const overhead = testCase.overhead ?? 0n;
    expect(run(testCase, DOLLAR).totalMicros).toBe((112n + overhead) * DOLLAR);
  });
});

describe('aggregate', () => {
  it('shows where a row comes from', () => {
    const { rows } = run(CASES['6g namespace1 and idle shared'], DOLLAR);
    expect(rows.find(row => row.key === 'namespace2')).toMatchObject({
      values: ['namespace2'],
      idle: false,
      ownMicros: 36n * DOLLAR,
      sharedMicros: 18_666_667n, // 28 × 36/54
    });
  });

  it('keeps idle by cluster and node apart with shared namespaces', () => {
    const { rows, totalMicros } = aggregate(topology(UNIT), {
      groupBy: ['namespace'],
      idle: 'by-cluster',
      share: { namespaces: ['namespace1'], split: 'weighted' },
    });
    expect(rows.map(row => [row.key, row.totalMicros / UNIT])).toEqual([
      [`${I}/cluster1`, 20n],
      [`${I}/cluster2`, 10n],
      ['namespace2', 54n], // 36 + 28 × 36/54 = 54.67
      ['namespace3', 27n], // 18 + 28 × 18/54 = 27.33
    ]);
    expect(totalMicros).toBe(112n * UNIT);
  });

  it('keeps what everybody shares where nobody is left to carry it', () => {
    const namespaces = ['namespace1', 'namespace2', 'namespace3'];
    const { rows, totalMicros } = aggregate(topology(DOLLAR), {
      groupBy: ['namespace'],
      idle: 'share',
      share: { namespaces, split: 'even' },
      overheadMicros: 5n * DOLLAR,
    });
    expect(rows.map(row => row.key)).toEqual([U, ...namespaces]);
    expect(rows[0].sharedMicros).toBe(5n * DOLLAR);
    expect(totalMicros).toBe(117n * DOLLAR);
  });

  it('counts an item of several services once', () => {
    const [item] = topology(DOLLAR);
    const { rows } = aggregate([{ ...item, services: ['b', 'a'] }], {
      groupBy: ['service'],
      idle: 'separate',
    });
    expect(rows).toMatchObject([{ key: 'a,b', totalMicros: 16n * DOLLAR }]);
  });

  it('keeps groups apart whose names join to the same', () => {
    const [one, other] = topology(DOLLAR);
    const named = (item: AllocationItem, pod: string, container: string) => ({
      ...item,
      pod,
      container,
    });
    const { rows } = aggregate(
      [named(one, 'a/b', 'c'), named(other, 'a', 'b/c')],
      separate('pod', 'container'),
    );
    expect(rows.map(row => row.key)).toEqual(['a/b/c', 'a/b/c']);
  });

  it('refuses a dimension it does not know', () => {
    const groupBy = ['team'] as unknown as AggregateQuery['groupBy'];
    expect(() => aggregate(topology(1n), { groupBy, idle: 'share' })).toThrow(
      /"team"/,
    );
  });
});
