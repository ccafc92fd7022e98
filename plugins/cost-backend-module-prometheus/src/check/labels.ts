import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding, CheckMend } from '@headroom/common';
import { kubernetesLabels } from '../reading/labels';
import { countText, listText } from '../reading/text';
import { Parts } from './parts';
import { LINK_LABELS, wantedPart } from './questions';

/** The argument without which kube-state-metrics says no labels at all. */
export const ALLOWLIST: CheckMend = {
  where: 'Arguments of kube-state-metrics',
  line: '--metric-labels-allowlist=pods=[*],nodes=[*]',
};

/** Whether workloads can find their service by the labels of their pods. */
export function checkPodLabels(series: PrometheusSeries[]): CheckFinding {
  const parts = Parts.read(series);
  const pods = parts.number('pods');
  const id = 'pod-labels';
  if (!isLabelled(parts)) {
    return {
      id,
      severity: 'missing',
      sentence: 'Prometheus has no labels of pods.',
      effect:
        'Services are found by the labels that the Kubernetes API has of workloads, where Headroom may read it; else by rules of the configuration alone, and the rest is Unallocated.',
      mend: ALLOWLIST,
    };
  }
  const counts = Object.keys(LINK_LABELS).map(key => ({
    key,
    count: parts.number(key),
  }));
  const found = counts.filter(({ count }) => count > 0);
  if (found.length === 0) {
    return {
      id,
      severity: 'note',
      sentence: `Prometheus has labels of pods, but none of ${listText(
        counts.map(({ key }) => key),
      )}.`,
      effect:
        'Services are found by other labels only: those that catalog entries name in backstage.io/kubernetes-label-selector, or rules do.',
      mend: {
        where: 'metadata.annotations of a Component in the catalog',
        line: "backstage.io/kubernetes-label-selector: 'LABEL=VALUE'",
      },
    };
  }
  return {
    id,
    severity: 'right',
    sentence: `Prometheus has labels of pods: ${listText(
      found.map(({ key, count }) => `${key} of ${count}`),
    )} of ${countText(pods, 'pod')}.`,
  };
}

/** Whether pods show the labels that configured links need; none at all is said already. */
export function checkLinkLabels(
  series: PrometheusSeries[],
  wanted: readonly string[],
): CheckFinding[] {
  const parts = Parts.read(series);
  if (wanted.length === 0 || !isLabelled(parts)) {
    return [];
  }
  const counts = wanted.map((key, index) => ({
    key,
    count: parts.number(wantedPart(index)),
  }));
  const absent = counts.filter(({ count }) => count === 0);
  const id = 'link-labels';
  if (absent.length === 0) {
    return [
      {
        id,
        severity: 'right',
        sentence: `Prometheus has the labels that configured links name: ${listText(
          counts.map(
            ({ key, count }) => `${key} of ${countText(count, 'pod')}`,
          ),
        )}.`,
      },
    ];
  }
  const keys = absent.map(({ key }) => key);
  return [
    {
      id,
      severity: 'missing',
      sentence: `Prometheus has no pod with the label${
        keys.length === 1 ? '' : 's'
      } ${listText(
        keys,
      )} that headroom.cost.ownerLabels or headroom.cost.links name.`,
      effect:
        'Links by them hold only where Headroom may read the labels that the Kubernetes API has of workloads; else what they are meant for belongs to nobody, unless something else links it.',
      mend: {
        where:
          'Arguments of kube-state-metrics, beside the keys it allows already; or correct the key where it is named',
        line: `--metric-labels-allowlist=pods=[${keys.join(',')}]`,
      },
    },
  ];
}

function isLabelled(parts: Parts): boolean {
  return parts
    .of('example')
    .some(({ labels }) => Object.keys(kubernetesLabels(labels)).length > 0);
}
