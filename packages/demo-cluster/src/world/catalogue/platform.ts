import { GIB, MIB, OrphanVolume, WorkloadSpec } from '../types';
import { appLabels, byKubernetesId } from './labels';

function apiGateway(mean: number): WorkloadSpec {
  return {
    name: 'api-gateway',
    namespace: 'edge',
    kind: 'Deployment',
    pool: 'general',
    labels: byKubernetesId('api-gateway'),
    schedule: { type: 'elastic', mean, min: 2, max: 4 * mean },
    releaseDays: 16,
    entityRef: 'component:default/api-gateway',
    serves: [
      { metric: 'requests', perHour: 160_000 * mean, failedShare: 0.002 },
    ],
    network: {
      internetBytes: 0.7 * GIB * mean,
      crossZoneBytes: 2.4 * GIB * mean,
    },
    service: true,
    host: 'api.example.com',
    containers: [
      {
        name: 'gateway',
        image: 'registry.example.com/edge/api-gateway:6.3.1',
        cpuRequestCores: 0.75,
        memoryRequestBytes: 768 * MIB,
        memoryLimitBytes: 1 * GIB,
        port: 8000,
        usage: {
          cpuCores: 0.4,
          cpuFollows: 0.9,
          memoryBytes: 410 * MIB,
          memoryFollows: 0.2,
        },
      },
      {
        name: 'envoy',
        role: 'sidecar',
        image: 'registry.example.com/mirror/envoy:1.35.0',
        cpuRequestCores: 0.25,
        memoryRequestBytes: 256 * MIB,
        memoryLimitBytes: 512 * MIB,
        port: 8443,
        usage: {
          cpuCores: 0.11,
          cpuFollows: 0.9,
          memoryBytes: 120 * MIB,
          memoryFollows: 0.2,
        },
      },
    ],
  };
}

/** A small container that does the same all day. */
function steady(
  spec: Pick<WorkloadSpec, 'name' | 'namespace' | 'kind' | 'pool'> & {
    labels?: Record<string, string>;
    replicas?: number;
    cpu: [request: number, used: number];
    mib: [request: number, used: number];
    port?: number;
    volume?: WorkloadSpec['volume'];
    odd?: WorkloadSpec['containers'][number]['usage']['odd'];
  },
): WorkloadSpec {
  const { name, namespace, kind, pool, replicas = 1, cpu, mib, port } = spec;
  return {
    name,
    namespace,
    kind,
    pool,
    labels: spec.labels ?? appLabels(name),
    schedule:
      kind === 'DaemonSet' ? { type: 'daemon' } : { type: 'fixed', replicas },
    volume: spec.volume,
    service: port !== undefined,
    containers: [
      {
        name,
        image: `registry.example.com/mirror/${name}:stable`,
        cpuRequestCores: cpu[0],
        memoryRequestBytes: mib[0] * MIB,
        port,
        usage: {
          cpuCores: cpu[1],
          cpuFollows: 0.3,
          memoryBytes: mib[1] * MIB,
          memoryFollows: 0.05,
          odd: spec.odd,
        },
      },
    ],
  };
}

const system: WorkloadSpec[] = [
  steady({
    name: 'aws-node',
    namespace: 'kube-system',
    kind: 'DaemonSet',
    pool: '*',
    cpu: [0.05, 0.012],
    mib: [96, 58],
  }),
  steady({
    name: 'kube-proxy',
    namespace: 'kube-system',
    kind: 'DaemonSet',
    pool: '*',
    cpu: [0.1, 0.008],
    mib: [64, 34],
  }),
  steady({
    name: 'nvidia-device-plugin',
    namespace: 'kube-system',
    kind: 'DaemonSet',
    pool: 'gpu',
    cpu: [0.05, 0.002],
    mib: [64, 31],
  }),
  steady({
    name: 'dcgm-exporter',
    namespace: 'monitoring',
    kind: 'DaemonSet',
    pool: 'gpu',
    cpu: [0.1, 0.04],
    mib: [256, 180],
  }),
  steady({
    name: 'node-exporter',
    namespace: 'monitoring',
    kind: 'DaemonSet',
    pool: '*',
    cpu: [0.1, 0.015],
    mib: [64, 28],
  }),
  steady({
    name: 'coredns',
    namespace: 'kube-system',
    kind: 'Deployment',
    pool: 'general',
    labels: { 'k8s-app': 'kube-dns' },
    replicas: 2,
    cpu: [0.1, 0.03],
    mib: [70, 44],
    port: 53,
  }),
  steady({
    name: 'karpenter',
    namespace: 'kube-system',
    kind: 'Deployment',
    pool: 'general',
    replicas: 2,
    cpu: [0.5, 0.06],
    mib: [1024, 380],
  }),
  steady({
    name: 'metrics-server',
    namespace: 'kube-system',
    kind: 'Deployment',
    pool: 'general',
    cpu: [0.1, 0.02],
    mib: [200, 75],
    port: 443,
  }),
  steady({
    name: 'prometheus',
    namespace: 'observability',
    kind: 'StatefulSet',
    pool: 'general',
    labels: byKubernetesId('observability', 'prometheus'),
    cpu: [1, 0.7],
    mib: [8192, 5900],
    port: 9090,
    volume: { name: 'data', storageClass: 'gp3', capacityBytes: 500 * GIB },
  }),
];

/** On one node of each cluster, where most of the logs are written, it has five times as much to do. */
const logShipper = steady({
  name: 'log-shipper',
  namespace: 'observability',
  kind: 'DaemonSet',
  pool: '*',
  labels: byKubernetesId('observability', 'log-shipper'),
  cpu: [0.2, 0.03],
  mib: [512, 74],
  odd: { node: 1, times: 5 },
});

/** Nobody knows whose this is; nothing in the catalog points at it. */
const orphans: WorkloadSpec[] = [
  steady({
    name: 'legacy-importer',
    namespace: 'legacy',
    kind: 'Deployment',
    pool: 'general',
    labels: { run: 'legacy-importer' },
    replicas: 2,
    cpu: [1, 0.02],
    mib: [2048, 260],
  }),
];

/** Claims nothing mounts any more. */
export const ORPHAN_VOLUMES: Record<string, OrphanVolume[]> = {
  'us-west': [
    {
      name: 'legacy-importer-data',
      namespace: 'legacy',
      storageClass: 'gp2',
      capacityBytes: 1024 * GIB,
    },
  ],
  'eu-central': [],
};

/** What the platform team runs, and what nobody owns. */
export const PLATFORM: Record<string, WorkloadSpec[]> = {
  'us-west': [apiGateway(3), logShipper, ...system, ...orphans],
  'eu-central': [apiGateway(2), logShipper, ...system],
};
