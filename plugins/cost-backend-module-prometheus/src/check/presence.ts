import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { countText, listText } from '../reading/text';
import { CADVISOR, KUBE_STATE_METRICS, mendOf } from '../series/mends';
import { STORAGE_SERIES } from '../series/storageSeries';
import { CADVISOR_SERIES } from '../series/usageSeries';
import { WantedSeries } from '../series/WantedSeries';
import { Parts, valueOf } from './parts';
import { OLD_NAMES } from './questions';

/** Names of the series of a `count by (__name__)`. */
export function namesOf(series: PrometheusSeries[]): Set<string> {
  return new Set(
    series
      .filter(each => valueOf(each) > 0)
      .map(({ labels }) => labels.__name__ ?? ''),
  );
}

/**
 * What kube-state-metrics says, and what it doesn't. All of it missing is one
 * finding, not twenty.
 */
export function checkObjects(
  present: Set<string>,
  wanted: WantedSeries[],
): CheckFinding[] {
  // OpenCost's own exporter has the old names beside the new ones.
  const isOld = [...OLD_NAMES].some(
    ([old, name]) => present.has(old) && !present.has(name),
  );
  if (isOld) {
    return [
      {
        id: 'old-kube-state-metrics',
        severity: 'wrong',
        sentence:
          'kube-state-metrics is older than 2.0: requests and capacities have names that are not read.',
        effect: 'Nothing of them can be charged.',
        mend: {
          where: 'The image of kube-state-metrics',
          line: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.13.0',
        },
      },
    ];
  }
  if (!wanted.some(({ name }) => present.has(name))) {
    return [
      {
        id: 'no-kube-state-metrics',
        severity: 'wrong',
        sentence:
          'Nothing comes from kube-state-metrics: it is not there, or not scraped.',
        effect:
          'What runs where, what it reserves and what nodes have is not known, so there are no costs at all.',
        mend: KUBE_STATE_METRICS,
      },
    ];
  }
  return [
    ...absent(wanted, present, 'kube-state-metrics says'),
    ...checkStorage(present),
  ];
}

/** None of the series of storage is a cluster without storage, as a rule. */
function checkStorage(present: Set<string>): CheckFinding[] {
  if (STORAGE_SERIES.some(({ name }) => present.has(name))) {
    return absent(
      STORAGE_SERIES,
      present,
      'Of storage, kube-state-metrics says',
    );
  }
  return [
    {
      id: 'no-storage',
      severity: 'note',
      sentence: 'There are no series of claims or volumes.',
      effect:
        'No storage is charged, which is right if the cluster has no persistent volumes.',
      mend: mendOf(STORAGE_SERIES),
    },
  ];
}

/** What cAdvisor says of containers, and who scrapes it. */
export function checkUsage(series: PrometheusSeries[]): CheckFinding[] {
  const parts = Parts.read(series);
  const present = namesOf(parts.of('named'));
  const read = CADVISOR_SERIES.filter(({ severity }) => severity === 'wrong');
  if (!read.some(({ name }) => present.has(name))) {
    return [
      parts.number('unnamed') > 0
        ? {
            id: 'usage-without-containers',
            severity: 'wrong',
            sentence:
              'cAdvisor reports cgroups, but does not say which container they are of: the label container is empty everywhere.',
            effect:
              'Usage belongs to nobody: only requests are charged and there is no advice.',
            mend: {
              where:
                'The container runtime of the nodes; cri-dockerd under Kubernetes 1.24 or newer has no such labels',
              line: 'containerd',
            },
          }
        : {
            id: 'no-cadvisor',
            severity: 'wrong',
            sentence:
              'Nothing comes from cAdvisor: /metrics/cadvisor of the kubelets is not scraped, or its series are dropped.',
            effect:
              'Usage is not known: only requests are charged and there is no advice.',
            mend: CADVISOR,
          },
    ];
  }
  return [
    ...absent(CADVISOR_SERIES, present, 'cAdvisor says'),
    ...checkCopies(parts.of('jobs')),
  ];
}

function absent(
  wanted: WantedSeries[],
  present: Set<string>,
  who: string,
): CheckFinding[] {
  const expected = wanted.filter(
    ({ name, unless }) =>
      present.has(name) || !unless || unless.some(each => present.has(each)),
  );
  const lacking = expected.filter(({ name }) => !present.has(name));
  const right: CheckFinding[] =
    lacking.length < expected.length
      ? [
          {
            id: `series-of-${wanted[0].name}`,
            severity: 'right',
            sentence: `${who} ${expected.length - lacking.length} of the ${
              expected.length
            } series that are read.`,
          },
        ]
      : [];
  const alike = new Map<string, WantedSeries[]>();
  for (const each of lacking) {
    alike.set(each.severity, [...(alike.get(each.severity) ?? []), each]);
  }
  return [...right, ...[...alike.values()].map(absentFinding)];
}

/** Series of one exporter of which the absence is as bad. */
function absentFinding(series: WantedSeries[]): CheckFinding {
  const names = series.map(({ name }) => name);
  const [{ severity }] = series;
  return {
    id: `no-${names[0]}`,
    severity,
    sentence:
      names.length === 1
        ? `There is no series ${names[0]}.`
        : `There are no series ${listText(names, names.length)}.`,
    effect: series
      .map(({ effect, excuse }) =>
        excuse ? `${effect} That is right if ${excuse}.` : effect,
      )
      .join(' '),
    mend: mendOf(series),
  };
}

function checkCopies(jobs: PrometheusSeries[]): CheckFinding[] {
  if (jobs.length < 2) {
    return [];
  }
  return [
    {
      id: 'cadvisor-copies',
      severity: 'note',
      sentence: `The memory of containers comes ${
        jobs.length
      } times: ${listText(
        jobs.map(
          ({ labels, ...each }) =>
            `from job ${labels.job}${
              labels.metrics_path ? ` at ${labels.metrics_path}` : ''
            } (${countText(valueOf({ labels, ...each }), 'container')})`,
        ),
      )}.`,
      effect:
        'Nothing counts twice: a container is told by its cgroup. It costs Prometheus memory, and the answers time.',
    },
  ];
}
