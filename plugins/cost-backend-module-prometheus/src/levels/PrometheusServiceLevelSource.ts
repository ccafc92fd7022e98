import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterConfig,
  PrometheusSeries,
} from '@headroom/plugin-clusters-node';
import { countsOfBuckets } from '@headroom/plugin-cost-common';
import {
  ServiceLevelObservation,
  ServiceLevelObservations,
  ServiceLevelQueries,
  ServiceLevelSource,
  SourceQuery,
} from '@headroom/plugin-cost-node';
import { createClient } from '../createClient';
import { PART_LABEL, together } from '../promql/expressions';
import { HOUR_SECONDS, HourWindow } from '../reading/HourWindow';
import { keyOf } from '../reading/labels';
import { Match, matchOf, seriesOfCluster } from '../reading/links';
import { conventionQueries } from './conventions';

type Part = 'latency' | 'requests' | 'errors';

/** What is known of one workload or service in one hour. */
interface HourParts {
  /** Requests at most so slow, by upper bound in seconds. */
  upTo: Record<string, number>;
  requests?: number;
  errors?: number;
}

/**
 * Service levels from histograms and counters, evaluated at the end of each hour: by one
 * of the conventions, or by the PromQL under `headroom.cost.serviceLevels`. A series is
 * linked as those of unit metrics are.
 *
 * Buckets are stored as counts, so that a percentile of any window is that of its summed
 * buckets and none is averaged. All parts are one query: a window takes one request.
 *
 * @public
 */
export class PrometheusServiceLevelSource implements ServiceLevelSource {
  readonly id = 'prometheus';
  readonly #logger: LoggerService | undefined;

  static create(options: { logger?: LoggerService } = {}) {
    return new PrometheusServiceLevelSource(options.logger);
  }

  private constructor(logger?: LoggerService) {
    this.#logger = logger;
  }

  supports(cluster: ClusterConfig): boolean {
    return cluster.prometheus !== undefined;
  }

  async levels({
    cluster,
    start,
    end,
    signal,
    serviceLevels,
  }: SourceQuery & {
    serviceLevels: ServiceLevelQueries;
  }): Promise<ServiceLevelObservations> {
    const { parts, unit } = queriesOf(serviceLevels, cluster);
    if (Object.keys(parts).length === 0) {
      return { queries: 0 };
    }
    let queries = 0;
    const client = createClient(cluster, this.#logger, () => (queries += 1));
    const window = HourWindow.create(start, end);
    const { series } = await client.queryRange(together(parts), {
      start: window.at(1),
      end: window.at(window.length),
      stepSeconds: HOUR_SECONDS,
      signal,
    });
    const own = seriesOfCluster(cluster, series, "A service level's query");
    return { levels: observationsOf(own, window, unit), queries };
  }
}

/** What is asked: parts that are written win over those of the convention. */
function queriesOf(
  { convention, latency, latencyUnit, requests, errors }: ServiceLevelQueries,
  cluster: ClusterConfig,
): { parts: Partial<Record<Part, string>>; unit: 'seconds' | 'milliseconds' } {
  const known =
    convention &&
    conventionQueries(convention, cluster.prometheus?.matchers ?? {});
  const parts = {
    latency: latency ?? known?.latency,
    requests,
    errors: errors ?? known?.errors,
  };
  return {
    parts: Object.fromEntries(
      Object.entries(parts).flatMap(([part, promql]) =>
        // What is written may end in a comment, which must not swallow what follows.
        promql === undefined ? [] : [[part, `\n${promql}\n`]],
      ),
    ),
    unit: latency === undefined && known ? known.unit : latencyUnit,
  };
}

function observationsOf(
  series: readonly PrometheusSeries[],
  window: HourWindow,
  unit: 'seconds' | 'milliseconds',
): ServiceLevelObservation[] {
  const found = new Map<string, { match: Match; hours: HourParts[] }>();
  for (const one of series) {
    const match = matchOf(one.labels);
    if (match) {
      const key = keyOf(...Object.values(match));
      const entry = found.get(key) ?? { match, hours: [] };
      found.set(key, entry);
      addTo(entry.hours, one, window, unit);
    }
  }
  return [...found.values()].flatMap(({ match, hours }) =>
    hours.flatMap((parts, hour) => {
      const level = levelOf(parts);
      return level ? [{ hour: window.hour(hour), ...level, match }] : [];
    }),
  );
}

function addTo(
  hours: HourParts[],
  series: PrometheusSeries,
  window: HourWindow,
  unit: 'seconds' | 'milliseconds',
): void {
  const part = series.labels[PART_LABEL];
  const bound = part === 'latency' ? boundOf(series.labels.le, unit) : '';
  window.each(series, (hour, value) => {
    if (!(value >= 0) || !Number.isFinite(value) || bound === undefined) {
      return;
    }
    const parts = (hours[hour] ??= { upTo: {} });
    if (part === 'latency') {
      parts.upTo[bound] = (parts.upTo[bound] ?? 0) + value;
    } else if (part === 'requests' || part === 'errors') {
      parts[part] = (parts[part] ?? 0) + value;
    }
  });
}

/** The upper bound of a bucket in seconds; undefined = the series is none. */
function boundOf(
  le: string | undefined,
  unit: 'seconds' | 'milliseconds',
): string | undefined {
  if (le === '+Inf') {
    return le;
  }
  const bound = Number(le);
  if (le === undefined || le === '' || !Number.isFinite(bound)) {
    return undefined;
  }
  return String(unit === 'milliseconds' ? bound / 1000 : bound);
}

/** Requests that nobody counted are as many as the buckets hold. */
function levelOf({
  upTo,
  requests = upTo['+Inf'],
  errors,
}: HourParts):
  | Pick<ServiceLevelObservation, 'requests' | 'errors' | 'latency'>
  | undefined {
  if (requests === undefined) {
    return undefined;
  }
  return {
    requests,
    ...(errors !== undefined && { errors: Math.min(errors, requests) }),
    ...(Object.keys(upTo).length > 0 && { latency: countsOfBuckets(upTo) }),
  };
}
