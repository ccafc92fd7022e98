/** What accelerators an instance type has: boards, and their model. */
export interface InstanceBoards {
  boards: number;
  /** As the driver names it, or the words a price list does. */
  model: string;
}

/** Sizes with one board. */
const ONES = {
  xlarge: 1,
  '2xlarge': 1,
  '4xlarge': 1,
  '8xlarge': 1,
  '16xlarge': 1,
};

/**
 * Boards by size of an instance family whose sizes are all listed. Sources: the
 * accelerated computing pages of EC2 (Neuron counts devices, not cores), machine
 * types of Compute Engine, GPU sizes of Azure's virtual machines.
 */
export const INSTANCE_FAMILIES: Record<
  string,
  { model: string; sizes: Record<string, number> }
> = {
  g4dn: { model: 'NVIDIA T4', sizes: { ...ONES, '12xlarge': 4, metal: 8 } },
  g4ad: {
    model: 'AMD Radeon Pro V520',
    sizes: {
      xlarge: 1,
      '2xlarge': 1,
      '4xlarge': 1,
      '8xlarge': 2,
      '16xlarge': 4,
    },
  },
  g5g: {
    model: 'NVIDIA T4G',
    sizes: {
      xlarge: 1,
      '2xlarge': 1,
      '4xlarge': 1,
      '8xlarge': 1,
      '16xlarge': 2,
      metal: 2,
    },
  },
  g5: {
    model: 'NVIDIA A10G',
    sizes: { ...ONES, '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 },
  },
  g6: {
    model: 'NVIDIA L4',
    sizes: { ...ONES, '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 },
  },
  gr6: { model: 'NVIDIA L4', sizes: { '4xlarge': 1, '8xlarge': 1 } },
  g6e: {
    model: 'NVIDIA L40S',
    sizes: { ...ONES, '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 },
  },
  p3: {
    model: 'NVIDIA V100',
    sizes: { '2xlarge': 1, '8xlarge': 4, '16xlarge': 8 },
  },
  p3dn: { model: 'NVIDIA V100 32GB', sizes: { '24xlarge': 8 } },
  p4d: { model: 'NVIDIA A100 40GB', sizes: { '24xlarge': 8 } },
  p4de: { model: 'NVIDIA A100 80GB', sizes: { '24xlarge': 8 } },
  p5: { model: 'NVIDIA H100 80GB', sizes: { '4xlarge': 1, '48xlarge': 8 } },
  p5e: { model: 'NVIDIA H200', sizes: { '48xlarge': 8 } },
  p5en: { model: 'NVIDIA H200', sizes: { '48xlarge': 8 } },
  'p6-b200': { model: 'NVIDIA B200', sizes: { '48xlarge': 8 } },
  dl1: { model: 'Gaudi', sizes: { '24xlarge': 8 } },
  inf1: {
    model: 'Inferentia',
    sizes: { xlarge: 1, '2xlarge': 1, '6xlarge': 4, '24xlarge': 16 },
  },
  inf2: {
    model: 'Inferentia2',
    sizes: { xlarge: 1, '8xlarge': 1, '24xlarge': 6, '48xlarge': 12 },
  },
  trn1: { model: 'Trainium', sizes: { '2xlarge': 1, '32xlarge': 16 } },
  trn1n: { model: 'Trainium', sizes: { '32xlarge': 16 } },
};

/** Whole names of Compute Engine and Azure. */
export const INSTANCE_TYPES: Record<string, InstanceBoards> = {
  ...each('NVIDIA A100 40GB', {
    'a2-highgpu-1g': 1,
    'a2-highgpu-2g': 2,
    'a2-highgpu-4g': 4,
    'a2-highgpu-8g': 8,
    'a2-megagpu-16g': 16,
  }),
  ...each('NVIDIA A100 80GB', {
    'a2-ultragpu-1g': 1,
    'a2-ultragpu-2g': 2,
    'a2-ultragpu-4g': 4,
    'a2-ultragpu-8g': 8,
    Standard_NC24ads_A100_v4: 1,
    Standard_NC48ads_A100_v4: 2,
    Standard_NC96ads_A100_v4: 4,
    Standard_ND96amsr_A100_v4: 8,
  }),
  ...each('NVIDIA H100 80GB', {
    'a3-highgpu-1g': 1,
    'a3-highgpu-2g': 2,
    'a3-highgpu-4g': 4,
    'a3-highgpu-8g': 8,
    'a3-megagpu-8g': 8,
    Standard_ND96isr_H100_v5: 8,
  }),
  ...each('NVIDIA L4', {
    'g2-standard-4': 1,
    'g2-standard-8': 1,
    'g2-standard-12': 1,
    'g2-standard-16': 1,
    'g2-standard-24': 2,
    'g2-standard-32': 1,
    'g2-standard-48': 4,
    'g2-standard-96': 8,
  }),
  ...each('NVIDIA T4', {
    Standard_NC4as_T4_v3: 1,
    Standard_NC8as_T4_v3: 1,
    Standard_NC16as_T4_v3: 1,
    Standard_NC64as_T4_v3: 4,
  }),
  ...each('NVIDIA V100', {
    Standard_NC6s_v3: 1,
    Standard_NC12s_v3: 2,
    Standard_NC24s_v3: 4,
    Standard_NC24rs_v3: 4,
  }),
  ...each('NVIDIA V100 32GB', { Standard_ND40rs_v2: 8 }),
  ...each('NVIDIA A100 40GB', { Standard_ND96asr_v4: 8 }),
  ...each('AMD Instinct MI300X', { Standard_ND96isr_MI300X_v5: 8 }),
};

function each(
  model: string,
  boards: Record<string, number>,
): Record<string, InstanceBoards> {
  return Object.fromEntries(
    Object.entries(boards).map(([type, count]) => [
      type,
      { boards: count, model },
    ]),
  );
}
