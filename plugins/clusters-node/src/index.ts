/**
 * How Headroom reaches a cluster: the configured clusters, and a client for
 * their HTTP endpoints and their Prometheus-compatible API.
 *
 * @packageDocumentation
 */
export * from './clusters';
export { readClusters } from './config/readClusters';
export * from './http/createEndpointClient';
export * from './http/errors';
export * from './prometheus/PrometheusClient';
export * from './prometheus/answers';
export * from './prometheus/selectors';
