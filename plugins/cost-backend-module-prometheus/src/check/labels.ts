import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { WordedFinding, WordedMend, wordAll } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { kubernetesLabels } from '../reading/labels';
import { counted } from './counted';
import { Parts } from './parts';
import { LINK_LABELS, wantedPart } from './questions';

/** The argument without which kube-state-metrics says no labels at all. */
export const ALLOWLIST: WordedMend = {
  where: word('stateMetricsArguments'),
  line: '--metric-labels-allowlist=pods=[*],nodes=[*]',
};

/** Whether workloads can find their service by the labels of their pods. */
export function checkPodLabels(series: PrometheusSeries[]): WordedFinding {
  const parts = Parts.read(series);
  const pods = parts.number('pods');
  const id = 'pod-labels';
  if (!isLabelled(parts)) {
    return {
      id,
      severity: 'missing',
      sentence: word('podLabelsAbsent'),
      effect: word('podLabelsAbsentEffect'),
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
      sentence: word('podLabelsOther', {
        labels: wordAll(counts.map(({ key }) => key)),
      }),
      effect: word('podLabelsOtherEffect'),
      mend: {
        where: word('podLabelsOtherWhere'),
        line: "backstage.io/kubernetes-label-selector: 'LABEL=VALUE'",
      },
    };
  }
  return {
    id,
    severity: 'right',
    sentence: word('podLabels', {
      labels: wordAll(
        found.map(({ key, count }) =>
          word('podsWith', { label: key, pods: count }),
        ),
      ),
      pods: counted('pods', pods),
    }),
  };
}

/** Whether pods show the labels that configured links need; none at all is said already. */
export function checkLinkLabels(
  series: PrometheusSeries[],
  wanted: readonly string[],
): WordedFinding[] {
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
        sentence: word('linkLabels', {
          labels: wordAll(
            counts.map(({ key, count }) =>
              word('podsWith', { label: key, pods: counted('pods', count) }),
            ),
          ),
        }),
      },
    ];
  }
  const keys = absent.map(({ key }) => key);
  return [
    {
      id,
      severity: 'missing',
      sentence: word('linkLabelsAbsent', {
        count: keys.length,
        labels: wordAll(keys),
      }),
      effect: word('linkLabelsAbsentEffect'),
      mend: {
        where: word('linkLabelsAbsentWhere'),
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
