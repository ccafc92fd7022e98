import {
  ClusterConfig,
  PrometheusClient,
} from '@headroom/plugin-clusters-node';
import { CheckedConfig } from '@headroom/plugin-cost-node';

/** What a check of a Prometheus needs. @internal */
export interface PrometheusCheck {
  cluster: ClusterConfig;
  /** A client for the endpoint, or for what it would be otherwise. */
  client(change?: {
    url?: string;
    matchers?: Record<string, string>;
  }): PrometheusClient;
  signal: AbortSignal;
  configured: CheckedConfig;
  now: () => Date;
}
