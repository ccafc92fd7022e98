import {
  ClusterConfig,
  PrometheusClient,
} from '@headroom/plugin-clusters-node';
import { NodeLabelRules } from '@headroom/plugin-cost-common';

/** What a check of a Prometheus needs. @internal */
export interface PrometheusCheck {
  cluster: ClusterConfig;
  /** A client for the endpoint, or for what it would be otherwise. */
  client(change?: {
    url?: string;
    matchers?: Record<string, string>;
  }): PrometheusClient;
  signal: AbortSignal;
  /** Labels that configuration adds to those known of nodes. */
  nodeLabels?: NodeLabelRules;
  now: () => Date;
}
