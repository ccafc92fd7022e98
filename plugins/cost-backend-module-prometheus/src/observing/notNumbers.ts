import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, wordInTurn } from '@headroom/common';
import { wordPrometheus } from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { objectOf } from '../reading/labels';
import { Problems } from '../reading/Problems';

type Labels = Record<string, string>;

/** A series whose values are read as they are, and what is done where one is no number. */
interface ReadSeries {
  series: string;
  sentence: 'notNumberRequest' | 'notNumberUsage' | 'notNumberSize';
}

/** By part of a query. */
const PARTS: Record<string, ReadSeries> = {
  request: {
    series: 'kube_pod_container_resource_requests',
    sentence: 'notNumberRequest',
  },
  init: {
    series: 'kube_pod_init_container_resource_requests',
    sentence: 'notNumberRequest',
  },
  reserved: {
    series: 'kube_pod_resource_request',
    sentence: 'notNumberRequest',
  },
  spec: { series: 'kube_pod_resource_requests', sentence: 'notNumberRequest' },
  overhead: { series: 'kube_pod_overhead_*', sentence: 'notNumberRequest' },
  cpu: {
    series: 'container_cpu_usage_seconds_total',
    sentence: 'notNumberUsage',
  },
  memory: {
    series: 'container_memory_working_set_bytes',
    sentence: 'notNumberUsage',
  },
  asked: {
    series: 'kube_persistentvolumeclaim_resource_requests_storage_bytes',
    sentence: 'notNumberSize',
  },
  'volume-capacity': {
    series: 'kube_persistentvolume_capacity_bytes',
    sentence: 'notNumberSize',
  },
};

/**
 * Says which series had values that are no finite number, in which hours, and what
 * was taken in their place. What only advice reads is a remark.
 */
export function reportNotNumbers(
  problems: Problems,
  window: HourWindow,
  answer: PrometheusSeries[],
): void {
  for (const { labels, unknownAt = [] } of answer) {
    const part = labels[PART_LABEL] ?? '';
    const known = PARTS[part];
    for (const hour of hoursOf(window, unknownAt)) {
      problems.say(
        {
          code: 'not-a-number',
          severity: known ? 'warning' : 'info',
          hour: window.hour(hour),
        },
        objectIn(labels),
        known
          ? subjects =>
              wordInTurn(
                wordPrometheus(known.sentence, {
                  series: known.series,
                  subjects,
                }),
                wordMendOf(known.series),
              )
          : subjects => wordPrometheus('notNumberOfAdvice', { part, subjects }),
      );
    }
  }
}

function wordMendOf(series: string): Worded {
  const [metric] = series.split('*');
  const selector = series.endsWith('*') ? `{__name__=~"${metric}.*"}` : metric;
  return wordPrometheus('notNumberMend', {
    query: `${selector} != ${selector}`,
  });
}

/** Hours that times are in, each once; an hour begins after its start. */
function hoursOf(window: HourWindow, times: number[]): Set<number> {
  const start = window.startSeconds(0);
  return new Set(
    times
      .map(at => Math.ceil((at - start) / HOUR_SECONDS) - 1)
      .filter(hour => hour >= 0 && hour < window.length),
  );
}

/** What a series is about, in words. */
function objectIn(labels: Labels): string {
  const [namespace, pod, container, claim, node, volume] = [
    'namespace',
    'pod',
    'container',
    'persistentvolumeclaim',
    'node',
    'persistentvolume',
  ].map(name => objectOf(labels, name));
  const path = [namespace, pod ?? claim, container].filter(Boolean).join('/');
  const object = path || node || volume || labels[PART_LABEL] || 'Prometheus';
  return labels.resource ? `${object} (${labels.resource})` : object;
}
