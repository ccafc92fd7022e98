/** How to sign in to an HTTP endpoint of a cluster. Never leaves the back end. @public */
export type EndpointAuth =
  | { type: 'none' }
  | { type: 'bearer'; token: string }
  | { type: 'basic'; username: string; password: string };

/** An HTTP endpoint of a cluster. @public */
export interface EndpointConfig {
  /** Base URL without a trailing slash. */
  url: string;
  auth: EndpointAuth;
  /** Extra headers, e.g. `X-Scope-OrgID` for Mimir or `THANOS-TENANT`. */
  headers: Record<string, string>;
  /** Milliseconds one request may take. */
  timeoutMs: number;
  /** Largest answer that is read; `MAX_RESPONSE_BYTES` when absent. */
  maxResponseBytes?: number;
}

/** A Prometheus-compatible API. @public */
export interface PrometheusEndpointConfig extends EndpointConfig {
  /** Label matchers added to every selector, e.g. `{ cluster: 'us-west' }` on a shared Thanos or Mimir. */
  matchers: Record<string, string>;
  /** Seconds between two scrapes, when they can't be told from `up`. */
  scrapeIntervalSeconds?: number;
}

/** A cluster's Kubernetes API, a token to read it with and one to act with. @public */
export interface KubernetesEndpointConfig {
  /** Base URL without a trailing slash. */
  url: string;
  /** Bearer token of the identity that reads. Never leaves the back end. */
  token?: string;
  /** Bearer token of the identity that writes; without it nothing can be written. */
  actToken?: string;
  /** Certificate authority, base64 of its PEM. */
  caData?: string;
  /** Path of the certificate authority's PEM file. */
  caFile?: string;
  skipTLSVerify: boolean;
  /** Milliseconds one request may take. */
  timeoutMs: number;
}

/**
 * One entry of `headroom.clusters`.
 *
 * @public
 */
export interface ClusterConfig {
  /** The name Backstage's `kubernetes` configuration uses. */
  name: string;
  title: string;
  region?: string;
  labels: Record<string, string>;
  /** Its Prometheus: where its usage comes from, or what other sources are verified with. */
  prometheus?: PrometheusEndpointConfig;
  /** Its Kubernetes API, where it isn't the one in Backstage's own configuration. */
  kubernetes?: KubernetesEndpointConfig;
  /** What modules read of the entry, by key, as it is written: see {@link ClusterSection}. */
  sections?: Readonly<Record<string, unknown>>;
}
