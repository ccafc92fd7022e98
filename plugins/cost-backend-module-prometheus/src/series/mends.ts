import { CheckMend } from '@headroom/common';
import { listText } from '../reading/text';
import { MISSING, MissingCode } from './codes';
import { OTHER_SERIES, POD_SERIES } from './objectSeries';
import { STORAGE_SERIES } from './storageSeries';
import { CADVISOR_SERIES } from './usageSeries';
import { WantedSeries } from './WantedSeries';

export const KUBE_STATE_METRICS: CheckMend = {
  where:
    'Values of kube-prometheus-stack, or the chart of kube-state-metrics and a scrape job of its own',
  line: 'kubeStateMetrics: { enabled: true }',
};

export const CADVISOR: CheckMend = {
  where: 'Values of kube-prometheus-stack',
  line: 'kubelet: { enabled: true, serviceMonitor: { cAdvisor: true } }',
};

/** The line that brings series back whose exporter is there and says others. */
export function mendOf(series: readonly WantedSeries[]): CheckMend {
  const tellers = tellersOf(series);
  return tellers.includes('cAdvisor')
    ? {
        where:
          'Values of kube-prometheus-stack; cAdvisorMetricRelabelings must not drop it',
        line: 'kubelet: { serviceMonitor: { cAdvisorMetricRelabelings: [] } }',
      }
    : {
        where: `Values of kube-prometheus-stack; ${listText(
          tellers,
        )} must be among its collectors (--resources), and metricRelabelings must not drop it`,
        line: 'kube-state-metrics: { metricDenylist: [] }',
      };
}

/** What an hour lacks in which a series is missing, and what mends it: sentences. */
export function missingText(code: MissingCode): string {
  const name = MISSING[code];
  return `${seriesOf(name).effect} ${mendText(name)}`;
}

/** What brings a series back, in a sentence. */
export function mendText(name: string): string {
  const wanted = seriesOf(name);
  const { line } = mendOf([wanted]);
  return wanted.teller === 'cAdvisor'
    ? `Take it out of the metricRelabelings of the kubelets' job that drop it (in values of kube-prometheus-stack: ${line}).`
    : `Take it out of kube-state-metrics' --metric-denylist and of metricRelabelings that drop it, and keep ${wanted.teller} among its --resources (in values of kube-prometheus-stack: ${line}).`;
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
