import { CheckFinding, ClusterCheckEvent } from '@headroom/common';

const FOUND: CheckFinding[] = [
  {
    id: 'answers',
    severity: 'right',
    sentence: 'Prometheus answers, in 12 ms.',
  },
  {
    id: 'pod-labels',
    severity: 'missing',
    sentence: 'Prometheus has no labels of pods.',
    effect: 'Services are found by rules of the configuration alone.',
    mend: {
      where: 'Arguments of kube-state-metrics',
      line: '--metric-labels-allowlist=pods=[*],nodes=[*]',
    },
  },
  {
    id: 'exporters',
    severity: 'note',
    sentence: 'Nodes are reported 2.0 times each.',
    effect: 'Nothing counts twice.',
  },
  {
    id: 'no-kube_pod_status_phase',
    severity: 'wrong',
    sentence: 'There is no series kube_pod_status_phase.',
    effect: 'Pods that have ended are charged as if they ran.',
    mend: {
      where: 'Values of kube-prometheus-stack',
      line: 'kube-state-metrics:\n  metricDenylist: []',
    },
  },
];

/** A check that found something of everything. */
export function clusterCheck(
  found: CheckFinding[] = FOUND,
): ClusterCheckEvent[] {
  return [
    {
      type: 'started',
      cluster: 'us-west',
      title: 'US West',
      source: 'prometheus',
      simulated: false,
      at: '2026-10-05T11:00:00.000Z',
    },
    {
      type: 'asking',
      subject: 'source',
      question: 'Which targets are scraped?',
    },
    ...found.map(
      (finding): ClusterCheckEvent => ({
        type: 'finding',
        subject: 'source',
        finding,
      }),
    ),
    { type: 'finished', at: '2026-10-05T11:00:07.000Z' },
  ];
}
