import { RuleCase } from './RuleCase';
import {
  hpa,
  CPU,
  deployment,
  pdb,
  queue,
  FLAVORS,
  pod,
  secure,
  service,
  cronJob,
  statefulSet,
  policy,
  ingress,
  role,
  binding,
  TWO,
} from './snippets';

export const RELATION_CASES: readonly RuleCase[] = [
  {
    rule: 'K26',
    dont: TWO,
    do: deployment(undefined, {
      spec: '  replicas: 2',
      pod: '      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey: kubernetes.io/hostname } }] } }',
    }),
  },
  { rule: 'K27', dont: deployment(), do: pod('      priorityClassName: high') },
  {
    rule: 'K28',
    dont: pod('      hostPID: true'),
    do: pod('      hostPID: false'),
  },
  {
    rule: 'K29',
    dont: pod(
      '      volumes: [{ name: a, hostPath: { path: /var/run/docker.sock } }]',
    ),
    do: pod('      volumes: [{ name: a, emptyDir: {} }]'),
  },
  {
    rule: 'K30',
    dont: deployment('ports: [{ containerPort: 80, hostPort: 80 }]'),
    do: deployment('ports: [{ containerPort: 80 }]'),
  },
  {
    rule: 'K31',
    dont: secure('capabilities: { add: [CAP_SYS_ADMIN] }'),
    do: secure('capabilities: { add: [NET_BIND_SERVICE] }'),
  },
  {
    rule: 'K32',
    dont: secure('procMount: Unmasked'),
    do: secure('procMount: Default'),
  },
  {
    rule: 'K33',
    dont: pod(
      '      securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }',
    ),
    do: pod(
      '      securityContext: { sysctls: [{ name: net.ipv4.tcp_syncookies, value: "1" }] }',
    ),
  },
  {
    rule: 'K34',
    dont: deployment('env: [{ name: DB_PASSWORD, value: hunter2 }]'),
    do: deployment(
      'env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }]',
    ),
  },
  {
    rule: 'K35',
    dont: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { api-key: abc }',
    do: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { tokenizer: abc }',
  },
  {
    rule: 'K36',
    dont: deployment('env: [{ name: A, value: a }, { name: A, value: b }]'),
    do: deployment('env: [{ name: A, value: a }, { name: B, value: b }]'),
  },
  {
    rule: 'K37',
    dont: deployment('ports: [{ containerPort: 22 }]'),
    do: deployment('ports: [{ containerPort: 2222 }]'),
  },
  {
    rule: 'K38',
    dont: pod('      serviceAccount: web'),
    do: pod('      serviceAccountName: web'),
  },
  {
    rule: 'K39',
    dont: pod('      serviceAccountName: web'),
    do: `${pod(
      '      serviceAccountName: web',
    )}---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web, namespace: shop }`,
  },
  {
    rule: 'K40',
    dont: deployment('livenessProbe: { httpGet: { port: http } }'),
    do: deployment(
      'livenessProbe: { httpGet: { port: http } }\n          ports: [{ name: http, containerPort: 80 }]',
    ),
  },
  {
    rule: 'K41',
    dont: deployment(undefined, { spec: '  strategy: { type: Recreate }' }),
    do: deployment(),
  },
  { rule: 'K42', dont: deployment(), do: TWO },
  {
    rule: 'K43',
    dont: cronJob(''),
    do: cronJob('', '      ttlSecondsAfterFinished: 3600'),
  },
  {
    rule: 'K44',
    dont: cronJob(''),
    do: cronJob('  startingDeadlineSeconds: 600'),
  },
  { rule: 'K45', dont: cronJob('', '', ''), do: cronJob('') },
  {
    rule: 'K46',
    dont: deployment().replace(
      'matchLabels: { app: web }',
      'matchLabels: { app: api }',
    ),
    do: deployment(),
  },
  {
    rule: 'K47',
    dont: statefulSet('web') + service('selector: { app: web }'),
    do: statefulSet('web') + service('clusterIP: None, selector: { app: web }'),
  },
  {
    rule: 'K48',
    dont: policy('web').replace(
      'name: web,',
      'name: web, labels: { a: "b/c" },',
    ),
    do: policy('web'),
  },
  {
    rule: 'K49',
    dont: deployment().replace(
      'name: web,',
      'name: web, labels: { app.kubernetes.io/instance: api },',
    ),
    do: deployment().replace(
      'name: web,',
      'name: web, labels: { app.kubernetes.io/instance: web },',
    ),
  },
  {
    rule: 'K60',
    dont: deployment() + policy('api'),
    do: deployment() + policy('web'),
  },
  {
    rule: 'K61',
    dont: deployment() + policy('api'),
    do: deployment() + policy('web'),
  },
  {
    rule: 'K62',
    dont: service('selector: { app: api }', deployment()),
    do: service('selector: { app: web }', deployment()),
  },
  {
    rule: 'K63',
    dont: service('type: NodePort'),
    do: service('type: ClusterIP'),
  },
  {
    rule: 'K64',
    dont: service(
      'selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]',
      deployment('ports: [{ containerPort: 80 }]'),
    ),
    do: service(
      'selector: { app: web }, ports: [{ port: 80 }]',
      deployment('ports: [{ containerPort: 80 }]'),
    ),
  },
  {
    rule: 'K65',
    dont: ingress(''),
    do: ingress('', service('type: ClusterIP')),
  },
  {
    rule: 'K66',
    dont: ingress(''),
    do: ingress('  tls: [{ secretName: web }]'),
  },
  { rule: 'K70', dont: TWO, do: pdb('  maxUnavailable: 1') },
  { rule: 'K71', dont: pdb(''), do: pdb('  maxUnavailable: 1') },
  { rule: 'K72', dont: hpa(CPU), do: hpa(CPU, deployment()) },
  {
    rule: 'K80',
    dont: role('apiGroups: [""], resources: [pods/exec], verbs: [create]'),
    do: role('apiGroups: [""], resources: [pods/log], verbs: [get]'),
  },
  { rule: 'K81', dont: binding('cluster-admin'), do: binding('view') },
  {
    rule: 'K90',
    dont: cronJob('').replace('batch/v1', 'batch/v1beta1'),
    do: cronJob(''),
  },
  {
    rule: 'K90',
    dont: ingress('').replace('networking.k8s.io/v1', 'extensions/v1beta1'),
    do: ingress(''),
  },
  {
    rule: 'K90',
    dont: queue(FLAVORS).replace('v1beta2', 'v1beta1'),
    do: queue(FLAVORS),
  },
];
