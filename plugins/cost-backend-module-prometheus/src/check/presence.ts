import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { countText, listText, Parts, valueOf } from './parts';
import {
  CADVISOR,
  CADVISOR_SERIES,
  KUBE_STATE_METRICS,
  OLD_NAMES,
  STORAGE_SERIES,
  WantedSeries,
} from './seriesList';

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
  const names = wanted.flatMap(each => each.names);
  if (!names.some(name => present.has(name))) {
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
  const some = STORAGE_SERIES.some(({ names }) =>
    names.some(name => present.has(name)),
  );
  if (some) {
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
      mend: STORAGE_SERIES[0].mend,
    },
  ];
}

/** What cAdvisor says of containers, and who scrapes it. */
export function checkUsage(series: PrometheusSeries[]): CheckFinding[] {
  const parts = Parts.read(series);
  const present = namesOf(parts.of('named'));
  const read = CADVISOR_SERIES.filter(({ severity }) => severity === 'wrong');
  if (!read.some(({ names }) => names.some(name => present.has(name)))) {
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
  const lacking = wanted.filter(
    ({ names }) => !names.some(name => present.has(name)),
  );
  const right: CheckFinding[] =
    lacking.length < wanted.length
      ? [
          {
            id: `series-of-${wanted[0].names[0]}`,
            severity: 'right',
            sentence: `${who} ${wanted.length - lacking.length} of the ${
              wanted.length
            } series that are read.`,
          },
        ]
      : [];
  const alike = new Map<string, WantedSeries[]>();
  for (const each of lacking) {
    const key = `${each.severity} ${each.mend.line}`;
    alike.set(key, [...(alike.get(key) ?? []), each]);
  }
  return [...right, ...[...alike.values()].map(absentFinding)];
}

/** Series of which the absence is as bad and mended alike. */
function absentFinding(series: WantedSeries[]): CheckFinding {
  const names = series.flatMap(each => each.names);
  const [{ severity, mend }] = series;
  return {
    id: `no-${names[0]}`,
    severity,
    sentence:
      names.length === 1
        ? `There is no series ${names[0]}.`
        : `There are no series ${listText(names, names.length)}.`,
    effect: series.map(each => each.effect).join(' '),
    mend,
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
