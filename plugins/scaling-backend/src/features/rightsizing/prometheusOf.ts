import { KubernetesTarget } from '@headroom/common';
import {
  ClusterConfig,
  PrometheusAnswer,
  PrometheusClient,
} from '@headroom/plugin-clusters-node';

/** The Prometheus of a target's cluster; undefined where none is configured. */
export function prometheusOf(
  { cluster }: KubernetesTarget,
  clusters: readonly ClusterConfig[],
): PrometheusClient | undefined {
  const endpoint = clusters.find(({ name }) => name === cluster)?.prometheus;
  return endpoint && PrometheusClient.create(endpoint);
}

/** The largest of an answer's newest values; undefined where there is none. */
export function largestOf({ series }: PrometheusAnswer): number | undefined {
  const values = series.flatMap(({ samples }) =>
    samples.slice(-1).map(([, value]) => value),
  );
  return values.length > 0 ? Math.max(...values) : undefined;
}
