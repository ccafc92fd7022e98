import { SLOT_SECONDS } from '@headroom/plugin-cost-common';
import { anyOf, LabelMatcher, Selector } from '@headroom/plugin-clusters-node';
import { bridgedHourRange, HOUR_RANGE, together } from './expressions';

export type Select = (selector: Selector) => string;

/** Resources of `kube_pod_container_resource_requests` and node capacities that are charged. */
const CHARGED_RESOURCES =
  'cpu|memory|nvidia_com_gpu|nvidia_com_gpu_shared|nvidia_com_mig_.*|amd_com_gpu|gpu_intel_com_(i915|xe)';

/** Workload labels, plain and as Prometheus renames them when a target has its own. */
export const IDENTITY =
  'namespace, pod, container, exported_namespace, exported_pod, exported_container';

/** How long after its start a container still starts. */
const STARTUP_SECONDS = 600;

export function matching(
  metric: string | string[],
  ...matchers: LabelMatcher[]
): Selector {
  return { metric, matchers };
}

function like(label: string, value: string): LabelMatcher {
  return { label, operator: '=~', value };
}

function not(label: string, value: string): LabelMatcher {
  return { label, operator: '!=', value };
}

/** Containers as cAdvisor reports them: neither pod sandboxes nor cgroups above. */
function cadvisor(metric: string, jobs?: string[]): Selector {
  return matching(
    metric,
    { label: 'container', operator: '!~', value: '|POD' },
    ...(metric.startsWith('container_cpu') ? [like('cpu', '|total')] : []),
    ...(jobs ? [like('job', anyOf(jobs))] : []),
  );
}

/** One series a running container and scrape job, whatever else the target's labels say. */
function byContainer(expression: string): string {
  return `max by (job, id, name, ${IDENTITY}) (${expression})`;
}

/**
 * Nodes: scrapes that saw each, by kube-state-metrics instance; their labels;
 * their capacity.
 */
export function nodesQuery(select: Select): string {
  const info = select(matching('kube_node_info'));
  const labels = select(matching('kube_node_labels'));
  const capacity = select(
    matching('kube_node_status_capacity', like('resource', CHARGED_RESOURCES)),
  );
  return together({
    seen: `sum without (kernel_version, os_image, container_runtime_version, kubelet_version, kubeproxy_version, provider_id, pod_cidr, system_uuid, internal_ip) (count_over_time(${info}[${HOUR_RANGE}]))`,
    labels: `count_over_time(${labels}[${HOUR_RANGE}])`,
    capacity: `max by (node, exported_node, resource) (max_over_time(${capacity}[${HOUR_RANGE}]))`,
  });
}

/** Scrapes that saw each pod bound to a node, by kube-state-metrics instance. */
export function podsQuery(select: Select): string {
  const info = select(matching('kube_pod_info', not('node', '')));
  return `sum without (uid, host_ip, pod_ip, priority_class, host_network) (count_over_time(${info}[${HOUR_RANGE}]))`;
}

/** Scrapes that saw each pod hold its resources (not completed), by kube-state-metrics instance. */
export function phasesQuery(select: Select): string {
  const phase = select(
    matching('kube_pod_status_phase', like('phase', 'Pending|Running|Unknown')),
  );
  return `sum without (uid, phase) (sum_over_time(${phase}[${HOUR_RANGE}])) > 0`;
}

/**
 * What kube-state-metrics and cAdvisor know of containers beside usage: mean
 * request of each resource while it was there; limit and image at the end of
 * the hour; starts of the last {@link STARTUP_SECONDS} and this hour; restarts
 * and kills for lack of memory, only where there were any; share of CFS periods
 * that were throttled.
 *
 * @param intervalSeconds - the longest scrape interval
 */
export function containerStateQuery(
  select: Select,
  intervalSeconds: number,
): string {
  const ksm = (metric: string, ...matchers: LabelMatcher[]) =>
    select(matching(metric, ...matchers));
  const charged = like('resource', CHARGED_RESOURCES);
  const state = (expression: string) => `max by (${IDENTITY}) (${expression})`;
  const bridged = bridgedHourRange(intervalSeconds);
  // Not `increase`: it extrapolates one restart to more or less than one.
  const grown = (selector: string) =>
    `${state(
      `max_over_time(${selector}[${bridged}]) - min_over_time(${selector}[${bridged}])`,
    )} > 0`;
  const restarts = ksm('kube_pod_container_status_restarts_total');
  const increase = (metric: string) =>
    `increase(${select(cadvisor(metric))}[${bridged}])`;
  return together({
    request: `max by (${IDENTITY}, node, exported_node, resource) (avg_over_time(${ksm(
      'kube_pod_container_resource_requests',
      charged,
    )}[${HOUR_RANGE}]))`,
    limit: `max by (${IDENTITY}, resource) (last_over_time(${ksm(
      'kube_pod_container_resource_limits',
      like('resource', 'cpu|memory'),
    )}[${HOUR_RANGE}]))`,
    image: `max by (${IDENTITY}, image) (last_over_time(${ksm(
      'kube_pod_container_info',
    )}[${HOUR_RANGE}]))`,
    started: `${state(
      `last_over_time(${ksm(
        'kube_pod_container_state_started',
      )}[${HOUR_RANGE}])`,
    )} > (time() - ${3600 + STARTUP_SECONDS})`,
    restarts: grown(restarts),
    oom: `${state(
      `last_over_time(${ksm(
        'kube_pod_container_status_last_terminated_reason',
        {
          label: 'reason',
          operator: '=',
          value: 'OOMKilled',
        },
      )}[${HOUR_RANGE}])`,
    )} > 0`,
    'oom-events': grown(select(cadvisor('container_oom_events_total'))),
    throttled: state(
      `${increase('container_cpu_cfs_throttled_periods_total')} / (${increase(
        'container_cpu_cfs_periods_total',
      )} > 0)`,
    ),
    'counts-restarts': `count(${restarts})`,
  });
}

/**
 * Five-minute samples of each container at the end of each slot: mean cores and
 * highest working set, whichever job or cgroup says more.
 *
 * @param intervalSeconds - the longest scrape interval: a rate wants two readings
 */
export function samplesQuery(select: Select, intervalSeconds: number): string {
  const cpu = select(cadvisor('container_cpu_usage_seconds_total'));
  const memory = select(cadvisor('container_memory_working_set_bytes'));
  const rated = Math.max(SLOT_SECONDS, Math.ceil(2.5 * intervalSeconds));
  const highest = Math.max(SLOT_SECONDS, Math.ceil(intervalSeconds));
  return together({
    cpu: `max by (${IDENTITY}) (rate(${cpu}[${rated}s]))`,
    memory: `max by (${IDENTITY}) (max_over_time(${memory}[${highest}s]))`,
  });
}

export function podLabelsQuery(select: Select): string {
  const labels = select(matching('kube_pod_labels'));
  return `sum without (uid, job, instance, endpoint, service) (count_over_time(${labels}[${HOUR_RANGE}]))`;
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
    job: owners('kube_job_owner', 'job_name'),
  });
}

/** Claims: size, scrapes that saw each, storage class, and who mounts them. */
export function volumesQuery(select: Select): string {
  const size = select(
    matching('kube_persistentvolumeclaim_resource_requests_storage_bytes'),
  );
  const info = select(matching('kube_persistentvolumeclaim_info'));
  const mounts = select(
    matching('kube_pod_spec_volumes_persistentvolumeclaims_info'),
  );
  const claim =
    'namespace, exported_namespace, persistentvolumeclaim, exported_persistentvolumeclaim';
  return together({
    seen: `count_over_time(${size}[${HOUR_RANGE}])`,
    size: `max by (${claim}) (avg_over_time(${size}[${HOUR_RANGE}]))`,
    class: `max by (${claim}, storageclass) (count_over_time(${info}[${HOUR_RANGE}]))`,
    mount: `max by (${claim}, pod, exported_pod) (count_over_time(${mounts}[${HOUR_RANGE}]))`,
  });
}

/** Scrapes that saw each container, by scrape job. */
export function containersQuery(select: Select): string {
  const cpu = select(cadvisor('container_cpu_usage_seconds_total'));
  return byContainer(`count_over_time(${cpu}[${HOUR_RANGE}])`);
}

/** When each container's CPU counter was last read, at each end of an hour. */
export function lastReadQuery(select: Select): string {
  const cpu = select(cadvisor('container_cpu_usage_seconds_total'));
  return byContainer(`timestamp(${cpu})`);
}

/**
 * What each CPU counter grew by since the last sample before the hour: `grown`
 * is exact where the counter was not reset; `reset` is Prometheus' increase
 * where it was. Not `increase` alone: it extrapolates.
 *
 * @param jobsByInterval - scrape jobs by their interval in seconds; one entry
 * with no jobs means every job.
 */
export function cpuQuery(
  select: Select,
  jobsByInterval: Map<number, string[]>,
): string {
  const entries = [...jobsByInterval];
  return together(
    Object.fromEntries(
      entries.flatMap(([interval, jobs], index) => {
        const cpu = select(
          cadvisor(
            'container_cpu_usage_seconds_total',
            entries.length > 1 ? jobs : undefined,
          ),
        );
        const range = `${cpu}[${bridgedHourRange(interval)}]`;
        return [
          [
            `grown-${index}`,
            byContainer(`max_over_time(${range}) - min_over_time(${range})`),
          ],
          [
            `reset-${index}`,
            byContainer(`increase(${range}) and (resets(${range}) > 0)`),
          ],
        ];
      }),
    ),
  );
}

/** Mean working set of each container while it was there. */
export function memoryQuery(select: Select): string {
  const memory = select(cadvisor('container_memory_working_set_bytes'));
  return byContainer(`avg_over_time(${memory}[${HOUR_RANGE}])`);
}

/** Timestamps of the scrapes of these jobs in one hour, as raw samples of `up`. */
export function scrapesQuery(select: Select, jobs: string[]): string {
  return `${select(matching('up', like('job', anyOf(jobs))))}[1h]`;
}

/** Nodes that report at an instant; one series. */
export function nodeCountQuery(select: Select): string {
  return `count(${select(matching('kube_node_info'))})`;
}
