import { LabelMatcher } from '@headroom/plugin-clusters-node';
import { FRACTION_ANNOTATIONS } from '../observing/gpu/GpuFraction';
import { CLUSTER_LABELS, PROMETHEUS_LABEL } from './clusterLabels';
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

/** What tells one machine from another of the same name. */
const MACHINE_LABELS = ['system_uuid', 'provider_id'];

/** Labels of targets, not of nodes: several targets say together how long a node had its labels. */
const OF_TARGETS =
  'job, instance, endpoint, service, namespace, pod, container, uid, prometheus_replica, exported_node';

/**
 * Nodes: seconds each was there; its address and what its provider and its
 * firmware call the machine; seconds it had its labels, and those at the end of
 * the hour; its capacity at the end of its hour, and, where it changed, the
 * lowest, the highest and the mean. Seconds in which its kubelet was not heard
 * of, in which it was two machines at once, and in which each cluster, by labels
 * that name one, told of any.
 */
export function nodesQuery(select: Select, grid: Grid): string {
  const told = (...matchers: LabelMatcher[]) =>
    unrenamed(
      grid.last(select(matching('kube_node_info', ...matchers))),
      'node',
    );
  const labels = select(matching('kube_node_labels'));
  // What is NaN says nothing: other instants of the hour do.
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
  )}) >= 0`;
  const [lowest, highest] = [
    grid.over('min', capacity),
    grid.over('max', capacity),
  ];
  const infos = unrenamed(
    `last_over_time(${select(matching('kube_node_info'))}[${HOUR_RANGE}])`,
    'node',
  );
  // An older exporter says no such label, which is no other machine.
  const twice = MACHINE_LABELS.map(
    label =>
      `count by (node) (count by (node, ${label}) (${told(
        not(label, ''),
      )})) > 1`,
  );
  const unheard = unrenamed(
    grid.last(
      select(
        matching(
          'kube_node_status_condition',
          { label: 'condition', operator: '=', value: 'Ready' },
          { label: 'status', operator: '=', value: 'unknown' },
        ),
      ),
    ),
    'node',
  );
  return together({
    seen: grid.seconds(`max by (node) (${told()})`),
    unheard: grid.seconds(`max by (node) (${unheard}) == 1`),
    twice: grid.seconds(twice.join(' or ')),
    clusters: grid.seconds(
      `count by (${[...CLUSTER_LABELS, PROMETHEUS_LABEL].join(
        ', ',
      )}) (${told()})`,
    ),
    machine: `max by (node, internal_ip, provider_id, system_uuid) (${infos})`,
    labels: grid.seconds(
      `max without (${OF_TARGETS}) (${unrenamed(grid.last(labels), 'node')})`,
    ),
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
 * has no reading; its rate; mean and highest working set, and whether it once read
 * 0; how many readings there were.
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
    'memory-zero': `${over('min', memory)} == 0`,
    'memory-seen': `${over(
      'count',
      memory,
    )} unless ${by} (last_over_time(${cpu}[${SLOT_RANGE}]))`,
  });
}

/** Labels of pods, and of their annotations those that say what Fargate bills for and which part of a GPU KAI gives. */
export function podLabelsQuery(select: Select): string {
  const labels = select(matching('kube_pod_labels'));
  const said = `sum without (uid, job, instance, endpoint, service) (count_over_time(${labels}[${HOUR_RANGE}]))`;
  const billed = BILLED_SIZE.map(label => {
    const annotations = select(
      matching('kube_pod_annotations', not(label, '')),
    );
    return `max by (namespace, pod, exported_namespace, exported_pod, ${label}) (count_over_time(${annotations}[${HOUR_RANGE}]))`;
  });
  const { share, memory } = FRACTION_ANNOTATIONS;
  const fractions = [share, memory].map(label => {
    const annotations = select(
      matching('kube_pod_annotations', not(label, '')),
    );
    return `max by (namespace, pod, exported_namespace, exported_pod, ${Object.values(
      FRACTION_ANNOTATIONS,
    ).join(', ')}) (count_over_time(${annotations}[${HOUR_RANGE}]))`;
  });
  return [said, ...billed, ...fractions].join(' or ');
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

/** Nodes that report at an instant; one series. */
export function nodeCountQuery(select: Select): string {
  return `count(${select(matching('kube_node_info'))})`;
}
