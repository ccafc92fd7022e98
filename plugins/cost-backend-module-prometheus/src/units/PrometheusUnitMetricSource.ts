import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ClusterConfig,
  PrometheusClient,
  PrometheusSeries,
} from '@headroom/plugin-clusters-node';
import {
  SourceQuery,
  UnitMetric,
  UnitMetricSource,
  UnitObservation,
} from '@headroom/plugin-cost-node';
import { createClient } from '../createClient';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf, namespaceOf } from '../reading/labels';

/** Labels that name the workload, the most exact first. */
const WORKLOAD_LABELS = [
  'workload',
  'deployment',
  'statefulset',
  'daemonset',
  'cronjob',
  'job_name',
  'service',
  'app',
];

type Match = UnitObservation['match'];

/**
 * Business metrics from the PromQL under `headroom.cost.unitMetrics`, evaluated
 * at the end of each hour. A series is linked by `entity_ref`, or by
 * `namespace` and one of `workload`, `deployment`, `statefulset`, `daemonset`,
 * `cronjob`, `job_name`, `service`, `app`.
 *
 * Configured PromQL is sent as it is. On a shared Thanos or Mimir (the cluster
 * has `prometheus.matchers`) the result must keep the labels of the matchers;
 * series of other clusters are left out.
 *
 * @public
 */
export class PrometheusUnitMetricSource implements UnitMetricSource {
  readonly id = 'prometheus';
  readonly #logger: LoggerService | undefined;

  static create(options: { logger?: LoggerService } = {}) {
    return new PrometheusUnitMetricSource(options.logger);
  }

  private constructor(logger?: LoggerService) {
    this.#logger = logger;
  }

  supports(cluster: ClusterConfig): boolean {
    return cluster.prometheus !== undefined;
  }

  async units(
    query: SourceQuery & { metrics: UnitMetric[] },
  ): Promise<UnitObservation[]> {
    const client = createClient(query.cluster, this.#logger);
    const window = HourWindow.create(query.start, query.end);
    const observations: UnitObservation[] = [];
    for (const metric of query.metrics) {
      if (metric.query) {
        const good = await this.#sums(client, query, window, metric.query);
        const failed = metric.failedQuery
          ? await this.#sums(client, query, window, metric.failedQuery)
          : new Map<string, { match: Match; hours: number[] }>();
        for (const [key, { match, hours }] of good) {
          hours.forEach((quantity, hour) =>
            observations.push({
              hour: window.hour(hour),
              metric: metric.id,
              quantity,
              failed: failed.get(key)?.hours[hour],
              match,
            }),
          );
        }
      }
    }
    return observations;
  }

  /** Units by what they are linked to; hours without a value stay empty. */
  async #sums(
    client: PrometheusClient,
    { cluster, signal }: SourceQuery,
    window: HourWindow,
    promql: string,
  ): Promise<Map<string, { match: Match; hours: number[] }>> {
    const { series } = await client.queryRange(promql, {
      start: window.at(1),
      end: window.at(window.length),
      stepSeconds: HOUR_SECONDS,
      signal,
    });
    const sums = new Map<string, { match: Match; hours: number[] }>();
    for (const one of ofCluster(cluster, series)) {
      const match = matchOf(one.labels);
      if (match) {
        const key = keyOf(...Object.values(match));
        let sum = sums.get(key);
        if (!sum) {
          sum = { match, hours: [] };
          sums.set(key, sum);
        }
        const { hours } = sum;
        window.each(one, (hour, value) => {
          if (value >= 0) {
            hours[hour] = (hours[hour] ?? 0) + value;
          }
        });
      }
    }
    return sums;
  }
}

function ofCluster(
  cluster: ClusterConfig,
  series: PrometheusSeries[],
): PrometheusSeries[] {
  const matchers = Object.entries(cluster.prometheus?.matchers ?? {});
  const missing = matchers.find(([label]) =>
    series.some(({ labels }) => labels[label] === undefined),
  );
  if (missing) {
    throw new ServiceUnavailableError(
      `A unit metric's query for cluster ${cluster.name} must keep the label '${missing[0]}' in its result, because its Prometheus is shared`,
    );
  }
  return series.filter(({ labels }) =>
    matchers.every(([label, value]) => labels[label] === value),
  );
}

function matchOf(labels: Record<string, string>): Match | undefined {
  if (labels.entity_ref) {
    return { entityRef: labels.entity_ref };
  }
  const namespace = namespaceOf(labels);
  const label = WORKLOAD_LABELS.find(name => labels[name]);
  return namespace && label
    ? { namespace, workload: labels[label] }
    : undefined;
}
