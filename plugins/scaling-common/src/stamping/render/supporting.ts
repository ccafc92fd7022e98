import { formatBinaryBytes, scaled } from './bounds';
import { ServiceSpec } from '../ServiceSpec';
import {
  isServing,
  metadataOf,
  MONITORING_NAMESPACE,
  PORT_NAME,
  selectorOf,
  workloadKindOf,
} from './names';
import { headlessNameOf } from './workload';

/** Who its pods are to the API server: nobody with rights. */
export function serviceAccountOf(spec: ServiceSpec) {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadataOf(spec),
    automountServiceAccountToken: false,
  };
}

/** The addresses of what answers requests; a store's replicas find each other by the second. */
export function servicesOf(spec: ServiceSpec): object[] {
  if (!isServing(spec)) {
    return [];
  }
  const ports = [
    { name: PORT_NAME, port: 80, targetPort: PORT_NAME, protocol: 'TCP' },
  ];
  const selector = selectorOf(spec);
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadataOf(spec),
      spec: { type: 'ClusterIP', selector, ports },
    },
    ...(spec.kind === 'feature-store'
      ? [
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: metadataOf(spec, headlessNameOf(spec)),
            spec: {
              clusterIP: 'None',
              // Who hands rows over isn't ready any more.
              publishNotReadyAddresses: true,
              selector,
              ports: [
                {
                  name: PORT_NAME,
                  port: spec.port,
                  targetPort: PORT_NAME,
                  protocol: 'TCP',
                },
              ],
            },
          },
        ]
      : []),
  ];
}

/** One pod goes at a time, and one that is broken anyway holds up no drain of a node. */
export function disruptionBudgetOf(spec: ServiceSpec) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(spec),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorOf(spec) },
    },
  };
}

/**
 * It advises and changes nothing: Headroom's advice and the autoscaler are what sets
 * requests and replicas.
 */
export function recommenderOf(spec: ServiceSpec) {
  const { requests } = spec;
  return {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: metadataOf(spec),
    spec: {
      targetRef: { ...workloadKindOf(spec), name: spec.name },
      updatePolicy: { updateMode: 'Off' },
      resourcePolicy: {
        containerPolicies: [
          {
            containerName: spec.name,
            controlledResources: ['cpu', 'memory'],
            controlledValues: 'RequestsOnly',
            minAllowed: {
              cpu: '10m',
              memory: formatBinaryBytes(scaled(requests.memory, 0.25)),
            },
            maxAllowed: {
              cpu: `${Math.ceil(scaled(requests.cpu, 4) * 1000)}m`,
              memory: formatBinaryBytes(scaled(requests.memory, 4)),
            },
          },
        ],
      },
    },
  };
}

/** Who may reach it, and whom it reaches: not the address that tells a node's credentials. */
export function networkPolicyOf(spec: ServiceSpec) {
  const port = [{ protocol: 'TCP', port: PORT_NAME }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(spec),
    spec: {
      podSelector: { matchLabels: selectorOf(spec) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        ...(isServing(spec)
          ? [{ from: [{ namespaceSelector: {} }], ports: port }]
          : []),
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: {
                  'kubernetes.io/metadata.name': MONITORING_NAMESPACE,
                },
              },
            },
          ],
          ports: port,
        },
      ],
      egress: [
        {
          to: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
              },
            },
          ],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
        { to: [{ namespaceSelector: {} }] },
        {
          to: [
            {
              ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] },
            },
          ],
          ports: [{ protocol: 'TCP', port: 443 }],
        },
      ],
    },
  };
}

/** What Prometheus reads, of pods, as not all that tells metrics is behind a Service. */
export function podMonitorOf(spec: ServiceSpec) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadataOf(spec),
    spec: {
      selector: { matchLabels: selectorOf(spec) },
      podMetricsEndpoints: [
        { port: PORT_NAME, path: '/metrics', interval: '30s' },
      ],
    },
  };
}

/** The volume that outlives the pods of a training. */
export function checkpointClaimOf(spec: ServiceSpec): object[] {
  return spec.kind === 'training-job' && spec.storage !== undefined
    ? [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: metadataOf(spec, `${spec.name}-checkpoints`),
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: spec.storage } },
          },
        },
      ]
    : [];
}
