import { SourceProblem } from '@headroom/common';
import {
  NodeHour,
  podPlatformOf,
  wordPrometheus,
} from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';
import { MISSING, MissingCode } from '../series/codes';
import { mendText, missingText } from '../series/mends';
import { HourUsage } from './usage/containerUsage';
import { SilentNode } from './usage/silentNodes';

const ALLOWLIST_FLAG = '--metric-labels-allowlist=pods=[*],nodes=[*]';
const ALLOWLIST = `Start kube-state-metrics with ${ALLOWLIST_FLAG}.`;

/** A scrape or two that failed change an amount less than other errors do. */
const WHOLE_SHARE = 0.95;

/** Says when an exporter was scraped for a part of an hour. */
export function reportScraped(
  problems: Problems,
  hour: string,
  exporter: string,
  seconds: number,
): void {
  if (seconds < HOUR_SECONDS) {
    problems.add(
      {
        code: 'partial-hour',
        severity: seconds < WHOLE_SHARE * HOUR_SECONDS ? 'warning' : 'info',
        hour,
      },
      `${exporter} ${Math.round(seconds / 60)} of 60 minutes`,
      subjects =>
        `Not all of this hour was scraped, and only what was seen is charged: ${subjects}. The series up of these targets says when a scrape failed, and its absence when Prometheus itself did not run.`,
    );
  }
}

/**
 * Says that a series is missing in an hour that money depends on.
 *
 * @param of - `subject`: what it is missing of, where it is not missing
 * altogether; `excuse`: when that is right
 */
export function reportMissing(
  problems: Problems,
  hour: string,
  code: MissingCode,
  { subject, excuse }: { subject?: string; excuse?: string } = {},
): void {
  const series = MISSING[code];
  problems.add(
    { code, severity: excuse ? 'info' : 'warning', hour },
    subject ?? series,
    subjects =>
      `Prometheus has no series ${series}${
        subject === undefined ? '' : ` of ${subjects}`
      } in this hour${
        excuse ? `, which is right if ${excuse}` : ''
      }. ${missingText(code)}`,
  );
}

/**
 * Says on which nodes containers ran while their cAdvisor was silent; a remark where
 * usage decides no amount.
 */
export function reportSilentNode(
  problems: Problems,
  hour: string,
  { node, ranSeconds, seenSeconds }: SilentNode,
  severity: SourceProblem['severity'],
): void {
  const minutes = (seconds: number) => Math.round(seconds / 60);
  const mend =
    'Is /metrics/cadvisor of each kubelet scraped, and the target up? The series up of it says when a scrape failed';
  if (seenSeconds === 0) {
    problems.add(
      { code: 'node-unmeasured', severity, hour },
      node,
      subjects =>
        `cAdvisor says nothing of nodes on which containers ran, so usage there is unknown and requests are charged: ${subjects}. ${mend}`,
    );
    return;
  }
  problems.add(
    { code: 'no-usage-of-node', severity, hour },
    `${node} (${minutes(seenSeconds)} of ${minutes(ranSeconds)} minutes)`,
    subjects =>
      `cAdvisor was read for a part of the time that containers ran on these nodes, so usage in the rest is unknown and requests are charged for it: ${subjects}. ${mend}`,
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
    problems.say(
      { code: 'no-pod-labels', severity: 'warning', hour },
      'kube_pod_labels',
      () => wordPrometheus('noPodLabels', { flag: ALLOWLIST_FLAG }),
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
        `kube_node_labels doesn't say the instance type of some nodes, so their prices are those of last resort, unless the Kubernetes API tells it: ${subjects}. ${ALLOWLIST}`,
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
      `kube_node_status_capacity says nothing of some nodes in this hour, so they have no price, and neither they nor their pods are charged: ${subjects}. ${mendText(
        'kube_node_status_capacity',
      )}`,
  );
}

/** A pod that is listed no longer than this where its node is gone is about to be collected. */
const ABOUT_TO_GO = 600;

/** Says that a pod was seen by cAdvisor alone, or is listed on a node that is not. */
export function reportNoNode(
  problems: Problems,
  hour: string,
  pod: string,
  { node, seconds }: { node: string; seconds: number },
): void {
  const severity = seconds > ABOUT_TO_GO ? 'warning' : 'info';
  if (node) {
    problems.add(
      { code: 'pod-without-node', severity, hour },
      pod,
      subjects =>
        `Some pods are listed on nodes that kube_node_info does not know in this hour, so nothing is charged for them: ${subjects}. That is right where the node was deleted; else let kube-state-metrics tell of all nodes, each shard of it be scraped, and no matcher leave them out.`,
    );
  } else {
    problems.add(
      { code: 'pod-without-node', severity, hour },
      pod,
      subjects =>
        `cAdvisor sees pods that kube_pod_info does not know in this hour, so it is unknown where they ran and nothing is charged for them: ${subjects}. Let kube-state-metrics tell of their namespaces (--namespaces, --namespaces-denylist), each shard of it be scraped, and no metricRelabelings drop them.`,
    );
  }
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
