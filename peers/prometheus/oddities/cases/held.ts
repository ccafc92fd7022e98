import assert from 'node:assert/strict';
import { cgroup, KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, containersOf, problemsOf, Seen } from '../observe';
import { GIB, Series, series } from '../series';
import { assertClose, assertComplete } from './right';
import { Cases } from './types';

/** h1 is from 3600 to 7200. */
const HALF_PAST = 5400;
/** What the reading before a change may put on its other side. */
const A_READING = 0.012;

/** A run whose pace changes at half past. */
function usageOfTwo(before: number, after: number): Series[] {
  return usage().map(one =>
    one.metric.startsWith('container_cpu')
      ? {
          ...one,
          samples: one.samples.map(([at]): [number, number] => [
            at,
            1e6 +
              before * Math.min(at, HALF_PAST) +
              after * Math.max(0, at - HALF_PAST),
          ]),
        }
      : one,
  );
}

/** `web-1` with 4 cores and 8 GiB, and from half past with 1 core and 1 GiB under the same name. */
function replaced(nodes: [string, string]): Series[] {
  return [
    { uid: 'a', cores: 4, gib: 8, used: 3, usedGib: 6, to: HALF_PAST },
    { uid: 'b', cores: 1, gib: 1, used: 0.2, usedGib: 0.5, from: HALF_PAST },
  ].flatMap(({ uid, cores, gib, used, usedGib, from, to }, index) => [
    ...pod({
      node: nodes[index],
      requests: { cpu: cores, memory: gib * GIB },
      from,
      to,
    }).map(one => ({ ...one, labels: { ...one.labels, uid } })),
    ...usage({
      id: cgroup(uid.repeat(64)),
      name: uid.repeat(64),
      cores: used,
      gib: usedGib,
      from,
      to,
    }),
  ]);
}

function assertReplacedIsRight(seen: Seen): void {
  const { coreHours, gibHours } = chargeOf(seen, 1, 'web');
  assertClose(coreHours, 2.5, 'core-hours', A_READING);
  assertClose(gibHours, 4.5, 'GiB-hours', A_READING);
  assertComplete(seen);
}

/** A DaemonSet's pod of 2 cores, a GiB and a sandbox, that is listed from one time to another. */
function agent(from: number | undefined, to: number): Series[] {
  const owner = { kind: 'DaemonSet', name: 'agent' };
  const ofPod = { namespace: 'shop', pod: 'agent-1' };
  return [
    ...pod({
      name: 'agent-1',
      node: 'node-2',
      container: 'agent',
      owner,
      requests: { cpu: 2, memory: GIB },
      from,
      to,
    }),
    said(KSM, 'kube_pod_overhead_cpu_cores', ofPod, 0.5, from, to),
    said(
      KSM,
      'kube_pod_resource_requests',
      { ...ofPod, resource: 'memory' },
      2 * GIB,
      from,
      to,
    ),
  ];
}

/** A node that leaves at 17 past, and its pod that is listed until 50 past. */
const left = (from: number | undefined, minutes: number) => ({
  series: [
    ...node(),
    ...node({ name: 'node-2', to: 3600 + 17 * 60 }),
    ...pod(),
    ...usage(),
    ...agent(from, 3600 + 50 * 60),
  ],
  check: (seen: Seen) => {
    const { coreHours, gibHours } = chargeOf(seen, 1, 'agent');
    assertClose(coreHours, (2.5 * minutes) / 60, 'core-hours', 0.05);
    assertClose(gibHours, (2 * minutes) / 60, 'GiB-hours', 0.05);
    const [row] = containersOf(seen, 1).filter(
      each => each.container === 'agent',
    );
    assertClose(row.runSeconds, minutes * 60, 'seconds', 0.05);
  },
});

export const held: Cases = {
  'a pod is resized in place from 1 to 4 cores at half past': {
    series: [
      ...node(),
      ...pod().map(one =>
        one.labels.resource === 'cpu'
          ? {
              ...one,
              samples: one.samples.map(([at]): [number, number] => [
                at,
                at > HALF_PAST ? 4 : 1,
              ]),
            }
          : one,
      ),
      ...usageOfTwo(0.8, 3.5),
    ],
    check: seen => {
      const { coreHours } = chargeOf(seen, 1, 'web');
      assertClose(coreHours, 2.5, 'core-hours', A_READING);
      assertClose(chargeOf(seen, 0, 'web').coreHours, 1, 'before');
      assertClose(chargeOf(seen, 2, 'web').coreHours, 4, 'after');
    },
  },
  'a pod is replaced under its name by a smaller one': {
    series: [...node(), ...replaced(['node-1', 'node-1'])],
    check: assertReplacedIsRight,
  },
  'a pod is replaced under its name by a smaller one on another node': {
    series: [
      ...node(),
      ...node({ name: 'node-2' }),
      ...replaced(['node-1', 'node-2']),
    ],
    check: seen => {
      assertReplacedIsRight(seen);
      const rows = containersOf(seen, 1);
      assert.deepEqual(
        rows.map(each => [
          each.node,
          each.samples?.cpuCores?.map(sample => sample !== null),
        ]),
        [
          ['node-1', Array.from({ length: 12 }, (_, slot) => slot < 6)],
          ['node-2', Array.from({ length: 12 }, (_, slot) => slot >= 6)],
        ],
      );
      const used = rows.map(each => each.cpuUsageCoreSeconds ?? 0);
      assertClose(used[0], 3 * 1800, 'used on the first node', A_READING);
      assertClose(used[1], 0.2 * 1800, 'used on the second node', 0.05);
      assert.ok(!problemsOf(seen, 1).includes('no-usage-of-node'));
    },
  },
  'a node leaves and its pod is listed for half an hour more': left(
    undefined,
    17,
  ),
  'a node leaves and a pod that came a moment before is listed for half an hour more':
    left(3600 + 10 * 60, 7),
  'kube-state-metrics is silent for 20 minutes beside what runs': {
    series: [...node(), ...pod(), ...usage()].map(one =>
      one.metric.startsWith('kube_')
        ? series(
            one.metric,
            one.labels,
            one.samples.filter(([at]) => at < 4800 || at >= 6000),
          )
        : one,
    ),
    check: seen => {
      const { coreHours, gibHours } = chargeOf(seen, 1, 'web');
      assertClose(gibHours, 4, 'GiB-hours');
      assertClose(coreHours, 1, 'core-hours');
      assert.deepEqual(problemsOf(seen, 1), ['partial-hour']);
    },
  },
};
