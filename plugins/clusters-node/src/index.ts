/**
 * How Headroom reaches a cluster: the configured clusters, a client for their
 * HTTP endpoints and their Prometheus-compatible API, and what runs in them as
 * their Kubernetes API has it.
 *
 * @packageDocumentation
 */
export * from './clusters';
export * from './config/ClusterSection';
export { clustersServiceRef } from './config/clustersService';
export type { ClustersService } from './config/clustersService';
export { readClusters } from './config/readClusters';
export type { ReadClustersOptions } from './config/readClusters';
export * from './http/createEndpointClient';
export * from './http/errors';
export * from './kubernetes';
export * from './prometheus/PrometheusClient';
export * from './prometheus/answers';
export * from './prometheus/selectors';
