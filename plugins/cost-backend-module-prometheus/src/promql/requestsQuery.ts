import { SLOT_RANGE, together, unrenamed } from './expressions';
import { Grid } from './Grid';
import { placed } from './places';
import { CHARGED_RESOURCES, like, matching, Select } from './selectors';

const OF_CONTAINER = ['namespace', 'pod', 'container'];

/**
 * What was requested, times the seconds it was, at the end of each slot of five
 * minutes: by containers, by init containers while they run, by the pod as a
 * whole, and on top by its sandbox; in units of the resource times seconds. And
 * the seconds each pod held a place on each node, each node was there, any container
 * ran on it, and a plain init container ran.
 */
export function requestsQuery(select: Select, grid: Grid): string {
  const charged = like('resource', CHARGED_RESOURCES);
  const place = placed(select, grid, 'namespace, pod');
  const said = (metric: string | string[], ...labels: string[]) =>
    unrenamed(grid.last(select(matching(metric))), ...labels);
  const ofContainer = (metric: string) =>
    `max by (namespace, pod, container, node, resource) (${unrenamed(
      grid.last(select(matching(metric, charged))),
      ...OF_CONTAINER,
      'node',
    )})`;
  const ofPod = (metric: string | string[], by = 'namespace, pod, resource') =>
    `max by (${by}) (${said(metric, 'namespace', 'pod')})`;
  const isPlaced = (expression: string) =>
    `(${expression}) and on (namespace, pod) (${place})`;
  const whilePlaced = (expression: string) =>
    grid.integralOfSlot(isPlaced(expression));
  const overhead = (metric: string, resource: string) =>
    `label_replace(${whilePlaced(
      ofPod(metric, 'namespace, pod'),
    )}, "resource", "${resource}", "", "")`;
  const reported = (metric: string) =>
    `count(last_over_time(${select(matching(metric))}[${SLOT_RANGE}]))`;
  return together({
    place: grid.secondsOfSlot(placed(select, grid, 'namespace, pod, node')),
    node: grid.secondsOfSlot(
      `max by (node) (${said('kube_node_info', 'node')})`,
    ),
    running: grid.secondsOfSlot(
      `max by (node) ((${placed(
        select,
        grid,
        'namespace, pod, node',
      )}) and on (namespace, pod) (max by (namespace, pod) (${said(
        'kube_pod_container_status_running',
        'namespace',
        'pod',
      )}) == 1))`,
    ),
    request: whilePlaced(ofContainer('kube_pod_container_resource_requests')),
    init: whilePlaced(
      `${ofContainer(
        'kube_pod_init_container_resource_requests',
      )} and on (namespace, pod, container) (${runningInit(select, grid)})`,
    ),
    'init-plain': grid.secondsOfSlot(isPlaced(plainInit(select, grid))),
    reserved: whilePlaced(ofPod('kube_pod_resource_request')),
    // Two names that were proposed to kube-state-metrics.
    spec: whilePlaced(
      ofPod(['kube_pod_resource_requests', 'kube_pod_spec_resource_requests']),
    ),
    overhead: `${overhead('kube_pod_overhead_cpu_cores', 'cpu')} or ${overhead(
      'kube_pod_overhead_memory_bytes',
      'memory',
    )}`,
    'counts-requests': reported('kube_pod_container_resource_requests'),
    'counts-init': reported('kube_pod_init_container_resource_requests'),
    'counts-init-running': reported('kube_pod_init_container_status_running'),
    'counts-init-ready': reported('kube_pod_init_container_status_ready'),
  });
}

/** A status of init containers that is true at an instant. */
function initStatus(select: Select, grid: Grid, metric: string): string {
  return `max by (${OF_CONTAINER.join(', ')}) (${unrenamed(
    grid.last(select(matching(metric))),
    ...OF_CONTAINER,
  )}) == 1`;
}

function runningInit(select: Select, grid: Grid): string {
  return initStatus(select, grid, 'kube_pod_init_container_status_running');
}

/**
 * Init containers that run and are no native sidecars. The kubelet calls a pod
 * Pending as long as a plain one runs, and such a one ready only when it has
 * ended; a sidecar is ready while it runs (KEP-753). Where phases are not
 * reported each of them counts as a sidecar, so none is free.
 */
function plainInit(select: Select, grid: Grid): string {
  const ready = initStatus(
    select,
    grid,
    'kube_pod_init_container_status_ready',
  );
  const pending = `max by (namespace, pod) (${unrenamed(
    grid.last(
      select(matching('kube_pod_status_phase', like('phase', 'Pending'))),
    ),
    'namespace',
    'pod',
  )}) == 1`;
  return `(${runningInit(
    select,
    grid,
  )}) unless (${ready}) and on (namespace, pod) (${pending})`;
}
