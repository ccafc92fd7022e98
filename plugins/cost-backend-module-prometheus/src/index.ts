/**
 * Usage from Prometheus, Thanos or Mimir: cAdvisor, kube-state-metrics and DCGM.
 *
 * @packageDocumentation
 */
export { costModulePrometheus as default } from './module';
export * from './PrometheusUsageSource';
export * from './levels/PrometheusServiceLevelSource';
export * from './units/PrometheusUnitMetricSource';
