import assert from 'node:assert/strict';
import { KSM, node, pod, said } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { Series } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

const DCGM = {
  every: 30,
  phase: 3,
  labels: { job: 'dcgm', instance: '10.0.1.1:9400' },
};
const KAI = 'kai-resource-reservation';

/** A board of 40 GiB that the pod of the scheduler reserves, and its readings. */
const board = (index: number, group?: string): Series[] => [
  ...pod({
    namespace: KAI,
    name: `gpu-reservation-${index}`,
    container: 'resource-reservation',
    owner: { kind: '<none>', name: '<none>' },
    labels: group ? { label_runai_gpu_group: group } : {},
    requests: { nvidia_com_gpu: 1 },
  }),
  said(
    DCGM,
    'DCGM_FI_DEV_GPU_UTIL',
    {
      gpu: `${index}`,
      UUID: `GPU-${index}`,
      Hostname: 'node-1',
      namespace: KAI,
      pod: `gpu-reservation-${index}`,
      container: 'resource-reservation',
    },
    60,
  ),
];

/** Of a node with so many A100 of 40 GiB. */
const boards = (count: number): Series[] =>
  node({
    instanceType: 'p4d.24xlarge',
    cores: 96,
    gib: 1152,
    capacity: { nvidia_com_gpu: count },
    labels: {
      label_nvidia_com_gpu_product: 'NVIDIA-A100-SXM4-40GB',
      label_nvidia_com_gpu_count: `${count}`,
      label_nvidia_com_gpu_memory: '40960',
    },
  });

/** A pod that requests no device, and what its annotations ask for. */
const sharer = (
  name: string,
  annotations: Record<string, string>,
  group?: string,
): Series[] => [
  ...pod({
    namespace: 'ml',
    name: `${name}-0`,
    container: 'main',
    owner: { kind: 'StatefulSet', name },
    labels: group ? { label_runai_gpu_group: group } : {},
    requests: { cpu: 1 },
  }),
  ...(Object.keys(annotations).length > 0
    ? [
        said(KSM, 'kube_pod_annotations', {
          namespace: 'ml',
          pod: `${name}-0`,
          ...annotations,
        }),
      ]
    : []),
];

const gpuHours = (seen: Seen, ...workloads: string[]) =>
  workloads.map(workload => chargeOf(seen, 1, workload).gpuHours);

export const fractions: Cases = {
  'KAI gives a pod half of a board, by an annotation': {
    series: [
      ...boards(1),
      ...board(0),
      ...sharer('half', { annotation_gpu_fraction: '0.5' }),
      ...sharer('quarter', { annotation_gpu_memory: '10240' }),
    ],
    check: seen => {
      const [half, quarter] = gpuHours(seen, 'half', 'quarter');
      assertClose(half, 0.5, 'GPU-hours of half');
      assertClose(quarter, 0.25, 'GPU-hours of quarter');
      assert.equal(gpuHours(seen, 'gpu-reservation-0')[0], 0);
      const [device] = seen.observations.devices ?? [];
      assert.deepEqual(
        device.tenants.map(each => [each.pod, each.share]).sort(),
        [
          ['half-0', 0.5],
          ['quarter-0', 0.25],
        ],
      );
      assert.equal(device.sharing, 'fraction');
      assert.ok(!problemsOf(seen).includes('gpu-fractions-untold'));
    },
  },
  'KAI shares two boards, and labels say whose is whose': {
    series: [
      ...boards(2),
      ...board(0, 'x'),
      ...board(1, 'y'),
      ...sharer('left', { annotation_gpu_fraction: '0.5' }, 'x'),
      ...sharer('right', { annotation_gpu_fraction: '0.25' }, 'y'),
    ],
    check: seen => {
      const [left, right] = gpuHours(seen, 'left', 'right');
      assertClose(left, 0.5, 'GPU-hours of left');
      assertClose(right, 0.25, 'GPU-hours of right');
      const tenants = new Map(
        seen.observations.devices?.map(each => [
          each.board,
          each.tenants.map(({ pod: name }) => name),
        ]),
      );
      assert.deepEqual(tenants.get('GPU-0'), ['left-0']);
      assert.deepEqual(tenants.get('GPU-1'), ['right-0']);
    },
  },
  'KAI shares a board, and nobody shows the annotation': {
    series: [...boards(1), ...board(0), ...sharer('half', {})],
    check: seen => {
      assert.equal(gpuHours(seen, 'half')[0], 0);
      assertClose(
        gpuHours(seen, 'gpu-reservation-0')[0],
        1,
        'GPU-hours of the pod that reserves the board',
      );
      assert.ok(problemsOf(seen).includes('gpu-fractions-untold'));
    },
  },
};
