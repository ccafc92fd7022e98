import assert from 'node:assert/strict';
import { KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, containersOf } from '../observe';
import { GIB } from '../series';
import { assertClose, assertWebIsRight } from './right';
import { Cases } from './types';

const web = { namespace: 'shop', pod: 'web-1' };

export const reserved: Cases = {
  'the sandbox of a RuntimeClass': {
    series: [
      ...node(),
      ...pod(),
      ...usage(),
      said(KSM, 'kube_pod_overhead_cpu_cores', web, 0.25),
      said(KSM, 'kube_pod_overhead_memory_bytes', web, GIB),
    ],
    check: seen => {
      const { coreHours, gibHours } = chargeOf(seen, 1, 'web');
      assertClose(coreHours, 1.25, 'core-hours');
      assertClose(gibHours, 5, 'GiB-hours');
    },
  },
  'the pod requests what its containers do not (KEP-2837)': {
    series: [
      ...node(),
      ...pod({ requests: {} }),
      ...pod({
        name: 'other-1',
        container: 'other',
        owner: { kind: 'StatefulSet', name: 'other' },
      }),
      ...usage(),
      ...['cpu', 'memory'].map(resource =>
        said(
          { ...KSM, labels: { job: 'scheduler', instance: '10.0.0.1:10259' } },
          'kube_pod_resource_request',
          { ...web, node: 'node-1', scheduler: 'default-scheduler', resource },
          resource === 'cpu' ? 3 : 6 * GIB,
        ),
      ),
    ],
    check: seen => {
      const { coreHours, gibHours } = chargeOf(seen, 1, 'web');
      assertClose(coreHours, 3, 'core-hours');
      assertClose(gibHours, 6, 'GiB-hours');
      const [own] = containersOf(seen, 1).filter(
        ({ container }) => container === 'web',
      );
      assert.equal(own.specKnown, undefined);
    },
  },
  'a burst is charged where the mean of the hour hides it': {
    series: [
      ...node(),
      ...pod(),
      ...usage().map(one =>
        one.metric.startsWith('container_cpu')
          ? {
              ...one,
              // 4 cores for the first ten minutes of the second hour, else a tenth.
              samples: one.samples.map(([at]): [number, number] => [
                at,
                1000 +
                  at * 0.1 +
                  3.9 * Math.min(600, Math.max(0, at - 3600 + 13)),
              ]),
            }
          : one,
      ),
    ],
    check: seen => {
      const { coreHours, usedCoreHours } = chargeOf(seen, 1, 'web');
      assertClose(usedCoreHours, 0.1 + 3.9 / 6, 'used', 0.02);
      assertClose(coreHours, 4 / 6 + 5 / 6, 'charged', 0.02);
    },
  },
  'rollouts of a DeploymentConfig are one workload': {
    series: [
      ...node(),
      ...pod({
        owner: { kind: 'ReplicationController', name: 'web-7' },
        labels: { label_deployment: 'web-7', label_deploymentconfig: 'web' },
        to: 3600,
      }),
      ...pod({
        owner: { kind: 'ReplicationController', name: 'web-8' },
        labels: { label_deployment: 'web-8', label_deploymentconfig: 'web' },
        from: 3600,
      }),
      ...usage(),
    ],
    check: seen => {
      assertWebIsRight(seen);
      assert.deepEqual(
        [...new Set(containersOf(seen, 1).map(each => each.workloadKind))],
        ['DeploymentConfig'],
      );
    },
  },
  'TPUs, Neuron devices and Gaudis are devices': {
    series: [
      'google_com_tpu',
      'habana_ai_gaudi',
      'aws_amazon_com_neuron',
    ].flatMap((resource, index) => [
      ...node({
        name: `node-${index}`,
        instanceType: 'unknown.large',
        capacity: { [resource]: 4 },
      }),
      ...pod({
        name: `train-${index}`,
        node: `node-${index}`,
        owner: { kind: 'StatefulSet', name: `train-${index}` },
        requests: { cpu: 1, [resource]: 4 },
      }),
    ]),
    check: seen => {
      for (const index of [0, 1, 2]) {
        assertClose(chargeOf(seen, 1, `train-${index}`).gpuHours, 4, 'devices');
      }
    },
  },
};
