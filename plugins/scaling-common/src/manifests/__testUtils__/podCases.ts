import { RuleCase } from './RuleCase';
import { deployment, pod, secure, policy, TWO } from './snippets';

export const POD_CASES: readonly RuleCase[] = [
  {
    rule: 'K1',
    dont: deployment('args: [yes]'),
    do: deployment('args: ["yes"]'),
  },
  {
    rule: 'K1',
    dont: pod('      hostNetwork: off'),
    do: pod('      hostNetwork: false'),
  },
  {
    rule: 'K1',
    dont: pod(
      '      volumes: [{ name: a, secret: { secretName: a, defaultMode: 0644 } }]',
    ),
    do: pod(
      '      volumes: [{ name: a, secret: { secretName: a, defaultMode: 420 } }]',
    ),
  },
  {
    rule: 'K1',
    dont: deployment('args: [22:22]'),
    do: deployment("args: ['22:22']"),
  },
  {
    rule: 'K2',
    dont: deployment('env: [{ name: A, value: 1 }]'),
    do: deployment('env: [{ name: A, value: "1" }]'),
  },
  { rule: 'K2', dont: policy('1.10'), do: policy('"1.10"') },
  { rule: 'K10', dont: deployment('args: []'), do: deployment() },
  {
    rule: 'K11',
    dont: deployment(),
    do: deployment('resources: { limits: { cpu: 1, memory: 1Gi } }'),
  },
  {
    rule: 'K12',
    dont: deployment(),
    do: deployment(
      'resources: { requests: { ephemeral-storage: 1Gi }, limits: { ephemeral-storage: 2Gi } }',
    ),
  },
  {
    rule: 'K13',
    dont: deployment().replace('web:1.0', 'web:latest'),
    do: deployment().replace('web:1.0', `web@sha256:${'0'.repeat(64)}`),
  },
  {
    rule: 'K13',
    dont: deployment().replace('example.org/web:1.0', 'example.org:5000/web'),
    do: deployment(),
  },
  {
    rule: 'K14',
    dont: deployment(),
    do: deployment('imagePullPolicy: Always'),
  },
  {
    rule: 'K15',
    dont: deployment(),
    do: pod('      securityContext: { runAsNonRoot: true }'),
  },
  {
    rule: 'K16',
    dont: secure('runAsUser: 1000, runAsGroup: 1000'),
    do: secure('runAsUser: 10001, runAsGroup: 10001'),
  },
  {
    rule: 'K17',
    dont: deployment(),
    do: secure('readOnlyRootFilesystem: true'),
  },
  {
    rule: 'K18',
    dont: secure('capabilities: { drop: [NET_RAW] }'),
    do: secure('capabilities: { drop: [ALL] }'),
  },
  {
    rule: 'K18',
    dont: deployment(),
    do: secure('capabilities: { drop: [ALL] }'),
  },
  {
    rule: 'K19',
    dont: secure('allowPrivilegeEscalation: true'),
    do: secure('allowPrivilegeEscalation: false'),
  },
  {
    rule: 'K20',
    dont: secure('privileged: true'),
    do: secure('privileged: false'),
  },
  {
    rule: 'K21',
    dont: secure('seccompProfile: { type: Unconfined }'),
    do: secure('seccompProfile: { type: RuntimeDefault }'),
  },
  {
    rule: 'K22',
    dont: deployment(),
    do: pod('      automountServiceAccountToken: false'),
  },
  {
    rule: 'K23',
    dont: deployment(),
    do: deployment(
      '{ livenessProbe: { exec: { command: [a] } }, readinessProbe: { exec: { command: [b] } } }',
    ).replace(
      /example.org\/web:1.0\s+\{(.*)\}/,
      'example.org/web:1.0\n          livenessProbe: { exec: { command: [a] } }\n          readinessProbe: { exec: { command: [b] } }',
    ),
  },
  {
    rule: 'K24',
    dont: deployment(
      'livenessProbe: { httpGet: { path: /a, port: 80 } }\n          readinessProbe: { httpGet: { path: /a, port: 80 } }',
    ),
    do: deployment(
      'livenessProbe: { httpGet: { path: /a, port: 80 }, failureThreshold: 9 }\n          readinessProbe: { httpGet: { path: /a, port: 80 } }',
    ),
  },
  {
    rule: 'K25',
    dont: TWO,
    do: deployment(undefined, {
      spec: '  replicas: 2',
      pod: '      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone }]',
    }),
  },
];
