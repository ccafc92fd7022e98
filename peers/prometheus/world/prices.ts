/** What the generated nodes cost: the suite's configuration, and the input of the independent computation. */
export const NODE_PRICES = [
  {
    instanceType: 'm5.4xlarge',
    capacityType: 'on-demand',
    hourlyPrice: '0.768',
  },
  { instanceType: 'm5.4xlarge', capacityType: 'spot', hourlyPrice: '0.2931' },
  {
    instanceType: 'g5.12xlarge',
    capacityType: 'on-demand',
    hourlyPrice: '5.672',
  },
] as const;

export const GPU_PRICE = { model: 'A10G', hourlyPrice: '1.006' };

/** Ratio a node's price is split by, per core, GiB and hour. */
export const WEIGHTS = {
  'on-demand': { cpuCore: '0.031611', memoryGib: '0.004237' },
  spot: { cpuCore: '0.006655', memoryGib: '0.000892' },
} as const;

export const STORAGE_PRICE = {
  storageClass: 'gp3',
  gibHourPrice: '0.00010959',
};
