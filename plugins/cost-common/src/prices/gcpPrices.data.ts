/**
 * Compute Engine: on-demand prices in US dollars an hour; data only.
 *
 * A machine costs its vCPUs and its memory, at the prices of its family and
 * region. Sources: Google's public prices as the cluster autoscaler's price
 * model for GCE has them (`gce_price_info.go`, Iowa), and as the price tables
 * of Karpenter's GCP provider have them by region (`initial-prices.json`, 2026),
 * which the prices of machines were computed back from.
 */

/** Iowa, South Carolina and Oregon have the same prices. */
const US = ['us-central1', 'us-east1', 'us-west1'];
const BELGIUM = ['europe-west1'];

/** Price of one vCPU and of one GiB. */
export interface GcpRate {
  regions: string[];
  cpuCoreHour: string;
  memoryGibHour: string;
}

/** GiB a vCPU by shape, and the shape's sizes in vCPUs. */
export interface GcpShape {
  gibPerCore: number;
  /** `[vCPUs, GiB]` where memory is no multiple. */
  sizes: Array<number | [cores: number, memoryGib: number]>;
}

export interface GcpFamily {
  rates: GcpRate[];
  shapes: Record<string, GcpShape>;
}

function rates(
  us: [cpu: string, memory: string],
  belgium?: [cpu: string, memory: string],
): GcpRate[] {
  const all: Array<[string[], [string, string] | undefined]> = [
    [US, us],
    [BELGIUM, belgium],
  ];
  return all.flatMap(([regions, rate]) =>
    rate ? [{ regions, cpuCoreHour: rate[0], memoryGibHour: rate[1] }] : [],
  );
}

function shapes(
  gib: Record<string, number>,
  sizes: GcpShape['sizes'],
): Record<string, GcpShape> {
  return Object.fromEntries(
    Object.entries(gib).map(([shape, gibPerCore]) => [
      shape,
      { gibPerCore, sizes },
    ]),
  );
}

const LARGE = [2, 4, 8, 16, 32, 48, 64, 80, 96];
const C4A = [1, 2, 4, 8, 16, 32, 48, 64, 72];
const N4A = [1, 2, 4, 8, 16, 32, 48, 64];

export const GCP_FAMILIES: Record<string, GcpFamily> = {
  e2: {
    rates: rates(['0.02181159', '0.00292353'], ['0.02399337', '0.00321609']),
    shapes: {
      // Shared cores: two vCPUs are seen, a part of one is billed.
      micro: { gibPerCore: 4, sizes: [[0.25, 1]] },
      small: { gibPerCore: 4, sizes: [[0.5, 2]] },
      medium: { gibPerCore: 4, sizes: [[1, 4]] },
      standard: { gibPerCore: 4, sizes: [2, 4, 8, 16, 32] },
      highmem: { gibPerCore: 8, sizes: [2, 4, 8, 16] },
      highcpu: { gibPerCore: 1, sizes: [2, 4, 8, 16, 32] },
    },
  },
  n1: {
    rates: rates(['0.031611', '0.004237'], ['0.034773', '0.004661']),
    shapes: {
      standard: { gibPerCore: 3.75, sizes: [1, 2, 4, 8, 16, 32, 64, 96] },
      highmem: { gibPerCore: 6.5, sizes: [2, 4, 8, 16, 32, 64, 96] },
      highcpu: { gibPerCore: 0.9, sizes: [2, 4, 8, 16, 32, 64, 96] },
    },
  },
  n2: {
    rates: rates(['0.031611', '0.004237'], ['0.034773', '0.004661']),
    shapes: {
      standard: { gibPerCore: 4, sizes: [...LARGE, 128] },
      highmem: { gibPerCore: 8, sizes: [...LARGE, [128, 864]] },
      highcpu: { gibPerCore: 1, sizes: LARGE },
    },
  },
  n2d: {
    rates: rates(['0.027502', '0.003686'], ['0.030253', '0.004055']),
    shapes: {
      standard: { gibPerCore: 4, sizes: [...LARGE, 128, 224] },
      highmem: { gibPerCore: 8, sizes: LARGE },
      highcpu: { gibPerCore: 1, sizes: [...LARGE, 128, 224] },
    },
  },
  t2d: {
    rates: rates(['0.027502', '0.003686'], ['0.030253', '0.004055']),
    shapes: shapes({ standard: 4 }, [1, 2, 4, 8, 16, 32, 48, 60]),
  },
  n4: {
    rates: rates(['0.03119', '0.00354'], ['0.034343310', '0.003897894']),
    shapes: shapes(
      { standard: 4, highmem: 8, highcpu: 2 },
      [2, 4, 8, 16, 32, 48, 64, 80],
    ),
  },
  n4d: {
    rates: rates(['0.02911', '0.00331'], ['0.032053', '0.00364']),
    shapes: shapes({ standard: 4, highmem: 8, highcpu: 2 }, LARGE),
  },
  n4a: {
    rates: rates(['0.02646', '0.00301'], ['0.02914', '0.00331']),
    shapes: shapes({ standard: 4, highmem: 8, highcpu: 2 }, N4A),
  },
  c2: {
    rates: rates(['0.03398', '0.00455']),
    shapes: shapes({ standard: 4 }, [4, 8, 16, 30, 60]),
  },
  c2d: {
    rates: rates(['0.029563', '0.003959'], ['0.032551', '0.004359']),
    shapes: shapes(
      { standard: 4, highmem: 8, highcpu: 2 },
      [2, 4, 8, 16, 32, 56, 112],
    ),
  },
  c3: {
    rates: rates(['0.03465', '0.003938'], ['0.03815312', '0.00433613']),
    shapes: shapes(
      { standard: 4, highmem: 8, highcpu: 2 },
      [4, 8, 22, 44, 88, 176],
    ),
  },
  c3d: {
    rates: rates(['0.029563', '0.003959'], ['0.03255182', '0.004359255']),
    shapes: {
      ...shapes({ standard: 4, highmem: 8 }, [4, 8, 16, 30, 60, 90, 180, 360]),
      highcpu: {
        gibPerCore: 2,
        sizes: [
          4,
          8,
          16,
          [30, 59],
          [60, 118],
          [90, 177],
          [180, 354],
          [360, 708],
        ],
      },
    },
  },
  c4: {
    rates: rates(['0.03465', '0.003938'], ['0.03815312', '0.004336132']),
    shapes: {
      standard: {
        gibPerCore: 3.75,
        sizes: [[2, 7], 4, 8, 16, 24, 32, 48, 96, 144, 192, 288],
      },
      highmem: {
        gibPerCore: 7.75,
        sizes: [[2, 15], 4, 8, 16, 24, 32, 48, 96, 144, 192, 288],
      },
      highcpu: {
        gibPerCore: 2,
        sizes: [2, 4, 8, 16, 24, 32, 48, 96, 144, 192, 288],
      },
    },
  },
  c4a: {
    rates: rates(['0.03086', '0.00351'], ['0.03397995', '0.00386486']),
    shapes: shapes({ standard: 4, highmem: 8, highcpu: 2 }, C4A),
  },
  c4d: {
    rates: rates(['0.0327035', '0.003753348'], ['0.0360098', '0.004132812']),
    shapes: {
      standard: {
        gibPerCore: 3.875,
        sizes: [[2, 7], [4, 15], 8, 16, 32, 48, 64, 96, 192, 384],
      },
      highmem: {
        gibPerCore: 7.875,
        sizes: [[2, 15], [4, 31], 8, 16, 32, 48, 64, 96, 192, 384],
      },
      highcpu: {
        gibPerCore: 1.875,
        sizes: [[2, 3], [4, 7], 8, 16, 32, 48, 64, 96, 192, 384],
      },
    },
  },
};

/** Machines that are priced as a whole: with boards, or with shared cores. */
export const GCP_MACHINES: Array<{
  regions: string[];
  prices: Record<string, string>;
}> = [
  {
    regions: US,
    prices: {
      'f1-micro': '0.0076',
      'g1-small': '0.0257',
      'g2-standard-4': '0.706832',
      'g2-standard-8': '0.853624',
      'g2-standard-12': '1.000416',
      'g2-standard-16': '1.147208',
      'g2-standard-24': '2.000833',
      'g2-standard-32': '1.734376',
      'g2-standard-48': '4.001665',
      'g2-standard-96': '8.00333',
      'm1-ultramem-40': '6.2931',
      'm1-ultramem-80': '12.5862',
      'm1-ultramem-160': '25.1724',
      'm1-megamem-96': '10.65216',
      'm3-ultramem-32': '6.0912',
      'm3-ultramem-64': '12.1824',
      'm3-ultramem-128': '24.3648',
      'm3-megamem-64': '7.2048',
      'm3-megamem-128': '14.4096',
    },
  },
  {
    regions: ['us-central1'],
    prices: {
      'a2-highgpu-1g': '3.673385',
      'a2-highgpu-2g': '7.34677',
      'a2-highgpu-4g': '14.69354',
      'a2-highgpu-8g': '29.38708',
      'a2-megagpu-16g': '55.739504',
      'a2-ultragpu-1g': '5.0688',
      'a2-ultragpu-2g': '10.1376',
      'a2-ultragpu-4g': '20.2752',
      'a2-ultragpu-8g': '40.5504',
    },
  },
  {
    regions: BELGIUM,
    prices: {
      'f1-micro': '0.0086',
      'g1-small': '0.0285',
      'c2-standard-4': '0.2297',
      'c2-standard-8': '0.4594',
      'c2-standard-16': '0.9188',
      'c2-standard-30': '1.72275',
      'c2-standard-60': '3.4455',
      'g2-standard-4': '0.778293',
      'g2-standard-8': '0.939926',
      'g2-standard-12': '1.101558',
      'g2-standard-16': '1.263191',
      'g2-standard-24': '2.203117',
      'g2-standard-32': '1.909722',
      'g2-standard-48': '4.406234',
      'g2-standard-96': '8.812467',
      'a3-highgpu-8g': '97.369847',
    },
  },
];

/**
 * Machines made to measure cost a little more a vCPU and a GiB than those of
 * Google's sizes. Families and memory beyond the usual (`-ext`) whose prices are
 * not known to this list are left out.
 */
export const GCP_CUSTOM: Record<string, [cpu: string, memory: string]> = {
  custom: ['0.033174', '0.004446'],
  'n1-custom': ['0.033174', '0.004446'],
  'n2-custom': ['0.033174', '0.004446'],
  'n2d-custom': ['0.028877', '0.00387'],
  'e2-custom': ['0.02289', '0.003067'],
};

/** Where {@link GCP_CUSTOM} holds. */
export const GCP_CUSTOM_REGIONS = US;

/**
 * Spot as a share of on-demand, by family: representative. Google sets spot
 * prices anew up to once a month; this is the middle of what the two tables
 * above have: of different years, and for newer families of different regions.
 */
export const GCP_SPOT_SHARE: Record<string, string> = {
  e2: '0.45',
  n1: '0.40',
  n2: '0.42',
  n2d: '0.27',
  t2d: '0.42',
  n4: '0.43',
  n4d: '0.33',
  n4a: '0.36',
  c2: '0.42',
  c2d: '0.36',
  c3: '0.23',
  c3d: '0.31',
  c4: '0.48',
  c4a: '0.47',
  c4d: '0.40',
  g2: '0.45',
  a2: '0.45',
  m3: '0.43',
};

/** The same of machines made to measure. */
export const GCP_CUSTOM_SPOT_SHARE = '0.40';
