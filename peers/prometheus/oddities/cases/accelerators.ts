import assert from 'node:assert/strict';
import { node, NodeOptions, pod, said, usage } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { Series } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

/** 4 A10G for $5.672, of them $0.812 a board at list prices; no label says so. */
const G5_12: NodeOptions = { instanceType: 'g5.12xlarge', cores: 48, gib: 192 };
/** 1 A10G for $1.212. */
const G5_2: NodeOptions = { instanceType: 'g5.2xlarge' };
/** 8 A100 of 40 GB for $21.957642. */
const P4D: NodeOptions = { instanceType: 'p4d.24xlarge', cores: 96, gib: 1152 };
/** 1 T4 for $0.752. */
const G4DN_2: NodeOptions = { instanceType: 'g4dn.2xlarge' };

/** Of a node that has `web`, and `train` which asks for a core and these devices. */
const on = (
  machine: NodeOptions,
  capacity: Record<string, number>,
  requests: Record<string, number> = {},
): Series[] => [
  ...node({ ...machine, capacity }),
  ...pod(),
  ...usage(),
  ...pod({
    namespace: 'ml',
    name: 'train-0',
    container: 'train',
    owner: { kind: 'StatefulSet', name: 'train' },
    requests: { cpu: 1, ...requests },
  }),
];

const right =
  (
    web: number,
    train: { gpuHours: number; dollars?: number },
    problems: string[] = [],
  ) =>
  (seen: Seen): void => {
    for (const hour of [0, 1, 2]) {
      const { gpuHours, dollars } = chargeOf(seen, hour, 'train');
      assertClose(gpuHours, train.gpuHours, 'GPU-hours of train');
      if (train.dollars !== undefined) {
        assertClose(dollars, train.dollars, 'dollars of train');
      }
      assertClose(chargeOf(seen, hour, 'web').dollars, web, 'dollars of web');
    }
    const codes = new Set(
      problemsOf(seen, 1).filter(code => code.startsWith('gpu-')),
    );
    assert.deepEqual([...codes], problems);
  };

const DCGM = {
  every: 30,
  phase: 3,
  labels: { job: 'dcgm', instance: '10.0.1.1:9400' },
};
/** A pod that has a board of a node by a claim, from one time to another. */
const claims = (
  name: string,
  uuid: string,
  from: number | undefined,
  to: number | undefined,
): Series[] => {
  const train = { namespace: 'ml', pod: 'train-0', container: 'train' };
  return [
    ...pod({
      namespace: train.namespace,
      name: train.pod,
      container: train.container,
      node: name,
      owner: { kind: 'StatefulSet', name: 'train' },
      requests: { cpu: 1 },
      from,
      to,
    }),
    said(
      DCGM,
      'DCGM_FI_DEV_GPU_UTIL',
      {
        ...train,
        gpu: '0',
        UUID: uuid,
        Hostname: name,
        dra_claim_name: 'gpu',
        dra_claim_namespace: 'ml',
      },
      60,
      from,
      to,
    ),
  ];
};
const MISSING = 'gpu-resource-missing';
const COUNT = 'gpu-count-missing';

export const accelerators: Cases = {
  ...Object.fromEntries(
    [
      'nvidia_com_gpu',
      'nvidia_com_a100',
      // kubevirt-gpu-device-plugin#82
      'nvidia_com_GA102GL_A10',
      'volcano_sh_vgpu_number',
      'huawei_com_Ascend910',
    ].map(resource => [
      `4 boards under the name ${resource}`,
      {
        series: on(G5_12, { [resource]: 4 }, { [resource]: 1 }),
        check: right(0.04937, { gpuHours: 1, dollars: 0.857699 }),
      },
    ]),
  ),
  'boards that no resource offers are not what CPU costs': {
    series: on(G5_12, {}),
    check: right(0.04937, { gpuHours: 0, dollars: 0.032139 }, [MISSING]),
  },
  'one of 4 boards that is not offered is the node’s': {
    series: on(G5_12, { nvidia_com_gpu: 3 }, { nvidia_com_gpu: 1 }),
    check: right(0.04937, { gpuHours: 1, dollars: 0.857699 }, [MISSING]),
  },
  'network cards and shares of memory beside a board are no boards': {
    series: on(
      G5_2,
      {
        nvidia_com_gpu: 1,
        nvidia_com_hostdev: 8,
        nvidia_com_gpumem: 24_576,
        rdma_hca_shared_devices_a: 63,
      },
      { nvidia_com_gpu: 1, nvidia_com_hostdev: 1 },
    ),
    check: right(0.049025, { gpuHours: 1 }),
  },
  'ten clients of a board, by the virtual GPU plugin of AWS (kubecost#1978)': {
    series: on(
      G4DN_2,
      { k8s_amazonaws_com_vgpu: 10 },
      { k8s_amazonaws_com_vgpu: 2 },
    ),
    check: right(0.050684, { gpuHours: 0.2 }),
  },
  'Volcano offers what the device plugin does (volcano-sh/devices#42)': {
    series: on(
      G5_2,
      {
        nvidia_com_gpu: 1,
        volcano_sh_vgpu_number: 10,
        volcano_sh_vgpu_memory: 2304,
      },
      { volcano_sh_vgpu_number: 1, volcano_sh_vgpu_memory: 576 },
    ),
    check: right(0.049025, { gpuHours: 0.25 }),
  },
  'memory of a board by ACK’s gpushare (gpushare-device-plugin)': {
    series: on(
      G5_2,
      { aliyun_com_gpu_mem: 22, aliyun_com_gpu_count: 1 },
      { aliyun_com_gpu_mem: 11 },
    ),
    check: right(0.049025, { gpuHours: 0.5 }),
  },
  'hundredths of 4 boards by TKE’s gpu-manager (tkestack/gpu-manager)': {
    series: on(
      G5_12,
      // Blocks of 256 MiB.
      { tencent_com_vcuda_core: 400, tencent_com_vcuda_memory: 352 },
      { tencent_com_vcuda_core: 20, tencent_com_vcuda_memory: 22 },
    ),
    check: right(0.04937, { gpuHours: 0.25 }),
  },
  'vNPU of Huawei’s chips': {
    series: on(
      { instanceType: 'metal-1' },
      { huawei_com_Ascend310P: 1, huawei_com_Ascend310P_2c: 4 },
      { huawei_com_Ascend310P_2c: 1 },
    ),
    check: seen => {
      assertClose(chargeOf(seen, 1, 'train').gpuHours, 0.25, 'GPU-hours');
      assert.equal(seen.observations.nodes[0].gpuDevices, 2);
    },
  },
  'a pod that claims a board moves to another node and claims one there': {
    series: [
      ...[1, 2].flatMap(index =>
        node({ ...G5_2, name: `node-${index}`, capacity: {} }),
      ),
      ...claims('node-1', 'GPU-1', undefined, 5400),
      ...claims('node-2', 'GPU-2', 5400, undefined),
    ],
    check: seen => {
      const { containers } = seen.observations;
      const ofHour = containers.filter(({ hour }) => hour.includes('T11:'));
      const seconds = ofHour.map(each => each.gpuRequestDeviceSeconds ?? 0);
      assert.deepEqual(ofHour.map(each => each.node).sort(), [
        'node-1',
        'node-2',
      ]);
      seconds.forEach(each => assertClose(each, 1800, 'device-seconds', 0.03));
    },
  },
  'partitions of AMD’s boards': {
    series: on(
      { instanceType: 'Standard_ND96isr_MI300X_v5', cores: 96, gib: 1850 },
      { amd_com_cpx_nps1: 64 },
      { amd_com_cpx_nps1: 4 },
    ),
    check: seen =>
      assertClose(chargeOf(seen, 1, 'train').gpuHours, 0.5, 'GPU-hours'),
  },
  'a board that is time-sliced, and no label tells': {
    series: on(G5_2, { nvidia_com_gpu: 4 }, { nvidia_com_gpu: 1 }),
    check: right(0.049025, { gpuHours: 0.25 }, [COUNT]),
  },
  'a board of no known type is time-sliced, and DCGM’s exporter sees one': {
    series: [
      ...on(
        { instanceType: 'metal-1' },
        { nvidia_com_gpu: 4 },
        { nvidia_com_gpu: 1 },
      ),
      said(DCGM, 'DCGM_FI_DEV_GPU_UTIL', {
        gpu: '0',
        UUID: 'GPU-0',
        Hostname: 'node-1',
      }),
    ],
    check: seen => {
      assertClose(chargeOf(seen, 1, 'train').gpuHours, 0.25, 'GPU-hours');
      assert.ok(problemsOf(seen, 1).includes(COUNT));
    },
  },
  'boards cut into 56 instances of one size, and no label tells': {
    series: on(P4D, { nvidia_com_gpu: 56 }, { nvidia_com_gpu: 1 }),
    check: right(0.048563, { gpuHours: 8 / 56 }, [COUNT]),
  },
};
