import { SourceProblem } from '@headroom/common';
import { NodeHour, podPlatformOf } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { HourUsage } from './usage/containerUsage';

const ALLOWLIST =
  'start kube-state-metrics with --metric-labels-allowlist=pods=[*],nodes=[*]';

/** A scrape or two that failed change an amount less than other errors do. */
const WHOLE_SHARE = 0.95;

/** Says when an exporter was scraped for a part of an hour, or not at all. */
export function reportScraped(
  problems: Problems,
  hour: string,
  exporter: string,
  seconds: number,
): void {
  if (seconds === 0) {
    problems.add(
      { code: 'no-usage', severity: 'warning', hour },
      exporter,
      subjects =>
        `There is nothing from ${subjects} in this hour: usage is unknown, requests are charged`,
    );
  } else if (seconds < HOUR_SECONDS) {
    problems.add(
      {
        code: 'partial-hour',
        severity: seconds < WHOLE_SHARE * HOUR_SECONDS ? 'warning' : 'info',
        hour,
      },
      `${exporter} ${Math.round(seconds / 60)} of 60 minutes`,
      subjects =>
        `Not all of this hour was scraped, and only what was seen is charged: ${subjects}. The series up of these targets says when a scrape failed`,
    );
  }
}

/** Series that money depends on: what their absence does to it, and what mends it. */
const SERIES = {
  'no-nodes': {
    series: 'kube_node_info',
    effect:
      'pods are seen, but what they ran on is unknown, so nothing is charged and the hour is a gap',
  },
  'no-pods': {
    series: 'kube_pod_info',
    effect: 'who ran where is unknown, so nodes are charged to nobody',
  },
  'no-requests': {
    series: 'kube_pod_container_resource_requests',
    effect:
      'reservations are unknown, so only usage is charged, idle is too large and GPUs are given to nobody',
  },
  'no-init-status': {
    series: 'kube_pod_init_container_status_running',
    effect:
      'it is unknown when init containers and native sidecars run, so what they request is charged to nobody',
  },
  'no-init-ready': {
    series: 'kube_pod_init_container_status_ready',
    effect:
      'a native sidecar of a pod that is still pending can not be told from a plain init container, so only what it requests beyond the main ones is charged',
  },
  'no-phases': {
    series: 'kube_pod_status_phase',
    effect:
      'pods that have succeeded or failed but are still listed are charged as if they ran',
  },
} as const;

/** Says that a series of kube-state-metrics is missing in an hour. */
export function reportMissing(
  problems: Problems,
  hour: string,
  code: keyof typeof SERIES,
): void {
  const { series, effect } = SERIES[code];
  problems.add(
    { code, severity: 'warning', hour },
    series,
    subjects =>
      `Prometheus has no series ${subjects}: ${effect}. Take it out of kube-state-metrics' --metric-denylist and of metricRelabelings that drop it, and keep what it is about in --resources`,
  );
}

/** Says which nodes ran pods while their cAdvisor said nothing. */
export function reportSilentNode(
  problems: Problems,
  hour: string,
  node: string,
): void {
  problems.add(
    { code: 'no-usage-of-node', severity: 'warning', hour },
    node,
    subjects =>
      `cAdvisor says nothing of nodes that others see pods on, so usage there is unknown and requests are charged: ${subjects}. Is /metrics/cadvisor of each kubelet scraped?`,
  );
}

/** Says which readings of a container's usage were left out, and what was taken in their place. */
export function reportSetAside(
  problems: Problems,
  hour: string,
  container: string,
  { setAside: { tooHigh, tooLow }, coreSeconds, byteSeconds }: HourUsage,
): void {
  const effect =
    coreSeconds && byteSeconds
      ? 'these readings were set aside and the mean of the others was taken'
      : 'these readings were set aside; there are no others in this hour, so what was used is unknown and requests are charged';
  const add = (reading: string) =>
    problems.add(
      { code: 'usage-impossible', severity: 'warning', hour },
      container,
      subjects => `cAdvisor reads ${reading}, so ${effect}: ${subjects}`,
    );
  if (tooHigh > 0) {
    add('more than the node has');
  }
  if (tooLow > 0) {
    add('0 of containers that run, or a counter below what it was');
  }
}

/** Says which labels are missing in an hour that links and prices depend on. */
export function reportLabels(
  problems: Problems,
  hour: string,
  nodes: NodeHour[],
  podLabelsReported: boolean,
): void {
  if (!podLabelsReported) {
    problems.add(
      { code: 'no-pod-labels', severity: 'warning', hour },
      'kube_pod_labels',
      () =>
        `kube_pod_labels has no labels, so workloads can only be linked by rules: ${ALLOWLIST}`,
    );
  }
  // What is billed by its pods needs no type.
  const unknown = nodes.filter(
    node => !node.instanceType && !podPlatformOf(node),
  );
  for (const { node } of unknown) {
    problems.add(
      { code: 'no-instance-type', severity: 'warning', hour },
      node,
      subjects =>
        `kube_node_labels doesn't say the instance type, so prices are those of last resort: ${subjects}; ${ALLOWLIST}`,
    );
  }
}

/** Says that a node's capacity isn't known. */
export function reportNoCapacity(
  problems: Problems,
  hour: string,
  node: string,
): void {
  problems.add(
    { code: 'node-without-capacity', severity: 'error', hour },
    node,
    subjects =>
      `kube_node_status_capacity says nothing of nodes, so they can't be priced: ${subjects}`,
  );
}

/** Says that a pod ran on a node that isn't known. */
export function reportNoNode(
  problems: Problems,
  hour: string,
  pod: string,
): void {
  problems.add(
    { code: 'pod-without-node', severity: 'warning', hour },
    pod,
    subjects =>
      `Pods ran where no node is known: ${subjects}; is kube_pod_info complete?`,
  );
}

/** Boards that KAI reserves, while nobody tells for whom: they are charged to the pod that reserves them. */
export function reportUntoldFractions(
  problems: Problems,
  hour: string,
  nodes: readonly string[],
): void {
  for (const node of nodes) {
    problems.add(
      { code: 'gpu-fractions-untold', severity: 'warning', hour },
      node,
      subjects =>
        `KAI shares GPUs and no pod's share is known, so the pods that reserve them are charged for all of them; kube-state-metrics shows the shares with --metric-annotations-allowlist=pods=[gpu-fraction,gpu-memory,gpu-fraction-num-devices,gpu-fraction-container-name] and whose board it is with --metric-labels-allowlist=pods=[runai-gpu-group], and nvidia.com/gpu.memory of nodes tells what a share by memory is: ${subjects}`,
    );
  }
}

/** Passes on what the layout of a node's GPUs leaves open. */
export function reportLayout(
  problems: Problems,
  hour: string,
  node: string,
  found: ReadonlyArray<Pick<SourceProblem, 'code' | 'message'>>,
): void {
  for (const { code, message } of found) {
    problems.add(
      { code, severity: 'warning', hour },
      node,
      subjects => `${message}: ${subjects}`,
    );
  }
}
