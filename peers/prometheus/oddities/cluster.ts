import { during, FROM, GIB, Pace, sampled, Series, series, TO } from './series';

/** kube-state-metrics as one target. */
export interface Exporter extends Pace {
  labels?: Record<string, string>;
}

export const KSM: Exporter = {
  every: 30,
  phase: 7,
  labels: { job: 'kube-state-metrics', instance: '10.0.0.7:8080' },
};

export const CADVISOR: Exporter = {
  every: 30,
  phase: 13,
  labels: {
    job: 'kubelet',
    metrics_path: '/metrics/cadvisor',
    instance: '10.0.1.1:10250',
  },
};

/** A series of an exporter that is there from one time to another. */
export function said(
  exporter: Exporter,
  metric: string,
  labels: Record<string, string | undefined>,
  value: number | ((seconds: number) => number) = 1,
  from = FROM - 1,
  to = TO,
): Series {
  return series(
    metric,
    { ...exporter.labels, ...labels },
    sampled(exporter, during(from, to, value)),
  );
}

export interface NodeOptions {
  exporter?: Exporter;
  name?: string;
  cores?: number;
  gib?: number;
  instanceType?: string;
  labels?: Record<string, string>;
  capacity?: Record<string, number>;
  from?: number;
  to?: number;
}

/** An m5.2xlarge unless it is another. */
export function node(options: NodeOptions = {}): Series[] {
  const {
    exporter = KSM,
    name = 'node-1',
    cores = 8,
    gib = 32,
    instanceType = 'm5.2xlarge',
    from,
    to,
  } = options;
  const capacity = { cpu: cores, memory: gib * GIB, ...options.capacity };
  return [
    said(exporter, 'kube_node_info', { node: name }, 1, from, to),
    said(
      exporter,
      'kube_node_labels',
      {
        node: name,
        label_node_kubernetes_io_instance_type: instanceType,
        label_topology_kubernetes_io_region: 'us-east-1',
        ...options.labels,
      },
      1,
      from,
      to,
    ),
    ...Object.entries(capacity).map(([resource, value]) =>
      said(
        exporter,
        'kube_node_status_capacity',
        { node: name, resource },
        value,
        from,
        to,
      ),
    ),
  ];
}

export interface PodOptions {
  exporter?: Exporter;
  namespace?: string;
  name?: string;
  node?: string;
  container?: string;
  requests?: Record<string, number>;
  owner?: { kind: string; name: string };
  labels?: Record<string, string>;
  from?: number;
  to?: number;
}

/** What kube-state-metrics says of a running pod: `web` with 1 core and 2 GiB unless it is another. */
export function pod(options: PodOptions = {}): Series[] {
  const {
    exporter = KSM,
    namespace = 'shop',
    name = 'web-1',
    container = 'web',
    requests = { cpu: 1, memory: 2 * GIB },
    owner = { kind: 'StatefulSet', name: 'web' },
    labels = { label_app: 'web' },
    from,
    to,
  } = options;
  const at = options.node ?? 'node-1';
  const ofPod = { namespace, pod: name };
  return [
    said(
      exporter,
      'kube_pod_info',
      {
        ...ofPod,
        node: at,
        created_by_kind: owner.kind,
        created_by_name: owner.name,
      },
      1,
      from,
      to,
    ),
    ...phases(exporter, ofPod, 'Running', from, to),
    said(
      exporter,
      'kube_pod_container_status_running',
      { ...ofPod, container },
      1,
      from,
      to,
    ),
    said(exporter, 'kube_pod_labels', { ...ofPod, ...labels }, 1, from, to),
    ...Object.entries(requests).map(([resource, value]) =>
      said(
        exporter,
        'kube_pod_container_resource_requests',
        { ...ofPod, container, node: at, resource },
        value,
        from,
        to,
      ),
    ),
  ];
}

const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];

/** Each phase as 0 or 1, as kube-state-metrics writes them. */
export function phases(
  exporter: Exporter,
  labels: Record<string, string>,
  phase: string,
  from?: number,
  to?: number,
): Series[] {
  return PHASES.map(each =>
    said(
      exporter,
      'kube_pod_status_phase',
      { ...labels, phase: each },
      each === phase ? 1 : 0,
      from,
      to,
    ),
  );
}

export interface UsageOptions {
  exporter?: Exporter;
  namespace?: string;
  pod?: string;
  container?: string;
  id?: string;
  name?: string;
  cores?: number;
  gib?: number;
  from?: number;
  to?: number;
}

const CONTAINER_ID =
  '4c2a1f6a5d0b9c8e7f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70';

/** The path of a container's cgroup. */
export function cgroup(id = CONTAINER_ID): string {
  return `/kubepods/burstable/pod0b7e7f9c-36a4-4a0e-9d51-2f6cbb1f8a10/${id}`;
}

/** What cAdvisor says of a container that uses half a core and 4 GiB, unless it is another. */
export function usage(options: UsageOptions = {}): Series[] {
  const {
    exporter = CADVISOR,
    namespace = 'shop',
    pod: podName = 'web-1',
    container = 'web',
    id = cgroup(),
    name = CONTAINER_ID,
    cores = 0.5,
    gib = 4,
    from = FROM - 1,
    to,
  } = options;
  const labels = { namespace, pod: podName, container, id, name };
  const started = from > FROM ? from : FROM - 86_400;
  return [
    said(
      exporter,
      'container_cpu_usage_seconds_total',
      { ...labels, cpu: 'total' },
      at => (at - started) * cores,
      from,
      to,
    ),
    said(
      exporter,
      'container_memory_working_set_bytes',
      labels,
      gib * GIB,
      from,
      to,
    ),
  ];
}
