import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { PART_LABEL } from '../promql/expressions';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { objectOf } from '../reading/labels';
import { Problems } from '../reading/Problems';

type Labels = Record<string, string>;

/** A series whose values are read as they are, and what is done where one is no number. */
interface ReadSeries {
  series: string;
  effect: string;
}

const OF_REQUESTS =
  'the lower of what was said before and after is taken, and nothing where the whole hour has none';
const OF_USAGE =
  'the rest of the hour speaks for these minutes, and usage is unknown where the whole hour has none';
const OF_SIZES = 'what has it is left out of this hour';

/** By part of a query. */
const PARTS: Record<string, ReadSeries> = {
  request: {
    series: 'kube_pod_container_resource_requests',
    effect: OF_REQUESTS,
  },
  init: {
    series: 'kube_pod_init_container_resource_requests',
    effect: OF_REQUESTS,
  },
  reserved: { series: 'kube_pod_resource_request', effect: OF_REQUESTS },
  spec: { series: 'kube_pod_resource_requests', effect: OF_REQUESTS },
  overhead: { series: 'kube_pod_overhead_*', effect: OF_REQUESTS },
  cpu: { series: 'container_cpu_usage_seconds_total', effect: OF_USAGE },
  memory: { series: 'container_memory_working_set_bytes', effect: OF_USAGE },
  asked: {
    series: 'kube_persistentvolumeclaim_resource_requests_storage_bytes',
    effect: OF_SIZES,
  },
  'volume-capacity': {
    series: 'kube_persistentvolume_capacity_bytes',
    effect: OF_SIZES,
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
      problems.add(
        {
          code: 'not-a-number',
          severity: known ? 'warning' : 'info',
          hour: window.hour(hour),
        },
        objectIn(labels),
        known
          ? subjects =>
              `${
                known.series
              } is NaN or infinite for a part of this hour: ${subjects}; ${
                known.effect
              }. ${mendOf(known.series)}`
          : subjects =>
              `Values that are NaN or infinite were left out of what only advice reads (${part}): ${subjects}`,
      );
    }
  }
}

function mendOf(series: string): string {
  const [metric] = series.split('*');
  const selector = series.endsWith('*') ? `{__name__=~"${metric}.*"}` : metric;
  return `The query ${selector} != ${selector} shows who says so: mend that exporter or the rule that records it`;
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
