/**
 * More families of AWS: on-demand prices in us-east-1, US dollars an hour for
 * Linux with shared tenancy; data only. us-west-2 has the same prices of these
 * families.
 *
 * Source: the AWS price list (EC2 on-demand pricing) as Karpenter's AWS provider
 * has it, generated on 19 January 2026.
 *
 * Sizes of a family cost their multiple of `large`.
 */
export const AWS_LINEAR: Array<{
  families: Record<string, string>;
  sizes: string[];
}> = [
  {
    families: {
      c5a: '0.077',
      c5ad: '0.086',
      m5a: '0.086',
      m5ad: '0.103',
      m5n: '0.119',
      m5dn: '0.136',
      r5a: '0.113',
      r5ad: '0.131',
      r5n: '0.149',
      r5dn: '0.167',
      r5b: '0.149',
      r5d: '0.144',
      m5d: '0.113',
    },
    sizes: sizes('large', '24xlarge'),
  },
  {
    families: { c5d: '0.096' },
    sizes: [
      'large',
      'xlarge',
      '2xlarge',
      '4xlarge',
      '9xlarge',
      '12xlarge',
      '18xlarge',
      '24xlarge',
    ],
  },
  {
    families: { c5n: '0.108' },
    sizes: ['large', 'xlarge', '2xlarge', '4xlarge', '9xlarge', '18xlarge'],
  },
  {
    families: { c6a: '0.0765', m6a: '0.0864', r6a: '0.1134' },
    sizes: sizes('large', '48xlarge'),
  },
  {
    families: {
      c6g: '0.068',
      c6gd: '0.0768',
      c6gn: '0.0864',
      m6g: '0.077',
      m6gd: '0.0904',
      r6g: '0.1008',
      r6gd: '0.1152',
      m7g: '0.0816',
      c7gn: '0.1248',
      x2gd: '0.167',
    },
    sizes: ['medium', ...sizes('large', '16xlarge')],
  },
  {
    families: { c7g: '0.0725', r7g: '0.1071' },
    sizes: sizes('large', '16xlarge'),
  },
  {
    families: {
      c6id: '0.1008',
      c6in: '0.1134',
      m6id: '0.11865',
      m6in: '0.13923',
      m6idn: '0.15912',
      r6id: '0.1512',
      r6in: '0.17433',
      r6idn: '0.19539',
    },
    sizes: sizes('large', '32xlarge'),
  },
  {
    families: { c7a: '0.10264', m7a: '0.11592', r7a: '0.15215' },
    sizes: sizes('large', '48xlarge'),
  },
  {
    families: { c7i: '0.08925', r7i: '0.1323' },
    sizes: [...sizes('large', '24xlarge'), '48xlarge'],
  },
  {
    families: { 'm7i-flex': '0.09576' },
    sizes: sizes('large', '16xlarge'),
  },
  {
    families: {
      c8g: '0.07976',
      c8gd: '0.09798',
      m8g: '0.08976',
      m8gd: '0.11532',
      r8g: '0.11782',
      r8gd: '0.14696',
    },
    sizes: ['medium', ...sizes('large', '24xlarge'), '48xlarge'],
  },
  {
    families: { c8i: '0.09371', m8i: '0.10584', r8i: '0.13892' },
    sizes: [...sizes('large', '48xlarge'), '96xlarge'],
  },
  {
    families: { t3a: '0.0752', t4g: '0.0672' },
    sizes: ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'],
  },
  {
    families: { i3: '0.156' },
    sizes: ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge'],
  },
  {
    families: { i3en: '0.226' },
    sizes: [
      'large',
      'xlarge',
      '2xlarge',
      '3xlarge',
      '6xlarge',
      '12xlarge',
      '24xlarge',
    ],
  },
  {
    families: { i4g: '0.15444' },
    sizes: ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge'],
  },
  {
    families: { i8g: '0.1716' },
    sizes: [...sizes('large', '24xlarge'), '48xlarge'],
  },
];

/** Families whose sizes are no multiples of each other. */
export const AWS_UNEVEN: Record<string, Record<string, string>> = {
  c7a: { medium: '0.05132' },
  m7a: { medium: '0.05796' },
  r7a: { medium: '0.07608' },
  'c7i-flex': {
    large: '0.08479',
    xlarge: '0.16958',
    '2xlarge': '0.33915',
    '4xlarge': '0.6783',
    '8xlarge': '1.3566',
    '12xlarge': '2.0349',
    '16xlarge': '2.7132',
  },
  c7g: { medium: '0.0363' },
  r7g: { medium: '0.0536' },
  t2: {
    nano: '0.0058',
    micro: '0.0116',
    small: '0.023',
    medium: '0.0464',
    large: '0.0928',
    xlarge: '0.1856',
    '2xlarge': '0.3712',
  },
  m4: {
    large: '0.1',
    xlarge: '0.2',
    '2xlarge': '0.4',
    '4xlarge': '0.8',
    '10xlarge': '2',
    '16xlarge': '3.2',
  },
  i4i: {
    large: '0.172',
    xlarge: '0.343',
    '2xlarge': '0.686',
    '4xlarge': '1.373',
    '8xlarge': '2.746',
    '12xlarge': '4.118',
    '16xlarge': '5.491',
    '24xlarge': '8.2368',
    '32xlarge': '10.9824',
  },
  i7i: {
    large: '0.1888',
    xlarge: '0.3775',
    '2xlarge': '0.755',
    '4xlarge': '1.5101',
    '8xlarge': '3.0202',
    '12xlarge': '4.5302',
    '16xlarge': '6.0403',
    '24xlarge': '9.0605',
    '48xlarge': '18.121',
  },
  g4ad: {
    xlarge: '0.37853',
    '2xlarge': '0.54117',
    '4xlarge': '0.867',
    '8xlarge': '1.734',
    '16xlarge': '3.468',
  },
  g5g: {
    xlarge: '0.42',
    '2xlarge': '0.556',
    '4xlarge': '0.828',
    '8xlarge': '1.372',
    '16xlarge': '2.744',
  },
  g6e: {
    xlarge: '1.861',
    '2xlarge': '2.24208',
    '4xlarge': '3.00424',
    '8xlarge': '4.52856',
    '12xlarge': '10.49264',
    '16xlarge': '7.57719',
    '24xlarge': '15.06559',
    '48xlarge': '30.13118',
  },
  gr6: { '4xlarge': '1.5392', '8xlarge': '2.4464' },
  inf1: {
    xlarge: '0.228',
    '2xlarge': '0.362',
    '6xlarge': '1.18',
    '24xlarge': '4.721',
  },
  inf2: {
    xlarge: '0.7582',
    '8xlarge': '1.96786',
    '24xlarge': '6.49063',
    '48xlarge': '12.98127',
  },
  trn1: { '2xlarge': '1.34375', '32xlarge': '21.5' },
  p3dn: { '24xlarge': '31.212' },
  p5en: { '48xlarge': '63.296' },
};

/** What a size is of `large`. */
export const AWS_SIZES: Record<string, [times: number, per: number]> = {
  nano: [1, 16],
  micro: [1, 8],
  small: [1, 4],
  medium: [1, 2],
  large: [1, 1],
  xlarge: [2, 1],
  '2xlarge': [4, 1],
  '3xlarge': [6, 1],
  '4xlarge': [8, 1],
  '6xlarge': [12, 1],
  '8xlarge': [16, 1],
  '9xlarge': [18, 1],
  '12xlarge': [24, 1],
  '16xlarge': [32, 1],
  '18xlarge': [36, 1],
  '24xlarge': [48, 1],
  '32xlarge': [64, 1],
  '48xlarge': [96, 1],
  '96xlarge': [192, 1],
};

/** The usual sizes from one to another. */
function sizes(from: string, to: string): string[] {
  const usual = [
    'large',
    'xlarge',
    '2xlarge',
    '4xlarge',
    '8xlarge',
    '12xlarge',
    '16xlarge',
    '24xlarge',
    '32xlarge',
    '48xlarge',
  ];
  return usual.slice(usual.indexOf(from), usual.indexOf(to) + 1);
}
