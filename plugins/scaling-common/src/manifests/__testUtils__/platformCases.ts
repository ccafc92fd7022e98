import { RuleCase } from './RuleCase';
import {
  vpa,
  deployment,
  quota,
  limits,
  priority,
  pool,
  nodeClass,
  job,
  BOUNDS,
} from './snippets';

export const PLATFORM_CASES: readonly RuleCase[] = [
  {
    rule: 'M26',
    dont: quota('requests.cpu: "8", limits.memory: 16Gi'),
    do: quota(
      'requests.cpu: "8", limits.memory: 16Gi',
      limits(
        'default: { memory: 1Gi }, defaultRequest: { cpu: 100m, memory: 1Gi }',
      ),
    ),
  },
  {
    rule: 'M27',
    dont: limits('default: { cpu: 1 }, defaultRequests: { cpu: 100m }'),
    do: limits('default: { cpu: 1 }, defaultRequest: { cpu: 100m }'),
  },
  {
    rule: 'M27',
    dont: limits('default: { memory: 2Gi }'),
    do: limits('default: { memory: 2Gi }, defaultRequest: { memory: 1Gi }'),
  },
  {
    rule: 'M27',
    dont: limits(
      'max: { memory: 512Mi }',
      deployment('resources: { limits: { memory: 1Gi } }'),
    ),
    do: limits(
      'max: { memory: 1Gi }',
      deployment('resources: { limits: { memory: 1Gi } }'),
    ),
  },
  {
    rule: 'M27',
    dont: limits('max: { memory: 1Gi }', `---${vpa(`${BOUNDS} }`)}`),
    do: limits('max: { memory: 4Gi }', `---${vpa(`${BOUNDS} }`)}`),
  },
  {
    rule: 'M28',
    dont: quota('nvidia.com/gpu: "4"'),
    do: quota('requests.nvidia.com/gpu: "4"'),
  },
  {
    rule: 'M28',
    dont: quota('limits.nvidia.com/gpu: "4"'),
    do: quota('gpu.deviceclass.resource.k8s.io/devices: "4"'),
  },
  {
    rule: 'M29',
    dont: priority('spec: { value: 1000 }'),
    do: priority('value: 1000'),
  },
  {
    rule: 'M29',
    dont: priority('value: 2000000000'),
    do: priority('value: 1000000000'),
  },
  {
    rule: 'M29',
    dont:
      priority('globalDefault: true\nvalue: 1') +
      priority('globalDefault: true\nvalue: 2', 'b'),
    do: priority('globalDefault: true\nvalue: 1') + priority('value: 2', 'b'),
  },
  {
    rule: 'M29',
    dont: priority('value: 1', 'batch'),
    do: priority('value: 1\npreemptionPolicy: Never', 'batch'),
  },
  { rule: 'M29', dont: priority('description: x'), do: priority('value: 0') },
  {
    rule: 'M30',
    dont: pool('  disruption: { consolidationPolicy: WhenUnderutilized }'),
    do: pool('  disruption: { consolidationPolicy: WhenEmptyOrUnderutilized }'),
  },
  {
    rule: 'M30',
    dont: pool('  disruption: { expireAfter: 720h }'),
    do: pool('', '      expireAfter: 720h'),
  },
  {
    rule: 'M30',
    dont: pool('').replace(
      'group: karpenter.k8s.aws, kind: EC2NodeClass, ',
      '',
    ),
    do: pool(''),
  },
  {
    rule: 'M30',
    dont: pool('', '      kubelet: { maxPods: 50 }'),
    do: pool(''),
  },
  {
    rule: 'M30',
    dont: pool('').replace('karpenter.sh/v1', 'karpenter.sh/v1beta1'),
    do: pool(''),
  },
  {
    rule: 'M31',
    dont: pool(
      '  disruption: { budgets: [{ nodes: "1", schedule: 0 9 * * 1-5 }] }',
    ),
    do: pool(
      '  disruption: { budgets: [{ nodes: "1", schedule: 0 9 * * 1-5, duration: 8h }] }',
    ),
  },
  {
    rule: 'M31',
    dont: pool('  disruption: { budgets: [{ nodes: 1 }] }'),
    do: pool('  disruption: { budgets: [{ nodes: "1" }] }'),
  },
  {
    rule: 'M31',
    dont: pool(
      '  disruption: { budgets: [{ nodes: "0", duration: 8h, schedule: CRON_TZ=Europe/Berlin 0 9 * * * }] }',
    ),
    do: pool(
      '  disruption: { budgets: [{ nodes: "0", duration: 8h, schedule: 0 8 * * * }] }',
    ),
  },
  {
    rule: 'M32',
    dont: nodeClass(''),
    do: nodeClass(', amiSelectorTerms: [{ alias: al2023@v20260801 }]'),
  },
  {
    rule: 'M32',
    dont: nodeClass(', amiSelectorTerms: [{ alias: al2023@latest }]'),
    do: nodeClass(', amiSelectorTerms: [{ id: ami-1 }]'),
  },
  {
    rule: 'M32',
    dont: nodeClass(', amiSelectorTerms: [{ alias: al2@v20260801 }]'),
    do: nodeClass(', amiSelectorTerms: [{ alias: bottlerocket@v1.50.0 }]'),
  },
  {
    rule: 'M32',
    dont: nodeClass(
      ', amiSelectorTerms: [{ alias: al2023@v20260801 }, { id: ami-1 }]',
    ),
    do: nodeClass(', amiSelectorTerms: [{ id: ami-1 }, { id: ami-2 }]'),
  },
  {
    rule: 'M33',
    dont: pool(
      '',
      '      requirements: [{ key: a, operator: In, values: [4] }]',
    ),
    do: pool(
      '',
      '      requirements: [{ key: a, operator: In, values: ["4"] }]',
    ),
  },
  {
    rule: 'M34',
    dont: pool('  limits: { cpu: 100 }'),
    do: pool('  limits: { cpu: 100, memory: 400Gi }'),
  },
  {
    rule: 'M35',
    dont: pool('', '      terminationGracePeriod: 30s'),
    do: pool('', '      terminationGracePeriod: 24h'),
  },
  {
    rule: 'M35',
    dont:
      pool('', '      terminationGracePeriod: 1h') +
      job('', '  activeDeadlineSeconds: 7200'),
    do:
      pool('', '      terminationGracePeriod: 3h') +
      job('', '  activeDeadlineSeconds: 7200'),
  },
];
