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
  {
    instanceType: 'g5.xlarge',
    capacityType: 'on-demand',
    hourlyPrice: '1.006',
  },
  {
    instanceType: 'p5.4xlarge',
    capacityType: 'on-demand',
    hourlyPrice: '6.88',
  },
] as const;

/** Whole boards. */
export const GPU_PRICES = [
  { model: 'A10G', hourlyPrice: '1.006' },
  { model: 'H100', hourlyPrice: '4.2' },
] as const;

/** Ratio a node's price is split by, per core, GiB and hour. */
export const WEIGHTS = {
  'on-demand': { cpuCore: '0.031611', memoryGib: '0.004237' },
  spot: { cpuCore: '0.006655', memoryGib: '0.000892' },
} as const;

export const STORAGE_PRICE = {
  storageClass: 'gp3',
  gibHourPrice: '0.00010959',
};
