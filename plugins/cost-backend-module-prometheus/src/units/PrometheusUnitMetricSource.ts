import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterConfig,
  PrometheusSeries,
} from '@headroom/plugin-clusters-node';
import {
  SourceQuery,
  UnitMetric,
  UnitMetricSource,
  UnitObservations,
} from '@headroom/plugin-cost-node';
import { createClient } from '../createClient';
import { PART_LABEL } from '../promql/expressions';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { Match, matchOf, seriesOfCluster } from '../reading/links';
import { keyOf } from '../reading/labels';
import { metricsQuery, partOf } from './metricsQuery';

/**
 * Business metrics from the PromQL under `headroom.cost.unitMetrics`, evaluated
 * at the end of each hour. A series is linked by `entity_ref`, or by
 * `namespace` and one of `workload`, `deployment`, `statefulset`, `daemonset`,
 * `cronjob`, `job_name`, `service`, `app`.
 *
 * The PromQL of all metrics is sent as it is configured, joined to one query: a
 * window takes one request, however many metrics there are. On a shared Thanos or Mimir (the cluster
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
  ): Promise<UnitObservations> {
    const { cluster, signal, metrics } = query;
    const promql = metricsQuery(metrics);
    if (!promql) {
      return { units: [], queries: 0 };
    }
    let queries = 0;
    const client = createClient(cluster, this.#logger, () => (queries += 1));
    const window = HourWindow.create(query.start, query.end);
    const { series } = await client.queryRange(promql, {
      start: window.at(1),
      end: window.at(window.length),
      stepSeconds: HOUR_SECONDS,
      signal,
    });
    const sums = sumByPart(
      window,
      seriesOfCluster(cluster, series, "A unit metric's query"),
    );
    const units = metrics.flatMap(({ id }, index) => {
      const failed = sums.get(partOf('failed', index));
      return [...(sums.get(partOf('units', index)) ?? [])].flatMap(
        ([key, { match, hours }]) =>
          // Visits no hour without a value.
          hours.flatMap((quantity, hour) => ({
            hour: window.hour(hour),
            metric: id,
            quantity,
            failed: failed?.get(key)?.hours[hour],
            match,
          })),
      );
    });
    return { units, queries };
  }
}

/** Units by what they are linked to; hours without a value stay empty. */
type Sums = Map<string, { match: Match; hours: number[] }>;

/** Sums of the series of each metric and kind. */
function sumByPart(
  window: HourWindow,
  series: PrometheusSeries[],
): Map<string, Sums> {
  const parts = new Map<string, Sums>();
  for (const one of series) {
    const match = matchOf(one.labels);
    const part = one.labels[PART_LABEL];
    if (match && part) {
      const sums = parts.get(part) ?? new Map();
      parts.set(part, sums);
      const key = keyOf(...Object.values(match));
      const sum = sums.get(key) ?? { match, hours: [] };
      sums.set(key, sum);
      addTo(sum.hours, window, one);
    }
  }
  return parts;
}

function addTo(
  hours: number[],
  window: HourWindow,
  series: PrometheusSeries,
): void {
  window.each(series, (hour, value) => {
    if (value >= 0) {
      hours[hour] = (hours[hour] ?? 0) + value;
    }
  });
}
