import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { ServiceLevelHour } from '@headroom/plugin-cost-common';
import { SourceQuery } from './sources';

/** Whose names metrics of requests have. @public */
export const LEVEL_CONVENTIONS = [
  'opentelemetry',
  'istio',
  'ingress-nginx',
] as const;

/** @public */
export type LevelConvention = (typeof LEVEL_CONVENTIONS)[number];

/** How service levels are asked for, from `headroom.cost.serviceLevels`. What is written here wins over the convention. @public */
export interface ServiceLevelQueries {
  convention?: LevelConvention;
  /** PromQL for the cumulative buckets (`le`) of the hour that ends at the evaluation time; one series a bucket for each workload or service. */
  latency?: string;
  /** Unit of `le` in `latency`. */
  latencyUnit: 'seconds' | 'milliseconds';
  /** PromQL for all requests of the hour; absent = as many as the buckets hold. */
  requests?: string;
  /** PromQL for those that failed by the server's fault; 0 where there were none, for no series means that nobody knows. */
  errors?: string;
}

/** What requests were like in one hour, with what links them to a service. @public */
export interface ServiceLevelObservation extends ServiceLevelHour {
  /** `workload` when only namespace and workload are known. */
  match: { entityRef: string } | { namespace: string; workload: string };
}

/** Service levels of a window. @public */
export interface ServiceLevelObservations {
  /** Absent = nothing is configured to be asked for. */
  levels?: ServiceLevelObservation[];
  /** Requests that were made for them. */
  queries: number;
}

/**
 * Where latencies, errors and throughput come from. As with `UnitMetricSource`, the number
 * of requests must not depend on the number of series, and an hour of which nothing is
 * known has no observation, never zeros.
 *
 * @public
 */
export interface ServiceLevelSource {
  readonly id: string;
  supports(cluster: ClusterConfig): boolean;
  /** @throws when it can't answer. */
  levels(
    query: SourceQuery & { serviceLevels: ServiceLevelQueries },
  ): Promise<ServiceLevelObservations>;
}
