/** Objects of one cluster, of each kind so many of a hundred. */
const SHARES = {
  deployments: 45,
  statefulsets: 10,
  cronjobs: 5,
  horizontalpodautoscalers: 20,
  poddisruptionbudgets: 18,
  namespaces: 2,
};

/** Where a kind is served, with the objects that are. */
export interface Served {
  path: string;
  apiVersion: string;
  kind: string;
  items: object[];
}

/** Replicas that everything has and every policy wants: there is nothing to do. */
export const REPLICAS = 2;

/** How many workloads of the kind that policies name there are. */
export function deploymentsOf(objects: number): number {
  return Math.floor((objects * SHARES.deployments) / 100);
}

export const nameOf = (index: number) => `service-${index}`;
export const namespaceOf = (index: number, namespaces: number) =>
  `team-${index % namespaces}`;

/** What a cluster of so many objects has. */
export function objectsOf(cluster: string, objects: number): Served[] {
  const count = (kind: keyof typeof SHARES) =>
    Math.floor((objects * SHARES[kind]) / 100);
  const namespaces = count('namespaces');
  const many = (
    kind: keyof typeof SHARES,
    make: (index: number) => { spec?: object; status?: object },
    namespaced = true,
  ) =>
    Array.from({ length: count(kind) }, (_, index) => ({
      metadata: {
        name: namespaced ? nameOf(index) : namespaceOf(index, namespaces),
        ...(namespaced && { namespace: namespaceOf(index, namespaces) }),
        uid: `${cluster}-${kind}-${index}`,
        resourceVersion: String(1000 + index),
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: {
          'app.kubernetes.io/name': nameOf(index),
          tier: index % 3 === 0 ? 'web' : 'worker',
        },
        managedFields: [
          {
            manager: 'kubectl-client-side-apply',
            operation: 'Update',
            time: '2026-01-01T00:00:00Z',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:spec': { 'f:replicas': {}, 'f:minReplicas': {} } },
          },
        ],
      },
      ...make(index),
    }));
  const template = (index: number) => ({
    metadata: { labels: { 'app.kubernetes.io/name': nameOf(index) } },
    spec: {
      containers: [
        {
          name: 'app',
          resources: { requests: { cpu: '500m', memory: '1Gi' } },
        },
      ],
    },
  });
  const replicated = (index: number) => ({
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: { 'app.kubernetes.io/name': nameOf(index) } },
      template: template(index),
    },
    status: { replicas: REPLICAS, readyReplicas: REPLICAS },
  });
  const served = (
    group: string,
    version: string,
    kind: string,
    resource: string,
    items: object[],
  ): Served => ({
    path: group
      ? `/apis/${group}/${version}/${resource}`
      : `/api/${version}/${resource}`,
    apiVersion: group ? `${group}/${version}` : version,
    kind,
    items,
  });
  return [
    served('', 'v1', 'Namespace', 'namespaces', [
      ...many('namespaces', () => ({}), false),
    ]),
    served('apps', 'v1', 'Deployment', 'deployments', [
      ...many('deployments', replicated),
    ]),
    served('apps', 'v1', 'StatefulSet', 'statefulsets', [
      ...many('statefulsets', replicated),
    ]),
    served('batch', 'v1', 'CronJob', 'cronjobs', [
      ...many('cronjobs', index => ({
        spec: {
          schedule: '0 3 * * *',
          suspend: false,
          jobTemplate: { spec: { template: template(index) } },
        },
      })),
    ]),
    served(
      'autoscaling',
      'v2',
      'HorizontalPodAutoscaler',
      'horizontalpodautoscalers',
      many('horizontalpodautoscalers', index => ({
        spec: {
          scaleTargetRef: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: nameOf(index),
          },
          minReplicas: REPLICAS,
          maxReplicas: 10,
          metrics: [],
        },
      })),
    ),
    served('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', [
      ...many('poddisruptionbudgets', index => ({
        spec: {
          maxUnavailable: 1,
          selector: {
            matchLabels: { 'app.kubernetes.io/name': nameOf(index) },
          },
        },
      })),
    ]),
  ];
}
