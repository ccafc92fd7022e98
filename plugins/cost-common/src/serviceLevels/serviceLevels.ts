/**
 * Requests by the upper bound of the bucket that their latency fell into, in seconds as
 * text (`0.25`, `+Inf`). Each request is counted once, in the smallest bucket that holds
 * it, so that counts of any hours, replicas and days sum exactly.
 *
 * @public
 */
export type LatencyCounts = Readonly<Record<string, number>>;

/** What requests to a service, or to a workload of one, were like in one hour. @public */
export interface ServiceLevelHour {
  /** ISO 8601 UTC, on the hour. */
  hour: string;
  /** All that were answered, failed ones too. */
  requests: number;
  /** Those that failed by the server's fault; absent = not known. */
  errors?: number;
  /** Absent = not known. */
  latency?: LatencyCounts;
}

/** What was read in a window of a workload of a service, or of the service as a whole in a cluster. @public */
export interface ServiceLevelSeries {
  /** Names it; the same in every window. */
  key: string;
  /** Of the window, those it was read in. Of the others nothing is known. */
  hours: number;
  requests: number;
}

/** What requests were like in a window, added up from hours. @public */
export interface ServiceLevelFacts {
  series: readonly ServiceLevelSeries[];
  /** Of all series. */
  requests: number;
  /** Absent = not known of all of it. */
  errors?: number;
  /** Absent = not known of all of it. */
  latency?: LatencyCounts;
}
