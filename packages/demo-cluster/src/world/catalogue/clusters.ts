import { ClusterSpec, GIB, NodePool } from '../types';

const M6I_2XLARGE = {
  instanceType: 'm6i.2xlarge',
  cpuCores: 8,
  memoryBytes: 32 * GIB,
  gpuDevices: 0,
};

const A10G = { gpuModel: 'NVIDIA-A10G', gpuMemoryMib: 23028 };

/** General, spot and GPU pools; list prices of each region, spot at about 40 %. */
function commonPools(prices: {
  general: string;
  spot: string;
  gpu: string;
}): NodePool[] {
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
      minNodes: 0,
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
    ],
  },
  {
    name: 'eu-central',
    title: 'EU Central (simulation)',
    region: 'eu-central-1',
    zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    utcOffsetHours: 1,
    pools: commonPools({ general: '0.46', spot: '0.184', gpu: '2.031' }),
  },
];
