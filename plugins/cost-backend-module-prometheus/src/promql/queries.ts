import { anyOf } from '@headroom/plugin-clusters-node';
import { HOUR_RANGE, SLOT_RANGE, together, unrenamed } from './expressions';
import { Grid } from './Grid';
import { placed } from './places';
import {
  cadvisor,
  CHARGED_RESOURCES,
  IDENTITY,
  like,
  matching,
  not,
  Select,
} from './selectors';

/** `CapacityProvisioned` of pods on Fargate, as kube-state-metrics 2 and 1 write it. */
export const BILLED_SIZE = [
  'annotation_capacity_provisioned',
  'annotation_CapacityProvisioned',
];

/** Readings that tell when a node's exporter was scraped, at most. */
const MOST_WITNESSES = 12;

/**
 * Of each exporter the node it said most of: what it says of this node tells
 * when it was scraped.
 */
export function witnessesQuery(select: Select, windowHours: number): string {
  const info = select(matching('kube_node_info'));
  return `topk by (job, instance, prometheus_replica) (1, count_over_time(${info}[${windowHours}h]))`;
}

/**
 * When exporters spoke of these nodes: raw samples, from a quarter of an hour
 * before the window on.
 *
 * @param label - the node's own label; `exported_node` where Prometheus renamed it
 */
export function scrapesQuery(
  select: Select,
  label: 'node' | 'exported_node',
  nodes: string[],
  windowHours: number,
): string {
  const names = anyOf(nodes.slice(0, MOST_WITNESSES));
  const info = select(matching('kube_node_info', like(label, names)));
  return `${info}[${windowHours * 60 + 15}m]`;
}

/**
 * Nodes: seconds each was there; its address; its labels in the hour and at its end; its
 * capacity at the end of its hour, and, where it changed, the lowest, the
 * highest and the mean.
 */
export function nodesQuery(select: Select, grid: Grid): string {
  const there = `max by (node) (${unrenamed(
    grid.last(select(matching('kube_node_info'))),
    'node',
  )})`;
  const labels = select(matching('kube_node_labels'));
  const capacity = `max by (node, resource) (${unrenamed(
    grid.last(
      select(
        matching(
          'kube_node_status_capacity',
          like('resource', CHARGED_RESOURCES),
        ),
      ),
    ),
    'node',
  )})`;
  const [lowest, highest] = [
    grid.over('min', capacity),
    grid.over('max', capacity),
  ];
  const addresses = unrenamed(
    `last_over_time(${select(matching('kube_node_info'))}[${HOUR_RANGE}])`,
    'node',
  );
  return together({
    seen: grid.seconds(there),
    address: `max by (node, internal_ip) (${addresses})`,
    labels: `count_over_time(${labels}[${HOUR_RANGE}])`,
    'labels-end': grid.last(labels),
    capacity: grid.over('last', capacity),
    'capacity-lowest': `${lowest} < ${highest}`,
    'capacity-highest': `${highest} > ${lowest}`,
    'capacity-mean': `${grid.over(
      'avg',
      capacity,
    )} and (${highest} > ${lowest})`,
  });
}

/** Seconds each pod held a place on each node, and whether phases are reported. */
export function podsQuery(select: Select, grid: Grid): string {
  const by = 'namespace, pod, node, created_by_kind, created_by_name';
  const phases = select(matching('kube_pod_status_phase'));
  return together({
    place: grid.seconds(placed(select, grid, by)),
    'counts-phases': `count(last_over_time(${phases}[${HOUR_RANGE}]))`,
  });
}

/**
 * What was requested, times the seconds it was: by containers, by init
 * containers while they run (a native sidecar runs all the time), by the pod as
 * a whole, and on top by its sandbox. Units of the resource times seconds.
 */
export function requestsQuery(select: Select, grid: Grid): string {
  const charged = like('resource', CHARGED_RESOURCES);
  const place = placed(select, grid, 'namespace, pod');
  const ofContainer = (metric: string) =>
    `max by (namespace, pod, container, node, resource) (${unrenamed(
      grid.last(select(matching(metric, charged))),
      'namespace',
      'pod',
      'container',
      'node',
    )})`;
  const ofPod = (metric: string | string[], by = 'namespace, pod, resource') =>
    `max by (${by}) (${unrenamed(
      grid.last(select(matching(metric))),
      'namespace',
      'pod',
    )})`;
  const whilePlaced = (expression: string) =>
    grid.integral(`(${expression}) and on (namespace, pod) (${place})`);
  const running = `max by (namespace, pod, container) (${unrenamed(
    grid.last(select(matching('kube_pod_init_container_status_running'))),
    'namespace',
    'pod',
    'container',
  )}) == 1`;
  const overhead = (metric: string, resource: string) =>
    `label_replace(${whilePlaced(
      ofPod(metric, 'namespace, pod'),
    )}, "resource", "${resource}", "", "")`;
  const requests = select(matching('kube_pod_container_resource_requests'));
  return together({
    request: whilePlaced(ofContainer('kube_pod_container_resource_requests')),
    init: whilePlaced(
      `${ofContainer(
        'kube_pod_init_container_resource_requests',
      )} and on (namespace, pod, container) (${running})`,
    ),
    reserved: whilePlaced(ofPod('kube_pod_resource_request')),
    // Two names that were proposed to kube-state-metrics.
    spec: whilePlaced(
      ofPod(['kube_pod_resource_requests', 'kube_pod_spec_resource_requests']),
    ),
    overhead: `${overhead('kube_pod_overhead_cpu_cores', 'cpu')} or ${overhead(
      'kube_pod_overhead_memory_bytes',
      'memory',
    )}`,
    'counts-requests': `count(last_over_time(${requests}[${HOUR_RANGE}]))`,
  });
}

/** How long after its start a container still starts. */
const STARTUP_SECONDS = 600;

/** An hour and what was last said before it, at most two minutes earlier. */
const BRIDGED_HOUR = '61m59s999ms';

/**
 * What kube-state-metrics and cAdvisor know of containers beside usage: limit
 * and image at the end of the hour; starts of the last {@link STARTUP_SECONDS}
 * and this hour; restarts and kills for lack of memory, only where there were
 * any; seconds it ran, where that is less than the hour; share of CFS periods
 * that were throttled.
 */
export function containerStateQuery(select: Select, grid: Grid): string {
  const both = (metric: string) => [
    `kube_pod_container_${metric}`,
    `kube_pod_init_container_${metric}`,
  ];
  const said = (metric: string | string[], reason?: string) =>
    select(
      matching(
        metric,
        ...(reason
          ? [{ label: 'reason', operator: '=' as const, value: reason }]
          : []),
      ),
    );
  const state = (expression: string, more = '') =>
    `max by (namespace, pod, container${more}) (${unrenamed(
      expression,
      'namespace',
      'pod',
      'container',
    )})`;
  const ofHour = (selector: string) =>
    `last_over_time(${selector}[${HOUR_RANGE}])`;
  // Not `increase`: it extrapolates one restart to more or less than one.
  const grown = (selector: string) =>
    `${state(
      `max_over_time(${selector}[${BRIDGED_HOUR}]) - min_over_time(${selector}[${BRIDGED_HOUR}])`,
    )} > 0`;
  const limits = select(
    matching(both('resource_limits'), like('resource', 'cpu|memory')),
  );
  const restarts = said(both('status_restarts_total'));
  const killed = said(both('status_terminated_reason'), 'OOMKilled');
  const killedOver = (range: string) =>
    `${state(`max_over_time(${killed}${range})`)} > 0`;
  const running = state(`${grid.last(said(both('status_running')))}`);
  const increase = (metric: string) =>
    `increase(${select(cadvisor(metric))}[${BRIDGED_HOUR}])`;
  return together({
    limit: state(ofHour(limits), ', resource'),
    image: state(ofHour(said(both('info'))), ', image'),
    started: `${state(
      ofHour(said('kube_pod_container_state_started')),
    )} > (time() - ${3600 + STARTUP_SECONDS})`,
    restarts: grown(restarts),
    oom: `${state(
      ofHour(said(both('status_last_terminated_reason'), 'OOMKilled')),
    )} > 0`,
    // A container that is never restarted has no last reason, only its present one.
    'oom-ended': `(${killedOver(`[${HOUR_RANGE}]`)}) unless (${killedOver(
      `[${HOUR_RANGE}] offset 1h`,
    )})`,
    'oom-events': grown(select(cadvisor('container_oom_events_total'))),
    running: `(${grid.seconds(`${running} == 1`)}) < ${
      3600 - 2 * grid.stepSeconds
    }`,
    throttled: state(
      `${increase('container_cpu_cfs_throttled_periods_total')} / (${increase(
        'container_cpu_cfs_periods_total',
      )} > 0)`,
    ),
    'counts-restarts': `count(last_over_time(${restarts}[${HOUR_RANGE}]))`,
  });
}

/**
 * What cAdvisor says of each container's runs, at the end of each slot of five
 * minutes: the CPU counter as last read, and as first read where the slot before
 * has no reading; its rate; mean and highest working set; how many readings there were.
 */
export function usageQuery(select: Select): string {
  const cpu = select(cadvisor('container_cpu_usage_seconds_total'));
  const memory = select(cadvisor('container_memory_working_set_bytes'));
  const by = `max by (job, metrics_path, id, name, ${IDENTITY})`;
  const over = (aggregation: string, selector: string) =>
    `${by} (${aggregation}_over_time(${selector}[${SLOT_RANGE}]))`;
  return together({
    cpu: over('last', cpu),
    'cpu-first': `${over(
      'min',
      cpu,
    )} unless ${by} (last_over_time(${cpu}[${SLOT_RANGE}] offset 5m))`,
    'cpu-rate': `${by} (rate(${cpu}[${SLOT_RANGE}]))`,
    'cpu-seen': over('count', cpu),
    memory: over('avg', memory),
    'memory-peak': over('max', memory),
    'memory-seen': `${over(
      'count',
      memory,
    )} unless ${by} (last_over_time(${cpu}[${SLOT_RANGE}]))`,
  });
}

/** Labels of pods, and of their annotations the one that says what Fargate bills for. */
export function podLabelsQuery(select: Select): string {
  const labels = select(matching('kube_pod_labels'));
  const said = `sum without (uid, job, instance, endpoint, service) (count_over_time(${labels}[${HOUR_RANGE}]))`;
  const billed = BILLED_SIZE.map(label => {
    const annotations = select(
      matching('kube_pod_annotations', not(label, '')),
    );
    return `max by (namespace, pod, exported_namespace, exported_pod, ${label}) (count_over_time(${annotations}[${HOUR_RANGE}]))`;
  });
  return [said, ...billed].join(' or ');
}

/** Who owns what; owners don't change while an object lives, so one value a window will do. */
export function ownersQuery(select: Select, windowHours: number): string {
  const owners = (metric: string, object: string) => {
    const selector = select(matching(metric));
    return `max by (namespace, exported_namespace, ${object}, exported_${object}, owner_kind, owner_name, owner_is_controller) (last_over_time(${selector}[${windowHours}h]))`;
  };
  return together({
    pod: owners('kube_pod_owner', 'pod'),
    replicaset: owners('kube_replicaset_owner', 'replicaset'),
    replicationcontroller: owners(
      'kube_replicationcontroller_owner',
      'replicationcontroller',
    ),
    job: owners('kube_job_owner', 'job_name'),
  });
}

/**
 * Claims that are bound to a volume: seconds and mean size of each, class and
 * volume, and the seconds that fall to each pod that mounts it (together they
 * share an instant). Volumes: their capacity, and the seconds in which they
 * exist without a claim, which is paid as well.
 */
export function volumesQuery(select: Select, grid: Grid): string {
  const ofClaim = (metric: string, by: string, ...labels: string[]) =>
    `max by (${by}) (${unrenamed(
      grid.last(select(matching(metric))),
      'namespace',
      'persistentvolumeclaim',
      ...labels,
    )})`;
  const claim = 'namespace, persistentvolumeclaim';
  const waiting = `max by (${claim}) (${unrenamed(
    grid.last(
      select(
        matching(
          'kube_persistentvolumeclaim_status_phase',
          like('phase', 'Pending|Lost'),
        ),
      ),
    ),
    'namespace',
    'persistentvolumeclaim',
  )}) == 1`;
  const size = `${ofClaim(
    'kube_persistentvolumeclaim_resource_requests_storage_bytes',
    claim,
  )} unless on (${claim}) (${waiting})`;
  const info = select(matching('kube_persistentvolumeclaim_info'));
  const mounted = `${ofClaim(
    'kube_pod_spec_volumes_persistentvolumeclaims_info',
    `${claim}, pod`,
    'pod',
  )} and on (namespace, pod) (${placed(select, grid, 'namespace, pod')})`;
  const capacity = select(matching('kube_persistentvolume_capacity_bytes'));
  const volumeInfo = select(matching('kube_persistentvolume_info'));
  const unclaimed = `max by (persistentvolume) (${unrenamed(
    grid.last(
      select(
        matching(
          'kube_persistentvolume_status_phase',
          like('phase', 'Released|Available|Failed'),
        ),
      ),
    ),
    'persistentvolume',
  )}) == 1`;
  return together({
    seen: grid.seconds(size),
    size: grid.over('avg', size),
    class: `max by (${claim}, storageclass, volumename) (${unrenamed(
      `last_over_time(${info}[${HOUR_RANGE}])`,
      'namespace',
      'persistentvolumeclaim',
    )})`,
    mount: grid.integral(
      `(${mounted}) / on (${claim}) group_left count by (${claim}) (${mounted})`,
    ),
    'volume-capacity': `max by (persistentvolume) (last_over_time(${capacity}[${HOUR_RANGE}]))`,
    'volume-class': `max by (persistentvolume, storageclass) (last_over_time(${volumeInfo}[${HOUR_RANGE}]))`,
    'volume-unclaimed': grid.seconds(unclaimed),
  });
}

/** Nodes that report at an instant; one series. */
export function nodeCountQuery(select: Select): string {
  return `count(${select(matching('kube_node_info'))})`;
}
