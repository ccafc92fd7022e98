import assert from 'node:assert/strict';
import { KSM, node, phases, pod, said, usage } from '../cluster';
import { chargeOf, problemsOf } from '../observe';
import { withOwnLabels } from '../ownLabels';
import { GIB } from '../series';
import { assertClose, assertWebIsRight } from './right';
import { Cases } from './types';

const job = { namespace: 'shop', pod: 'report-1' };
const created = { created_by_kind: 'Job', created_by_name: 'report' };

/** 20 minutes unbound, 10 running, 30 succeeded and still listed, in the second hour. */
function waitingJob(node_: string, resources: Record<string, number>) {
  const [bound, ended, gone] = [4800, 5400, 7200];
  return [
    said(KSM, 'kube_pod_info', { ...job, ...created }, 1, 3600, bound),
    said(
      KSM,
      'kube_pod_info',
      { ...job, ...created, node: node_ },
      1,
      bound,
      gone,
    ),
    ...phases(KSM, job, 'Pending', 3600, bound),
    ...phases(KSM, job, 'Running', bound, ended),
    ...phases(KSM, job, 'Succeeded', ended, gone),
    ...Object.entries(resources).flatMap(([resource, value]) => [
      said(
        KSM,
        'kube_pod_container_resource_requests',
        { ...job, container: 'main', resource },
        value,
        3600,
        bound,
      ),
      said(
        KSM,
        'kube_pod_container_resource_requests',
        { ...job, container: 'main', node: node_, resource },
        value,
        bound,
        gone,
      ),
    ]),
  ];
}

/** Labels of a target that Prometheus finds by its pod. */
const OF_KSM = {
  namespace: 'monitoring',
  pod: 'kube-state-metrics-0',
  node: 'node-2',
};

export const waiting: Cases = {
  'a Job waits 20 minutes, runs 10 and is listed 30': {
    series: [...node(), ...waitingJob('node-1', { cpu: 6, memory: GIB })],
    check: seen => {
      const { coreHours, gibHours } = chargeOf(seen, 1, 'report');
      assertClose(coreHours, 1, 'core-hours', 0.01);
      assertClose(gibHours, 1 / 6, 'GiB-hours', 0.01);
      assert.equal(chargeOf(seen, 2, 'report').coreHours, 0);
    },
  },
  'the same with a GPU': {
    series: [
      ...node({
        instanceType: 'g5.2xlarge',
        capacity: { nvidia_com_gpu: 1 },
      }),
      ...waitingJob('node-1', { cpu: 1, nvidia_com_gpu: 1 }),
    ],
    check: seen =>
      assertClose(chargeOf(seen, 1, 'report').gpuHours, 1 / 6, 'GPU', 0.01),
  },
  'a Job waits while the target of kube-state-metrics has a node of its own': {
    series: [
      ...withOwnLabels(OF_KSM, [
        ...node(),
        ...node({ name: 'node-2' }),
        ...pod(),
        ...waitingJob('node-1', { cpu: 6, memory: GIB }),
      ]),
      ...usage(),
    ],
    check: seen => {
      assertWebIsRight(seen);
      assertClose(chargeOf(seen, 1, 'report').coreHours, 1, 'core-hours', 0.01);
      assert.deepEqual(
        [...new Set(seen.observations.containers.map(each => each.node))],
        ['node-1'],
      );
    },
  },
  'a pod is bound to the node of kube-state-metrics, which renames it': {
    series: [
      ...withOwnLabels({ ...OF_KSM, node: 'node-1' }, [...node(), ...pod()]),
      ...usage(),
    ],
    check: seen => assertWebIsRight(seen),
  },
  'a pod that is bound but waits for its image holds its place': {
    series: [
      ...node(),
      ...pod().filter(({ metric }) => metric !== 'kube_pod_status_phase'),
      ...phases(KSM, { namespace: 'shop', pod: 'web-1' }, 'Pending'),
    ],
    check: seen =>
      assertClose(chargeOf(seen, 1, 'web').coreHours, 1, 'core-hours'),
  },
};

export const replaced: Cases = {
  'db-0 is replaced at half past with 4 cores instead of 1': {
    series: [
      ...node(),
      ...[
        { cores: 1, from: undefined, to: 5400, uid: 'a' },
        { cores: 4, from: 5400, to: undefined, uid: 'b' },
      ].flatMap(({ cores, from, to, uid }) =>
        pod({
          name: 'db-0',
          container: 'db',
          owner: { kind: 'StatefulSet', name: 'db' },
          requests: { cpu: cores, memory: cores * GIB },
          from,
          to,
        }).map(one => ({ ...one, labels: { ...one.labels, uid } })),
      ),
    ],
    check: seen => {
      assertClose(chargeOf(seen, 0, 'db').coreHours, 1, 'first hour');
      assertClose(chargeOf(seen, 1, 'db').coreHours, 2.5, 'second hour', 0.01);
      assertClose(chargeOf(seen, 2, 'db').coreHours, 4, 'third hour');
    },
  },
  'db-0 moves to another node and grows': {
    series: [
      ...node(),
      ...node({ name: 'node-2' }),
      ...[
        { cores: 1, to: 5400, at: 'node-1' },
        { cores: 4, from: 5400, at: 'node-2' },
      ].flatMap(({ cores, from, to, at }) =>
        pod({
          name: 'db-0',
          node: at,
          container: 'db',
          owner: { kind: 'StatefulSet', name: 'db' },
          requests: { cpu: cores },
          from,
          to,
        }),
      ),
    ],
    check: seen => {
      const of = (name: string) =>
        seen.observations.containers.find(
          each => each.node === name && each.hour.includes('T11:'),
        )?.cpuRequestCoreSeconds ?? 0;
      assertClose(of('node-1'), 1800, 'on the first node', 0.02);
      assertClose(of('node-2'), 4 * 1800, 'on the second node', 0.02);
    },
  },
  "a node's name is reused by a larger machine": {
    series: [
      ...node({ to: 5400 }),
      ...node({
        cores: 16,
        gib: 64,
        instanceType: 'm5.4xlarge',
        from: 5400,
      }),
      ...pod(),
      ...usage(),
    ],
    check: seen => {
      const [small, large] = seen.hours[1].nodes;
      assert.equal(seen.hours[1].nodes.length, 2);
      assert.equal(small.instanceType, 'm5.2xlarge');
      assert.equal(large.instanceType, 'm5.4xlarge');
      assertClose(small.nodeHours, 0.5, 'the smaller machine', 0.02);
      assertClose(large.nodeHours, 0.5, 'the larger machine', 0.02);
      assertClose(small.cpuCoreHours, 4, 'its cores', 0.02);
      assertClose(large.cpuCoreHours, 8, 'its cores', 0.02);
      const total = seen.hours[1].nodes.reduce(
        (sum, { cost }) => sum + Number(cost.cpu + cost.memory) / 1e6,
        0,
      );
      assertClose(total, 0.192 + 0.384, 'the price of both', 0.02);
      assert.ok(!problemsOf(seen, 1).includes('duplicate-node'));
    },
  },
};
