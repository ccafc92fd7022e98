import { sanitizeLabelKey, snakeCaseLabelKey } from '@headroom/common';
import { anyOf } from '@headroom/plugin-clusters-node';
import { CLUSTER_LABELS } from '../promql/clusterLabels';
import { together, unrenamed } from '../promql/expressions';
import {
  cadvisor,
  CHARGED_RESOURCES,
  like,
  matching,
  not,
  Select,
} from '../promql/selectors';
import { GPU_METRICS } from '../promql/gpuMetrics';
import { STORAGE_SERIES } from '../series/storageSeries';
import { WantedSeries } from '../series/WantedSeries';

/** What kube-state-metrics before 2.0 called requests and capacities, and calls them now. */
export const OLD_NAMES = new Map([
  [
    'kube_pod_container_resource_requests_cpu_cores',
    'kube_pod_container_resource_requests',
  ],
  ['kube_node_status_capacity_cpu_cores', 'kube_node_status_capacity'],
]);

/** Nodes that are looked at: enough to see every kind. */
export const MOST_NODES = 300;

/** Labels that replicas of a Prometheus differ by. */
export const REPLICA_LABELS = [
  'prometheus_replica',
  'prometheus',
  'replica',
  'receive_replica',
];

/** Scrape targets by job and path, and how many of them answer. */
export function targetsQuery(select: Select): string {
  const up = select(matching('up'));
  return together({
    targets: `count by (job, metrics_path) (${up})`,
    answering: `sum by (job, metrics_path) (${up})`,
  });
}

/** Which of these series there are. */
export function presenceQuery(select: Select, wanted: WantedSeries[]): string {
  const names = wanted.map(({ name }) => name);
  return `count by (__name__) (${select(matching(names))})`;
}

export function otherPresenceQuery(
  select: Select,
  wanted: WantedSeries[],
): string {
  const names = [
    ...[...wanted, ...STORAGE_SERIES].map(({ name }) => name),
    ...OLD_NAMES.keys(),
  ];
  return `count by (__name__) (${select(matching(names))})`;
}

/** The same of one namespace that every cluster has, where the whole is too much. */
export function presenceInOneNamespace(
  select: Select,
  wanted: WantedSeries[],
): string {
  const names = wanted.map(({ name }) => name);
  const inside = (label: string) =>
    select(matching(names, { label, operator: '=', value: 'kube-system' }));
  return `count by (__name__) (${inside('namespace')} or ${inside(
    'exported_namespace',
  )})`;
}

/** What cAdvisor reports of containers, by series and by who scrapes it; one series each. */
export function cadvisorQuery(select: Select, wanted: WantedSeries[]): string {
  const memory = 'container_memory_working_set_bytes';
  const named = matching(
    wanted.map(({ name }) => name),
    not('container', ''),
    not('container', 'POD'),
  );
  return together({
    named: `count by (__name__) (${select(named)})`,
    jobs: `count by (job, metrics_path) (${select(cadvisor(memory))})`,
    example: `topk by (job, metrics_path) (1, ${select(cadvisor(memory))})`,
    unnamed: `count(${select(
      matching(memory, { label: 'container', operator: '=', value: '' }),
    )})`,
  });
}

/**
 * Asks which exporters report nodes (one result for each exporter and each
 * Prometheus that scrapes it), how many different nodes they report, and when
 * each `kube-system` was created: every cluster has one, so a second time is a
 * second cluster.
 */
export function exportersQuery(select: Select): string {
  const by = ['job', 'instance', ...REPLICA_LABELS, ...CLUSTER_LABELS];
  const info = select(matching('kube_node_info'));
  const created = (label: string) =>
    select(
      matching('kube_namespace_created', {
        label,
        operator: '=',
        value: 'kube-system',
      }),
    );
  return together({
    exporters: `count by (${by.join(', ')}) (${info})`,
    nodes: `count(count by (node) (${unrenamed(info, 'node')}))`,
    created: `count_values("created", ${created('namespace')} or ${created(
      'exported_namespace',
    )})`,
  });
}

/** One target of each of these jobs and of each of their paths. */
export function exampleTargetsQuery(select: Select, jobs: string[]): string {
  const up = select(matching('up', like('job', anyOf(jobs))));
  return `topk by (job, metrics_path) (1, ${up})`;
}

/** How far back samples are looked at to tell their pace. */
const PACE_RANGE = '[14m]';

/** Raw samples of these targets, the last of which may be of a clock that is ahead. */
export function targetSamplesQuery(
  select: Select,
  targets: Array<Record<string, string>>,
): string {
  const values = (label: string) =>
    like(label, anyOf([...new Set(targets.map(each => each[label] ?? ''))]));
  return `${select(
    matching('up', values('job'), values('instance')),
  )}${PACE_RANGE}`;
}

/** Raw samples of what cAdvisor says of this container, by whoever scrapes it. */
export function containerSamplesQuery(
  select: Select,
  container: Record<string, string>,
): string {
  const labels = ['namespace', 'pod', 'container'].map(label => {
    const renamed = `exported_${label}`;
    return container[renamed] ? renamed : label;
  });
  return `${select(
    matching(
      'container_memory_working_set_bytes',
      ...labels.map(label => ({
        label,
        operator: '=' as const,
        value: container[label] ?? '',
      })),
    ),
  )}${PACE_RANGE}`;
}

/** Raw samples of what is said of this node. */
export function nodeSamplesQuery(
  select: Select,
  node: { label: 'node' | 'exported_node'; name: string },
): string {
  return `${select(
    matching('kube_node_info', {
      label: node.label,
      operator: '=',
      value: node.name,
    }),
  )}${PACE_RANGE}`;
}

export function nodeInfoQuery(select: Select): string {
  return `topk(${MOST_NODES}, ${select(matching('kube_node_info'))})`;
}

export function nodeLabelsQuery(select: Select): string {
  return `topk(${MOST_NODES}, ${select(matching('kube_node_labels'))})`;
}

export function nodeCapacityQuery(select: Select): string {
  const capacity = select(
    matching('kube_node_status_capacity', like('resource', CHARGED_RESOURCES)),
  );
  return `max by (node, resource) (${unrenamed(capacity, 'node')})`;
}

/** Labels that services are found by, as kube-state-metrics writes them. */
export const LINK_LABELS = {
  'backstage.io/kubernetes-id': 'label_backstage_io_kubernetes_id',
  'app.kubernetes.io/name': 'label_app_kubernetes_io_name',
  app: 'label_app',
};

/** Labels of configured links that are looked for. */
export const MOST_LABELS = 20;

/** The part of {@link podLabelsQuery} that counts pods with a wanted label. */
export function wantedPart(index: number): string {
  return `wanted-${index}`;
}

/**
 * How many pods there are, how many have labels, and those that services are
 * found by.
 *
 * @param wanted - keys of labels, as Kubernetes has them, that configured links need
 */
export function podLabelsQuery(
  select: Select,
  wanted: readonly string[] = [],
): string {
  const labels = select(matching('kube_pod_labels'));
  // kube-state-metrics 1 and 2 write them differently.
  const withLabel = (key: string) =>
    [...new Set([sanitizeLabelKey(key), snakeCaseLabelKey(key)])]
      .map(name =>
        select(matching('kube_pod_labels', not(`label_${name}`, ''))),
      )
      .join(' or ');
  return together({
    pods: `count(${select(matching('kube_pod_info'))})`,
    labels: `count(${labels})`,
    example: `topk(3, ${labels})`,
    ...Object.fromEntries(
      Object.entries(LINK_LABELS).map(([key, label]) => [
        key,
        `count(${select(matching('kube_pod_labels', not(label, '')))})`,
      ]),
    ),
    ...Object.fromEntries(
      wanted.map((key, index) => [
        wantedPart(index),
        `count(${withLabel(key)})`,
      ]),
    ),
  });
}

/** GPUs that nodes have, the readings there are of them, and whom these name. */
export function gpusQuery(select: Select): string {
  const capacity = select(
    matching(
      'kube_node_status_capacity',
      like('resource', 'nvidia_com_(gpu|gpu_shared|mig_.*)'),
    ),
  );
  const readings = select(matching(GPU_METRICS.map(({ metric }) => metric)));
  return together({
    devices: `sum(max by (node, resource) (${unrenamed(capacity, 'node')}))`,
    readings: `count by (__name__) (${readings})`,
    holders: `topk(5, count by (pod, exported_pod) (${readings}))`,
  });
}

/** Days ago that are looked at for the oldest data. */
export const DAYS_AGO = [1, 7, 14, 30, 90];

/** Nodes that were known so many days ago. */
export function historyQuery(select: Select, days: number[]): string {
  const info = select(matching('kube_node_info'));
  return together(
    Object.fromEntries(
      days.map(ago => [String(ago), `count(${info} offset ${ago}d)`]),
    ),
  );
}
