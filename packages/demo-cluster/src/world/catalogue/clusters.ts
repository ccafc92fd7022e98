import { ClusterSpec, GIB, NodePool } from '../types';

const M6I_2XLARGE = {
  instanceType: 'm6i.2xlarge',
  cpuCores: 8,
  memoryBytes: 32 * GIB,
  gpuDevices: 0,
};

const A10G = { gpuModel: 'NVIDIA-A10G', gpuMemoryMib: 23028 };

/** Boards of 80 GB cut into three; a seventh of the compute and an eighth of the memory are left over. */
const MIG_INSTANCES = [
  { profile: '3g.40gb', computeSevenths: 3, memoryEighths: 4 },
  { profile: '2g.20gb', computeSevenths: 2, memoryEighths: 2 },
  { profile: '1g.10gb', computeSevenths: 1, memoryEighths: 1 },
];

/** General, spot and GPU pools; list prices of each region, spot at about 40 %. */
function commonPools(
  prices: { general: string; spot: string; gpu: string },
  gpuNodes = 0,
): NodePool[] {
  return [
    {
      ...M6I_2XLARGE,
      name: 'general',
      capacityType: 'on-demand',
      minNodes: 3,
      hourlyPrice: prices.general,
    },
    {
      ...M6I_2XLARGE,
      name: 'spot',
      capacityType: 'spot',
      minNodes: 1,
      hourlyPrice: prices.spot,
    },
    {
      ...A10G,
      name: 'gpu',
      instanceType: 'g5.4xlarge',
      capacityType: 'on-demand',
      cpuCores: 16,
      memoryBytes: 64 * GIB,
      gpuDevices: 1,
      minNodes: gpuNodes,
      hourlyPrice: prices.gpu,
    },
  ];
}

/** The two clusters of the demo. */
export const CLUSTERS: ClusterSpec[] = [
  {
    name: 'us-west',
    title: 'US West (simulation)',
    region: 'us-west-2',
    zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
    utcOffsetHours: -8,
    pools: [
      ...commonPools({ general: '0.384', spot: '0.1536', gpu: '1.624' }),
      {
        ...A10G,
        name: 'gpu-spot',
        instanceType: 'g5.2xlarge',
        capacityType: 'spot',
        cpuCores: 8,
        memoryBytes: 32 * GIB,
        gpuDevices: 1,
        minNodes: 0,
        hourlyPrice: '0.4848',
      },
      {
        ...A10G,
        name: 'gpu-training',
        instanceType: 'g5.12xlarge',
        capacityType: 'on-demand',
        cpuCores: 48,
        memoryBytes: 192 * GIB,
        gpuDevices: 4,
        minNodes: 0,
        hourlyPrice: '5.672',
      },
      {
        ...A10G,
        name: 'gpu-shared',
        instanceType: 'g5.2xlarge',
        capacityType: 'on-demand',
        cpuCores: 8,
        memoryBytes: 32 * GIB,
        gpuDevices: 1,
        gpuOffer: { type: 'time-slicing', replicas: 4 },
        minNodes: 0,
        hourlyPrice: '1.212',
      },
      {
        name: 'gpu-mig',
        instanceType: 'p5.4xlarge',
        capacityType: 'on-demand',
        cpuCores: 16,
        memoryBytes: 256 * GIB,
        gpuDevices: 1,
        gpuModel: 'NVIDIA-H100-80GB-HBM3',
        gpuMemoryMib: 81559,
        gpuOffer: { type: 'mig', instances: MIG_INSTANCES },
        minNodes: 0,
        hourlyPrice: '6.88',
      },
    ],
  },
  {
    name: 'eu-central',
    title: 'EU Central (simulation)',
    region: 'eu-central-1',
    zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    utcOffsetHours: 1,
    pools: [
      // One GPU node more than its services need, kept warm.
      ...commonPools({ general: '0.46', spot: '0.184', gpu: '2.031' }, 4),
      {
        name: 'gpu-t4',
        instanceType: 'g4dn.2xlarge',
        capacityType: 'on-demand',
        cpuCores: 8,
        memoryBytes: 32 * GIB,
        gpuDevices: 1,
        gpuModel: 'Tesla-T4',
        gpuMemoryMib: 15360,
        profilingSilent: true,
        minNodes: 0,
        hourlyPrice: '0.94',
      },
    ],
  },
];
