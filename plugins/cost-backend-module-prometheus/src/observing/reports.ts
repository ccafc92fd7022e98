import { NodeHour } from '@headroom/plugin-cost-common';
import { HOUR_SECONDS } from '../reading/HourWindow';
import { Problems } from '../reading/Problems';

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
        `Not all of this hour was scraped, and only what was seen is charged: ${subjects}`,
    );
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
  for (const { node } of nodes.filter(({ instanceType }) => !instanceType)) {
    problems.add(
      { code: 'no-instance-type', severity: 'warning', hour },
      node,
      subjects =>
        `kube_node_labels doesn't say the instance type, so prices are those of last resort: ${subjects}; ${ALLOWLIST}`,
    );
  }
}
