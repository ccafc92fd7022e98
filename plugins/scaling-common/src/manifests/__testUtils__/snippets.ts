export const vpa = (spec: string, extra = '') => `
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
${spec}
${extra}`;

export const hpa = (spec: string, extra = '', version = 'autoscaling/v2') => `
apiVersion: ${version}
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
${spec}
${extra}`;

export const CPU = `  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } }`;

export const scaledObject = (spec: string, extra = '') => `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { name: web }
${spec}
${extra}`;

export const cron = (start: string, end: string, zone = 'UTC', more = '') => `
    - type: cron
      metadata: { timezone: ${zone}, start: "${start}", end: "${end}", desiredReplicas: "4"${more} }`;

export const deployment = (
  container = 'resources: { requests: { cpu: 100m, memory: 64Mi } }',
  { spec = '', pod = '', name = 'web' } = {},
) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
${spec}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
${pod}
      containers:
        - name: app
          image: example.org/web:1.0
          ${container}
`;

export const pdb = (
  spec: string,
  extra = deployment(undefined, { spec: '  replicas: 3' }),
  version = 'policy/v1',
) => `
apiVersion: ${version}
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
${spec}
${extra}`;

export const quota = (hard: string, extra = '') => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: team, namespace: shop }
spec: { hard: { ${hard} } }
${extra}`;

export const limits = (limit: string, extra = '') => `
---
apiVersion: v1
kind: LimitRange
metadata: { name: team, namespace: shop }
spec: { limits: [{ type: Container, ${limit} }] }
${extra}`;

export const priority = (fields: string, name = 'web') => `
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: ${name} }
${fields}
`;

export const pool = (spec: string, template = '') => `
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general }
spec:
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
${template}
${spec}
`;

export const nodeClass = (terms: string) => `
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
spec: { role: node${terms} }
`;

export const plugin = (config: string) => `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: plugin, namespace: gpu }
data:
  default: |
${config.trim().replace(/^/gm, '    ')}
`;

export const slicing = (fields: string) => `
version: v1
sharing:
  timeSlicing:
    failRequestsGreaterThanOne: true
${fields}`;
export const SLICED = slicing(
  '    resources: [{ name: nvidia.com/gpu, replicas: 4 }]',
);

export const gpu = (resources: string) =>
  deployment(`resources: { ${resources} }`);

export const queue = (spec: string, extra = '') => `
apiVersion: kueue.x-k8s.io/v1beta2
kind: ClusterQueue
metadata: { name: gpu }
spec:
${spec}
${extra}`;
export const FLAVORS = `  namespaceSelector: {}
  resourceGroups:
    - coveredResources: [cpu, memory]
      flavors:
        - name: spot
          resources: [{ name: cpu, nominalQuota: 8 }, { name: memory, nominalQuota: 32Gi }]`;
export const FLAVOR = `
---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ResourceFlavor
metadata: { name: spot }
`;

export const job = (
  top: string,
  spec = '  suspend: true',
  container = 'resources: { requests: { cpu: 1, memory: 1Gi } }',
) => `
---
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: ml${top} }
spec:
${spec}
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: train
          image: example.org/train:1
          ${container}
---
apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata: { name: team, namespace: ml }
spec: { clusterQueue: gpu }
`;
export const QUEUED = ', labels: { kueue.x-k8s.io/queue-name: team }';

export const runners = (values: string, name = 'spot') => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: ci }
spec:
  chart: { spec: { chart: gha-runner-scale-set, version: 0.14.2 } }
  values:
${values}
`;
export const RUNNER = `    template: { spec: { containers: [{ name: runner, image: "example.org/r:1", command: ["/home/runner/run.sh"] }] } }`;

export const alert = (rule: string, labels = '{ release: prometheus }') => `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: web, namespace: shop, labels: ${labels} }
spec: { groups: [{ name: web, rules: [${rule}] }] }
`;

export const pod = (line: string, container = '') =>
  deployment(
    container || 'resources: { requests: { cpu: 100m, memory: 64Mi } }',
    { pod: line },
  );
export const secure = (context: string) =>
  deployment(`securityContext: { ${context} }`);
export const service = (spec: string, extra = '') => `
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ${spec} }
${extra}`;
export const cronJob = (
  spec: string,
  jobSpec = '',
  restart = 'restartPolicy: Never, ',
) => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: shop }
spec:
  schedule: 0 1 * * *
${spec}
  jobTemplate:
    spec:
${jobSpec}
      template: { spec: { ${restart}containers: [{ name: a, image: "example.org/a:1" }] } }
`;
export const statefulSet = (serviceName: string) => `
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web, namespace: shop }
spec:
  serviceName: ${serviceName}
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a, image: "example.org/a:1" }] } }
`;
export const policy = (label: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: ${label} } } }
`;
export const ingress = (spec: string, extra = '') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
${spec}
${extra}`;
export const role = (rule: string) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: dev, namespace: shop }
rules: [{ ${rule} }]
`;
export const binding = (name: string) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: dev, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name} }
`;

export const BOUNDS = `  resourcePolicy:
    containerPolicies:
      - { containerName: "*", minAllowed: { cpu: 50m, memory: 64Mi }, maxAllowed: { cpu: 2, memory: 2Gi }`;
export const mode = (value: string) =>
  `  updatePolicy: { updateMode: ${value} }`;
export const TWO = deployment(undefined, { spec: '  replicas: 2' });
