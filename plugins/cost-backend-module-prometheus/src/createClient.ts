import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ClusterConfig,
  PrometheusClient,
} from '@headroom/plugin-clusters-node';
import { wordPrometheus } from '@headroom/plugin-cost-common';

/** A client for the Prometheus of a cluster. */
export function createClient(
  cluster: ClusterConfig,
  logger?: LoggerService,
  onRequest?: () => void,
): PrometheusClient {
  if (!cluster.prometheus) {
    throw new ServiceUnavailableError(
      `Cluster ${cluster.name} has no Prometheus configured; its entry under headroom.clusters must have prometheus: { url: https://… }`,
    );
  }
  return PrometheusClient.create(cluster.prometheus, {
    name: wordPrometheus('prometheusOf', { cluster: cluster.name }),
    logger,
    onRequest,
  });
}
