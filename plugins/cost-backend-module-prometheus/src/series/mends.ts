import { WordedMend, Worded, wordAll, wordInTurn } from '@headroom/common';
import { wordSeries } from '@headroom/plugin-cost-common';
import { MISSING, MissingCode } from './codes';
import { OTHER_SERIES, POD_SERIES } from './objectSeries';
import { STORAGE_SERIES } from './storageSeries';
import { CADVISOR_SERIES } from './usageSeries';
import { WantedSeries } from './WantedSeries';

export const KUBE_STATE_METRICS: WordedMend = {
  where: wordSeries('stateMetricsChart'),
  line: 'kubeStateMetrics: { enabled: true }',
};

export const CADVISOR: WordedMend & { where: Worded } = {
  where: wordSeries('stackValues'),
  line: 'kubelet: { enabled: true, serviceMonitor: { cAdvisor: true } }',
};

/** The line that brings series back whose exporter is there and says others. */
export function mendOf(series: readonly WantedSeries[]): WordedMend {
  const tellers = tellersOf(series);
  return tellers.includes('cAdvisor')
    ? {
        where: wordSeries('stackValuesCadvisor'),
        line: 'kubelet: { serviceMonitor: { cAdvisorMetricRelabelings: [] } }',
      }
    : {
        where: wordSeries('stackValuesCollectors', {
          resources: wordAll(tellers),
        }),
        line: 'kube-state-metrics: { metricDenylist: [] }',
      };
}

/** What an hour lacks in which a series is missing, and what mends it: sentences. */
export function wordMissing(code: MissingCode): Worded {
  const name = MISSING[code];
  return wordInTurn(seriesOf(name).effect, wordMend(name));
}

/** What brings a series back, in a sentence. */
export function wordMend(name: string): Worded {
  const wanted = seriesOf(name);
  const { line } = mendOf([wanted]);
  return wanted.teller === 'cAdvisor'
    ? wordSeries('cadvisorMend', { line })
    : wordSeries('stateMetricsMend', { resources: wanted.teller, line });
}

/** What is known of a series that is read. */
export function seriesOf(name: string): WantedSeries {
  const wanted = [
    ...POD_SERIES,
    ...OTHER_SERIES,
    ...STORAGE_SERIES,
    ...CADVISOR_SERIES,
  ].find(each => each.name === name);
  if (!wanted) {
    throw new Error(`${name} is not among the series that are read`);
  }
  return wanted;
}

function tellersOf(series: readonly WantedSeries[]): string[] {
  return [...new Set(series.map(({ teller }) => teller))];
}
