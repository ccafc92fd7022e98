/**
 * The built-in price list: data only. Public list prices in USD an hour, for
 * Linux with shared tenancy, before any discount or commitment. More families of
 * AWS, GCP, Azure and pods that are billed by themselves have files of their own.
 *
 * Sources
 * - AWS on-demand: the AWS price list (EC2 on-demand pricing), read January 2026
 *   for us-east-1 and August 2026 for the GPU families of the other regions.
 *   us-west-2 has the prices of us-east-1 for every type listed here.
 * - AWS before June 2025: p4d, p4de and p5 cost more; the cut of 1 June 2025 is
 *   the only change of a listed on-demand price since 2024.
 * - AWS spot: moves by the hour and by zone. `SPOT_SHARE` is what spot commonly
 *   costs as a share of on-demand: representative, never a bill.
 * - Unit prices: OpenCost `configs/default.json`.
 */

/** Since when the list is known to hold. */
export const LISTED_SINCE = '2024-01-01';

/** The day AWS cut the prices of P4 and P5. */
export const GPU_PRICE_CUT = '2025-06-01';

/** US dollars an hour by family and size. */
export type FamilyPrices = Record<string, Record<string, string>>;

/** AWS on-demand in us-east-1 and us-west-2. */
export const AWS_US: FamilyPrices = {
  m5: {
    large: '0.096',
    xlarge: '0.192',
    '2xlarge': '0.384',
    '4xlarge': '0.768',
    '8xlarge': '1.536',
    '12xlarge': '2.304',
    '16xlarge': '3.072',
    '24xlarge': '4.608',
  },
  m6i: {
    large: '0.096',
    xlarge: '0.192',
    '2xlarge': '0.384',
    '4xlarge': '0.768',
    '8xlarge': '1.536',
    '12xlarge': '2.304',
    '16xlarge': '3.072',
    '24xlarge': '4.608',
    '32xlarge': '6.144',
  },
  m7i: {
    large: '0.1008',
    xlarge: '0.2016',
    '2xlarge': '0.4032',
    '4xlarge': '0.8064',
    '8xlarge': '1.6128',
    '12xlarge': '2.4192',
    '16xlarge': '3.2256',
    '24xlarge': '4.8384',
    '48xlarge': '9.6768',
  },
  c5: {
    large: '0.085',
    xlarge: '0.17',
    '2xlarge': '0.34',
    '4xlarge': '0.68',
    '9xlarge': '1.53',
    '12xlarge': '2.04',
    '18xlarge': '3.06',
    '24xlarge': '4.08',
  },
  c6i: {
    large: '0.085',
    xlarge: '0.17',
    '2xlarge': '0.34',
    '4xlarge': '0.68',
    '8xlarge': '1.36',
    '12xlarge': '2.04',
    '16xlarge': '2.72',
    '24xlarge': '4.08',
    '32xlarge': '5.44',
  },
  r5: {
    large: '0.126',
    xlarge: '0.252',
    '2xlarge': '0.504',
    '4xlarge': '1.008',
    '8xlarge': '2.016',
    '12xlarge': '3.024',
    '16xlarge': '4.032',
    '24xlarge': '6.048',
  },
  r6i: {
    large: '0.126',
    xlarge: '0.252',
    '2xlarge': '0.504',
    '4xlarge': '1.008',
    '8xlarge': '2.016',
    '12xlarge': '3.024',
    '16xlarge': '4.032',
    '24xlarge': '6.048',
    '32xlarge': '8.064',
  },
  t3: {
    nano: '0.0052',
    micro: '0.0104',
    small: '0.0208',
    medium: '0.0416',
    large: '0.0832',
    xlarge: '0.1664',
    '2xlarge': '0.3328',
  },
  g4dn: {
    xlarge: '0.526',
    '2xlarge': '0.752',
    '4xlarge': '1.204',
    '8xlarge': '2.176',
    '12xlarge': '3.912',
    '16xlarge': '4.352',
    metal: '7.824',
  },
  g5: {
    xlarge: '1.006',
    '2xlarge': '1.212',
    '4xlarge': '1.624',
    '8xlarge': '2.448',
    '12xlarge': '5.672',
    '16xlarge': '4.096',
    '24xlarge': '8.144',
    '48xlarge': '16.288',
  },
  g6: {
    xlarge: '0.8048',
    '2xlarge': '0.9776',
    '4xlarge': '1.3232',
    '8xlarge': '2.0144',
    '12xlarge': '4.6016',
    '16xlarge': '3.3968',
    '24xlarge': '6.6752',
    '48xlarge': '13.3504',
  },
  p3: {
    '2xlarge': '3.06',
    '8xlarge': '12.24',
    '16xlarge': '24.48',
  },
};

/** AWS on-demand in eu-central-1. */
export const AWS_EU_CENTRAL_1: FamilyPrices = {
  m5: {
    large: '0.115',
    xlarge: '0.23',
    '2xlarge': '0.46',
    '4xlarge': '0.92',
    '8xlarge': '1.84',
    '12xlarge': '2.76',
    '16xlarge': '3.68',
    '24xlarge': '5.52',
  },
  m6i: {
    large: '0.115',
    xlarge: '0.23',
    '2xlarge': '0.46',
    '4xlarge': '0.92',
    '8xlarge': '1.84',
    '12xlarge': '2.76',
    '16xlarge': '3.68',
    '24xlarge': '5.52',
    '32xlarge': '7.36',
  },
  m7i: {
    large: '0.12075',
    xlarge: '0.2415',
    '2xlarge': '0.483',
    '4xlarge': '0.966',
    '8xlarge': '1.932',
    '12xlarge': '2.898',
    '16xlarge': '3.864',
    '24xlarge': '5.796',
    '48xlarge': '11.592',
  },
  c5: {
    large: '0.097',
    xlarge: '0.194',
    '2xlarge': '0.388',
    '4xlarge': '0.776',
    '9xlarge': '1.746',
    '12xlarge': '2.328',
    '18xlarge': '3.492',
    '24xlarge': '4.656',
  },
  c6i: {
    large: '0.097',
    xlarge: '0.194',
    '2xlarge': '0.388',
    '4xlarge': '0.776',
    '8xlarge': '1.552',
    '12xlarge': '2.328',
    '16xlarge': '3.104',
    '24xlarge': '4.656',
    '32xlarge': '6.208',
  },
  r5: {
    large: '0.152',
    xlarge: '0.304',
    '2xlarge': '0.608',
    '4xlarge': '1.216',
    '8xlarge': '2.432',
    '12xlarge': '3.648',
    '16xlarge': '4.864',
    '24xlarge': '7.296',
  },
  r6i: {
    large: '0.152',
    xlarge: '0.304',
    '2xlarge': '0.608',
    '4xlarge': '1.216',
    '8xlarge': '2.432',
    '12xlarge': '3.648',
    '16xlarge': '4.864',
    '24xlarge': '7.296',
    '32xlarge': '9.728',
  },
  t3: {
    nano: '0.006',
    micro: '0.012',
    small: '0.024',
    medium: '0.048',
    large: '0.096',
    xlarge: '0.192',
    '2xlarge': '0.384',
  },
  g4dn: {
    xlarge: '0.658',
    '2xlarge': '0.94',
    '4xlarge': '1.505',
    '8xlarge': '2.72',
    '12xlarge': '4.89',
    '16xlarge': '5.44',
  },
  g5: {
    xlarge: '1.258',
    '2xlarge': '1.5156',
    '4xlarge': '2.03081',
    '8xlarge': '3.06122',
    '12xlarge': '7.09282',
    '16xlarge': '5.12204',
    '24xlarge': '10.18405',
    '48xlarge': '20.3681',
  },
  g6: {
    xlarge: '1.0064',
    '2xlarge': '1.22249',
    '4xlarge': '1.65466',
    '12xlarge': '5.75429',
    '16xlarge': '4.24769',
    '24xlarge': '8.34732',
    '48xlarge': '16.69464',
  },
  p3: {
    '2xlarge': '3.823',
    '8xlarge': '15.292',
    '16xlarge': '30.584',
  },
};

/** AWS types whose price changed: on-demand before and after {@link GPU_PRICE_CUT}. */
export const AWS_REPRICED: Array<{
  instanceType: string;
  regions: string[];
  before?: string;
  after: string;
}> = [
  {
    instanceType: 'p4d.24xlarge',
    regions: ['us-east-1', 'us-west-2'],
    before: '32.7726',
    after: '21.957642',
  },
  {
    instanceType: 'p4d.24xlarge',
    regions: ['eu-central-1'],
    after: '27.43298',
  },
  {
    instanceType: 'p4de.24xlarge',
    regions: ['us-east-1', 'us-west-2'],
    before: '40.96575',
    after: '27.44705',
  },
  {
    instanceType: 'p5.48xlarge',
    regions: ['us-east-1', 'us-west-2'],
    before: '98.32',
    after: '55.04',
  },
  {
    instanceType: 'p5.4xlarge',
    regions: ['us-east-1', 'us-west-2'],
    after: '6.88',
  },
];

/** The same of AWS families that {@link SPOT_SHARE} doesn't have: the middle of those it has. */
export const OTHER_SPOT_SHARE = '0.40';

/** Spot as a share of on-demand, by family: representative (see above). */
export const SPOT_SHARE: Record<string, string> = {
  m5: '0.40',
  m6i: '0.40',
  m7i: '0.42',
  c5: '0.42',
  c6i: '0.40',
  r5: '0.38',
  r6i: '0.36',
  t3: '0.35',
  g4dn: '0.40',
  g5: '0.45',
  g6: '0.45',
  p3: '0.35',
  p4d: '0.42',
  p4de: '0.42',
  p5: '0.40',
};

/**
 * One device of a model, read off an AWS instance: its on-demand price in
 * us-east-1, less its cores and memory at the default unit prices, over its
 * devices, rounded to a tenth of a cent.
 */
export const GPU_DEVICES: Array<{
  model: string;
  hourlyPrice: string;
  derivedFrom: {
    instanceType: string;
    hourlyPrice: string;
    cpuCores: number;
    memoryGib: number;
    devices: number;
  };
}> = [
  {
    model: 'H200',
    hourlyPrice: '6.069',
    derivedFrom: {
      instanceType: 'p5en.48xlarge',
      hourlyPrice: '63.296',
      cpuCores: 192,
      memoryGib: 2048,
      devices: 8,
    },
  },
  {
    model: 'H100',
    hourlyPrice: '5.037',
    derivedFrom: {
      instanceType: 'p5.48xlarge',
      hourlyPrice: '55.04',
      cpuCores: 192,
      memoryGib: 2048,
      devices: 8,
    },
  },
  {
    model: 'A100 80GB',
    hourlyPrice: '2.441',
    derivedFrom: {
      instanceType: 'p4de.24xlarge',
      hourlyPrice: '27.44705',
      cpuCores: 96,
      memoryGib: 1152,
      devices: 8,
    },
  },
  {
    model: 'A100',
    hourlyPrice: '1.755',
    derivedFrom: {
      instanceType: 'p4d.24xlarge',
      hourlyPrice: '21.957642',
      cpuCores: 96,
      memoryGib: 1152,
      devices: 8,
    },
  },
  {
    model: 'V100',
    hourlyPrice: '2.549',
    derivedFrom: {
      instanceType: 'p3.2xlarge',
      hourlyPrice: '3.06',
      cpuCores: 8,
      memoryGib: 61,
      devices: 1,
    },
  },
  {
    model: 'L40S',
    hourlyPrice: '1.599',
    derivedFrom: {
      instanceType: 'g6e.xlarge',
      hourlyPrice: '1.861',
      cpuCores: 4,
      memoryGib: 32,
      devices: 1,
    },
  },
  {
    model: 'A10G',
    hourlyPrice: '0.812',
    derivedFrom: {
      instanceType: 'g5.xlarge',
      hourlyPrice: '1.006',
      cpuCores: 4,
      memoryGib: 16,
      devices: 1,
    },
  },
  {
    model: 'L4',
    hourlyPrice: '0.611',
    derivedFrom: {
      instanceType: 'g6.xlarge',
      hourlyPrice: '0.8048',
      cpuCores: 4,
      memoryGib: 16,
      devices: 1,
    },
  },
  {
    model: 'T4',
    hourlyPrice: '0.332',
    derivedFrom: {
      instanceType: 'g4dn.xlarge',
      hourlyPrice: '0.526',
      cpuCores: 4,
      memoryGib: 16,
      devices: 1,
    },
  },
];

/** A spot device as a share of an on-demand one: representative. */
export const GPU_SPOT_SHARE = '0.40';

/** OpenCost's defaults for what no other price covers. */
export const DEFAULT_UNIT_PRICES = {
  'on-demand': {
    cpuCoreHour: '0.031611',
    memoryGibHour: '0.004237',
    gpuDeviceHour: '0.95',
    storageGibHour: '0.00005479452',
    networkZoneGib: '0.01',
    networkRegionGib: '0.01',
    networkInternetGib: '0.12',
  },
  spot: {
    cpuCoreHour: '0.006655',
    memoryGibHour: '0.000892',
    // OpenCost states no spot price for a GPU: on-demand times GPU_SPOT_SHARE.
    gpuDeviceHour: '0.38',
    storageGibHour: '0.00005479452',
    networkZoneGib: '0.01',
    networkRegionGib: '0.01',
    networkInternetGib: '0.12',
  },
};
