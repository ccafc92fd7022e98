import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll, wordInTurn } from '@headroom/common';
import {
  wordPrometheusCheck as word,
  wordSeries,
} from '@headroom/plugin-cost-common';
import { CADVISOR, KUBE_STATE_METRICS, mendOf } from '../series/mends';
import { STORAGE_SERIES } from '../series/storageSeries';
import { CADVISOR_SERIES } from '../series/usageSeries';
import { WantedSeries } from '../series/WantedSeries';
import { counted } from './counted';
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
): WordedFinding[] {
  // OpenCost's own exporter has the old names beside the new ones.
  const isOld = [...OLD_NAMES].some(
    ([old, name]) => present.has(old) && !present.has(name),
  );
  if (isOld) {
    return [
      {
        id: 'old-kube-state-metrics',
        severity: 'wrong',
        sentence: word('stateMetricsOld'),
        effect: word('stateMetricsOldEffect'),
        mend: {
          where: word('stateMetricsOldWhere'),
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
        sentence: word('stateMetricsAbsent'),
        effect: word('stateMetricsAbsentEffect'),
        mend: KUBE_STATE_METRICS,
      },
    ];
  }
  return [
    ...absent(wanted, present, 'seriesOfStateMetrics'),
    ...checkStorage(present),
  ];
}

/** None of the series of storage is a cluster without storage, as a rule. */
function checkStorage(present: Set<string>): WordedFinding[] {
  if (STORAGE_SERIES.some(({ name }) => present.has(name))) {
    return absent(STORAGE_SERIES, present, 'seriesOfStorage');
  }
  return [
    {
      id: 'no-storage',
      severity: 'note',
      sentence: word('storageAbsent'),
      effect: word('storageAbsentEffect'),
      mend: mendOf(STORAGE_SERIES),
    },
  ];
}

/** What cAdvisor says of containers, and who scrapes it. */
export function checkUsage(series: PrometheusSeries[]): WordedFinding[] {
  const parts = Parts.read(series);
  const present = namesOf(parts.of('named'));
  const read = CADVISOR_SERIES.filter(({ severity }) => severity === 'wrong');
  if (!read.some(({ name }) => present.has(name))) {
    return [
      parts.number('unnamed') > 0
        ? {
            id: 'usage-without-containers',
            severity: 'wrong',
            sentence: word('usageNameless'),
            effect: word('usageNamelessEffect'),
            mend: {
              where: word('usageNamelessWhere'),
              line: 'containerd',
            },
          }
        : {
            id: 'no-cadvisor',
            severity: 'wrong',
            sentence: word('cadvisorAbsent'),
            effect: word('cadvisorAbsentEffect'),
            mend: CADVISOR,
          },
    ];
  }
  return [
    ...absent(CADVISOR_SERIES, present, 'seriesOfCadvisor'),
    ...checkCopies(parts.of('jobs')),
  ];
}

function absent(
  wanted: WantedSeries[],
  present: Set<string>,
  sentence: 'seriesOfStateMetrics' | 'seriesOfStorage' | 'seriesOfCadvisor',
): WordedFinding[] {
  const expected = wanted.filter(
    ({ name, unless }) =>
      present.has(name) || !unless || unless.some(each => present.has(each)),
  );
  const lacking = expected.filter(({ name }) => !present.has(name));
  const right: WordedFinding[] =
    lacking.length < expected.length
      ? [
          {
            id: `series-of-${wanted[0].name}`,
            severity: 'right',
            sentence: word(sentence, {
              there: expected.length - lacking.length,
              wanted: expected.length,
            }),
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
function absentFinding(series: WantedSeries[]): WordedFinding {
  const names = series.map(({ name }) => name);
  const [{ severity }] = series;
  const [first, ...others] = series.map(({ effect, excuse }) =>
    excuse ? wordSeries('rightIf', { effect, excuse }) : effect,
  );
  return {
    id: `no-${names[0]}`,
    severity,
    sentence: word('seriesAbsent', {
      count: names.length,
      series: wordAll(names, names.length),
    }),
    effect: wordInTurn(first, ...others),
    mend: mendOf(series),
  };
}

function checkCopies(jobs: PrometheusSeries[]): WordedFinding[] {
  if (jobs.length < 2) {
    return [];
  }
  return [
    {
      id: 'cadvisor-copies',
      severity: 'note',
      sentence: word('cadvisorCopies', {
        times: jobs.length,
        jobs: wordAll(jobs.map(wordJob)),
      }),
      effect: word('cadvisorCopiesEffect'),
    },
  ];
}

function wordJob(series: PrometheusSeries): Worded {
  const { job = '', metrics_path: path } = series.labels;
  const containers = counted('containers', valueOf(series));
  return path
    ? word('fromJobAt', { job, path, containers })
    : word('fromJob', { job, containers });
}
