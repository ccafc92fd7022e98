import { LevelConvention } from '@headroom/plugin-cost-node';
import { HOUR_RANGE } from '../promql/expressions';
import { WORKLOAD_LABELS } from '../reading/links';

/** A histogram of requests, as a convention names it and its labels. */
interface Histogram {
  /** Without `_bucket` and `_count`. */
  metric: string;
  unit: 'seconds' | 'milliseconds';
  /** HTTP status of the answer, `503`. */
  status: string;
  /** Labels that name the namespace and the workload under a name of their own. */
  renamed: Array<{ from: string; to: 'namespace' | 'workload' }>;
  /** Matchers beside those of the cluster. */
  where: string[];
}

const HISTOGRAMS: Record<LevelConvention, Histogram> = {
  // https://opentelemetry.io/docs/specs/semconv/http/http-metrics
  opentelemetry: {
    metric: 'http_server_request_duration_seconds',
    unit: 'seconds',
    status: 'http_response_status_code',
    renamed: [
      { from: 'k8s_namespace_name', to: 'namespace' },
      { from: 'k8s_deployment_name', to: 'workload' },
      { from: 'k8s_statefulset_name', to: 'workload' },
      { from: 'k8s_daemonset_name', to: 'workload' },
    ],
    where: [],
  },
  // https://istio.io/latest/docs/reference/config/metrics: both proxies of a request count it.
  istio: {
    metric: 'istio_request_duration_milliseconds',
    unit: 'milliseconds',
    status: 'response_code',
    renamed: [
      { from: 'destination_workload_namespace', to: 'namespace' },
      { from: 'destination_workload', to: 'workload' },
    ],
    where: ['reporter="destination"'],
  },
  // https://kubernetes.github.io/ingress-nginx/user-guide/monitoring
  'ingress-nginx': {
    metric: 'nginx_ingress_controller_request_duration_seconds',
    unit: 'seconds',
    status: 'status',
    renamed: [],
    where: [],
  },
};

/**
 * PromQL of a convention: the buckets, and the errors. Where no request of a workload
 * carries a status nothing is said of its errors; where requests do and none failed,
 * there were 0.
 *
 * @param matchers - of the cluster, kept in the result
 */
export function conventionQueries(
  convention: LevelConvention,
  matchers: Readonly<Record<string, string>>,
): { latency: string; errors: string; unit: Histogram['unit'] } {
  const histogram = HISTOGRAMS[convention];
  const { metric, status, unit } = histogram;
  const hourOf = (name: string, ...more: string[]) =>
    `increase(${metric}_${name}{${[
      ...histogram.where,
      ...Object.entries(matchers).map(
        ([label, value]) => `${label}=${JSON.stringify(value)}`,
      ),
      ...more,
    ].join(', ')}}[${HOUR_RANGE}])`;
  const labels = keptLabels(histogram, Object.keys(matchers));
  const sum = (inner: string, ...by: string[]) =>
    `sum by (${[...labels, ...by].join(', ')}) (${inner})`;
  const linked = (inner: string) => renamed(inner, histogram);
  const failed = sum(hourOf('count', `${status}=~"5.."`));
  const told = sum(hourOf('count', `${status}!=""`));
  return {
    unit,
    latency: linked(sum(hourOf('bucket'), 'le')),
    errors: linked(`(${failed} or 0 * ${told})`),
  };
}

function keptLabels({ renamed: own }: Histogram, matchers: string[]): string[] {
  const linking = ['namespace', ...WORKLOAD_LABELS];
  return [
    ...new Set([
      'entity_ref',
      ...linking,
      ...linking.map(label => `exported_${label}`),
      ...own.map(({ from }) => from),
      ...matchers,
    ]),
  ];
}

/** The convention's own labels win over those of the target that was scraped. */
function renamed(expression: string, { renamed: own }: Histogram): string {
  return own.reduce(
    (inner, { from, to }) =>
      `label_replace(label_replace(${inner}, "${to}", "$1", "${from}", "(.+)"), "exported_${to}", "", "${from}", ".+")`,
    expression,
  );
}
