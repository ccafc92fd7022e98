import { ClusterConfig, EndpointConfig } from '@headroom/plugin-clusters-node';
import {
  CheckFinding,
  SourceProblem,
  Wording,
  WorkloadIdentity,
} from '@headroom/common';
import {
  HourRow,
  NodeCostHour,
  NodeHour,
  NodeLabelRules,
  Observations,
  PodHourRow,
  PriceBook,
} from '@headroom/plugin-cost-common';

/** A closed window of whole hours of one cluster. @public */
export interface SourceQuery {
  cluster: ClusterConfig;
  /** First hour, inclusive, on the hour, UTC. */
  start: Date;
  /** Exclusive, on the hour, UTC. */
  end: Date;
  /** Aborted when the task's time is up; pass it to every request. */
  signal: AbortSignal;
  /** Labels of nodes that configuration adds to those that are known, for `describeNodeLabels`. */
  nodeLabels?: NodeLabelRules;
}

/**
 * One step of a source's check of a cluster: what it asks next, what it found, or
 * the kinds of nodes it saw, for their prices to be looked up.
 *
 * @public
 */
export type CheckStep =
  | {
      kind: 'asking';
      question: string;
      /** What a page words the question from. */
      wording?: Wording;
    }
  | { kind: 'finding'; finding: CheckFinding }
  | { kind: 'nodes'; nodes: CheckedNode[] };

/** What configuration asks for that a source may lack. @public */
export interface CheckedConfig {
  /** Labels that configuration adds to those known of nodes. */
  nodeLabels?: NodeLabelRules;
  /** Keys of pod labels, as Kubernetes has them, that configured links need. */
  linkLabels?: readonly string[];
}

/** Nodes of one kind, and how many of them there are. @public */
export interface CheckedNode {
  /** One of them, for the hour that is now. */
  node: NodeHour;
  count: number;
}

/**
 * Where usage comes from. Asked for a closed window of whole hours, and may be
 * asked for the same window again: the answer replaces the earlier one. The
 * number of requests must not depend on the number of containers. Throws when
 * it can't answer; an hour it has no data for is listed in `missingHours`,
 * never answered with zeros.
 *
 * @public
 */
export interface UsageSource {
  /** Kebab-case, e.g. `prometheus`; shown beside figures. */
  readonly id: string;
  /** What it says is made up and is labelled so. */
  readonly simulated?: boolean;
  /** True when the cluster's configuration names this source. */
  supports(cluster: ClusterConfig): boolean;
  /** What is asked for it, for the check to say how it is signed in to. */
  endpointOf?(cluster: ClusterConfig): EndpointConfig | undefined;
  observe(query: SourceQuery): Promise<Observations>;
  /** First hour the source can answer for; bounds the back-fill. */
  earliest?(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): Promise<Date | undefined>;
  /**
   * What there is of a cluster before anybody trusts its figures, what is
   * missing, and what mends it. Few and light requests, each with a short time
   * limit. An endpoint that doesn't answer is a finding, not an error.
   *
   * @throws the signal's reason when it aborts.
   */
  check?(
    cluster: ClusterConfig,
    signal: AbortSignal,
    configured?: CheckedConfig,
  ): AsyncIterable<CheckStep>;
}

/** Costs that something else already allocated (OpenCost, Kubecost). @public */
export interface SourceAllocations {
  currency: string;
  rows: HourRow[];
  /** The same rows, pod by pod; absent = the source doesn't tell pods apart. */
  pods?: PodHourRow[];
  nodes: NodeCostHour[];
  workloads: WorkloadIdentity[];
  missingHours: string[];
  problems: SourceProblem[];
  queries: number;
}

/** Where finished allocations come from. Same rules as {@link UsageSource}. @public */
export interface AllocationSource {
  readonly id: string;
  /** What it says is made up and is labelled so. */
  readonly simulated?: boolean;
  supports(cluster: ClusterConfig): boolean;
  /** What is asked for it, for the check to say how it is signed in to. */
  endpointOf?(cluster: ClusterConfig): EndpointConfig | undefined;
  allocations(query: SourceQuery): Promise<SourceAllocations>;
  earliest?(
    cluster: ClusterConfig,
    signal: AbortSignal,
  ): Promise<Date | undefined>;
  /** Same rules as {@link UsageSource.check}. */
  check?(cluster: ClusterConfig, signal: AbortSignal): AsyncIterable<CheckStep>;
}

/**
 * Where prices come from, beside configuration (which wins) and the built-in
 * list (which loses).
 *
 * @public
 */
export interface PriceSource {
  readonly id: string;
  supports(cluster: ClusterConfig): boolean;
  /** Entries valid in the window, in one currency. `queries` = requests made for them; absent = one. */
  prices(
    query: SourceQuery,
  ): Promise<Partial<PriceBook> & { currency: string; queries?: number }>;
}

/** A business metric to divide cost by, from `headroom.cost.unitMetrics`. @public */
export interface UnitMetric {
  id: string;
  title: string;
  per: number;
  /** Units in a window below which no unit cost is shown. */
  minimum: number;
  /** PromQL for the units of the hour that ends at the evaluation time; one series for each workload or service. */
  query?: string;
  failedQuery?: string;
}

/** Units of one hour, with what links them to a service. @public */
export interface UnitObservation {
  hour: string;
  metric: string;
  quantity: number;
  failed?: number;
  /** `workload` when only namespace and workload are known. */
  match: { entityRef: string } | { namespace: string; workload: string };
}

/** Units of a window. @public */
export interface UnitObservations {
  units: UnitObservation[];
  /** Requests that were made for them. */
  queries: number;
}

/**
 * Where units come from. As with {@link UsageSource}, the number of requests
 * must depend neither on the number of series nor on that of metrics.
 *
 * @public
 */
export interface UnitMetricSource {
  readonly id: string;
  supports(cluster: ClusterConfig): boolean;
  units(
    query: SourceQuery & { metrics: UnitMetric[] },
  ): Promise<UnitObservations>;
}
