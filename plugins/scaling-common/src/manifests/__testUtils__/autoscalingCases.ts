import { RuleCase } from './RuleCase';
import {
  vpa,
  hpa,
  CPU,
  scaledObject,
  cron,
  deployment,
  pdb,
  BOUNDS,
  mode,
  TWO,
} from './snippets';

export const AUTOSCALING_CASES: readonly RuleCase[] = [
  { rule: 'M1', dont: vpa(mode('Off')), do: vpa(mode('"Off"')) },
  { rule: 'M1', dont: vpa(mode('Auto')), do: vpa(mode('"InPlaceOrRecreate"')) },
  { rule: 'M1', dont: vpa(mode('Recommendation')), do: vpa(mode('Initial')) },
  {
    rule: 'M2',
    dont: vpa(mode('Recreate'), `---${hpa(CPU)}`),
    do: vpa(
      `${mode('Recreate')}\n${BOUNDS}, controlledResources: [memory] }`,
      `---${hpa(CPU)}`,
    ),
  },
  {
    rule: 'M2',
    dont: vpa(
      mode('Recreate'),
      `---${scaledObject(
        '  triggers: [{ type: memory, metricType: Utilization, metadata: { value: "70" } }]',
      )}`,
    ),
    do: vpa(
      mode('"Off"'),
      `---${scaledObject(
        '  triggers: [{ type: memory, metricType: Utilization, metadata: { value: "70" } }]',
      )}`,
    ),
  },
  {
    rule: 'M3',
    dont: vpa(
      '',
      `---${vpa('').replace('name: web, namespace', 'name: web-2, namespace')}`,
    ),
    do: vpa(''),
  },
  {
    rule: 'M3',
    dont: vpa(
      '',
      '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { goldilocks.fairwinds.com/enabled: "true" } }',
    ),
    do: vpa(
      '',
      '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }',
    ),
  },
  { rule: 'M4', dont: vpa(mode('"Off"')), do: vpa(`${BOUNDS} }`) },
  {
    rule: 'M4',
    dont: vpa(
      `${BOUNDS} }`,
      deployment('{}').replace(
        '{}',
        'args: []\n        - { name: proxy, image: "example.org/p:1" }',
      ),
    ),
    do: vpa(
      `${BOUNDS.replace(
        '"*"',
        'app',
      )} }\n      - { containerName: "*", mode: "Off" }`,
      deployment(
        'args: []\n        - { name: proxy, image: "example.org/p:1" }',
      ),
    ),
  },
  {
    rule: 'M5',
    dont: vpa(mode('InPlaceOrRecreate')),
    do: vpa(mode('Recreate')),
    context: { kubernetesVersion: 'v1.32.4' },
  },
  {
    rule: 'M5',
    dont: vpa(
      `${mode(
        'InPlaceOrRecreate',
      )}\n${BOUNDS}, controlledResources: [memory] }`,
      deployment('resources: { limits: { cpu: 1, memory: 1Gi } }'),
    ),
    do: vpa(
      `${mode('InPlaceOrRecreate')}\n${BOUNDS} }`,
      deployment('resources: { limits: { cpu: 1, memory: 1Gi } }'),
    ),
    context: { kubernetesVersion: '1.36' },
  },
  { rule: 'M6', dont: hpa(CPU, '', 'autoscaling/v2beta2'), do: hpa(CPU) },
  {
    rule: 'M6',
    dont: hpa(
      '  minReplicas: 2\n  maxReplicas: 4\n  targetCPUUtilizationPercentage: 60',
    ),
    do: hpa(CPU),
  },
  {
    rule: 'M7',
    dont: hpa(CPU, deployment(undefined, { spec: '  replicas: 3' })),
    do: hpa(CPU, deployment()),
  },
  {
    rule: 'M8',
    dont: hpa(CPU, deployment('resources: { requests: { memory: 1Gi } }')),
    do: hpa(CPU, deployment()),
  },
  {
    rule: 'M8',
    dont: scaledObject(
      '  minReplicaCount: 1\n  triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]',
      deployment('args: []'),
    ),
    do: scaledObject(
      '  minReplicaCount: 1\n  triggers: [{ type: cpu, metricType: AverageValue, metadata: { value: "60" } }]',
      deployment('args: []'),
    ),
  },
  { rule: 'M9', dont: hpa('  maxReplicas: 4'), do: hpa(CPU) },
  { rule: 'M9', dont: hpa('  minReplicas: 4\n  maxReplicas: 4'), do: hpa(CPU) },
  { rule: 'M9', dont: hpa('  minReplicas: 4\n  maxReplicas: 3'), do: hpa(CPU) },
  {
    rule: 'M10',
    dont: hpa(
      CPU,
      `---${scaledObject(`  triggers:${cron('0 7 * * *', '0 19 * * *')}`)}`,
    ),
    do: hpa(
      CPU,
      `---${scaledObject(
        `  triggers:${cron('0 7 * * *', '0 19 * * *')}`,
      ).replace('{ name: web }', '{ name: api }')}`,
    ),
  },
  {
    rule: 'M11',
    dont: scaledObject(
      '  triggers: [{ type: prometheus, metadata: { metricName: rps, threshold: "5" } }]',
    ),
    do: scaledObject(
      '  triggers: [{ type: aws-cloudwatch, metadata: { metricName: rps } }]',
    ),
  },
  {
    rule: 'M12',
    dont: scaledObject(
      '  minReplicaCount: 1\n  triggers: [{ type: cpu, metadata: { type: Utilization, value: "60" } }]',
    ),
    do: scaledObject(
      '  minReplicaCount: 1\n  triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]',
    ),
  },
  {
    rule: 'M13',
    dont: scaledObject(
      '  triggers: [{ type: prometheus, metadata: { threshold: 5 } }]',
    ),
    do: scaledObject(
      '  triggers: [{ type: prometheus, metadata: { threshold: "5" } }]',
    ),
  },
  {
    rule: 'M14',
    dont: scaledObject(
      `  triggers:${cron('0 19 * * *', '0 7 * * *').replace('"4"', '"0"')}`,
    ),
    do: scaledObject(
      `  minReplicaCount: 0\n  triggers:${cron('0 7 * * *', '0 19 * * *')}`,
    ),
  },
  {
    rule: 'M15',
    dont: scaledObject(
      `  minReplicaCount: 5\n  triggers:${cron('0 7 * * *', '0 19 * * *')}`,
    ),
    do: scaledObject(
      `  minReplicaCount: 2\n  triggers:${cron('0 7 * * *', '0 19 * * *')}`,
    ),
  },
  {
    // kedacore/keda#6709
    rule: 'M16',
    dont: scaledObject(`  triggers:${cron('0 3 * * 1-5', '0 15 * * 0-4')}`),
    do: scaledObject(`  triggers:${cron('0 3 * * 1-5', '0 15 * * 1-5')}`),
  },
  {
    rule: 'M16',
    dont: scaledObject(`  triggers:${cron('0 22 * * 1-5', '0 6 * * 1-5')}`),
    do: scaledObject(`  triggers:${cron('0 22 * * 1-5', '0 6 * * 2-6')}`),
  },
  {
    rule: 'M16',
    dont: scaledObject(`  triggers:${cron('0 7 * * *', '0 19 * * 5')}`),
    do: scaledObject(`  triggers:${cron('0 7 * * 5', '0 19 * * 5')}`),
  },
  {
    rule: 'M17',
    dont: scaledObject(
      `  triggers:${cron('0 7 * * *', '0 12 * * *')}${cron(
        '0 12 * * *',
        '0 19 * * *',
      )}`,
    ),
    do: scaledObject(
      `  triggers:${cron('0 7 * * *', '5 12 * * *')}${cron(
        '0 12 * * *',
        '0 19 * * *',
      )}`,
    ),
  },
  {
    rule: 'M18',
    dont: scaledObject(
      '  minReplicaCount: 0\n  triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]',
    ),
    do: scaledObject(
      '  minReplicaCount: 1\n  triggers: [{ type: cpu, metricType: Utilization, metadata: { value: "60" } }]',
    ),
  },
  {
    rule: 'M18',
    dont: scaledObject(
      `  triggers:${cron(
        '0 7 * * *',
        '0 19 * * *',
      )}\n    - { type: cpu, metricType: Utilization, metadata: { value: "60" } }`,
    ),
    do: scaledObject(
      `  triggers:${cron(
        '0 7 * * *',
        '0 19 * * *',
      )}\n    - { type: kafka, metadata: { lagThreshold: "60" } }`,
    ),
  },
  {
    rule: 'M19',
    dont: scaledObject(
      '  minReplicaCount: 2\n  cooldownPeriod: 600\n  triggers: [{ type: kafka, metadata: { lagThreshold: "60" } }]',
    ),
    do: scaledObject(
      '  minReplicaCount: 0\n  cooldownPeriod: 600\n  triggers: [{ type: kafka, metadata: { lagThreshold: "60" } }]',
    ),
  },
  {
    rule: 'M20',
    dont: scaledObject(
      `  triggers:${cron('0 7 * * *', '0 19 * * *', 'Berlin')}`,
    ),
    do: scaledObject(
      `  triggers:${cron('0 7 * * *', '0 19 * * *', 'Europe/Berlin')}`,
    ),
  },
  {
    rule: 'M20',
    dont: scaledObject(
      `  triggers:${cron('30 2 * * *', '0 19 * * *', 'Europe/Berlin')}`,
    ),
    do: scaledObject(
      `  triggers:${cron('30 2 * * 1-5', '0 19 * * 1-5', 'Europe/Berlin')}`,
    ),
  },
  {
    rule: 'M20',
    dont: scaledObject(
      `  triggers:${cron('0 0 * * *', '0 19 * * *', 'Africa/Cairo')}`,
    ),
    do: scaledObject(
      `  triggers:${cron('0 2 * * *', '0 19 * * *', 'Africa/Cairo')}`,
    ),
  },
  {
    rule: 'M20',
    dont: scaledObject(
      '  triggers: [{ type: cron, metadata: { start: 0 7 * * *, end: 0 19 * * *, desiredReplicas: "2" } }]',
    ),
    do: scaledObject(`  triggers:${cron('0 7 * * *', '0 19 * * *')}`),
  },
  {
    rule: 'M21',
    dont: pdb('  maxUnavailable: 0'),
    do: pdb('  maxUnavailable: 1'),
  },
  {
    rule: 'M21',
    dont: pdb('  minAvailable: 100%'),
    do: pdb('  minAvailable: 50%'),
  },
  {
    rule: 'M21',
    dont: pdb('  minAvailable: 1', deployment()),
    do: pdb('  minAvailable: 1'),
  },
  {
    rule: 'M22',
    dont: pdb('  minAvailable: 1\n  maxUnavailable: 1'),
    do: pdb('  maxUnavailable: 1'),
  },
  {
    rule: 'M23',
    dont: pdb('  maxUnavailable: 1'),
    do: pdb('  maxUnavailable: 1\n  unhealthyPodEvictionPolicy: AlwaysAllow'),
  },
  {
    rule: 'M24',
    dont: pdb('  maxUnavailable: 1', TWO, 'policy/v1beta1'),
    do: pdb('  maxUnavailable: 1'),
  },
  {
    rule: 'M25',
    dont: pdb('  maxUnavailable: 1', deployment(undefined, { name: 'api' })),
    do: pdb('  maxUnavailable: 1'),
  },
  {
    rule: 'M25',
    dont: pdb('  minAvailable: 2', `${deployment()}---${hpa(CPU)}`),
    do: pdb('  minAvailable: 1', `${deployment()}---${hpa(CPU)}`),
  },
];
