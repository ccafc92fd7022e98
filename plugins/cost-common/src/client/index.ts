export * from './CostApi';
export * from './CostClient';
export * from './CostScope';
export type { AdviceFilter, AdviceSort, FleetAdviceQuery } from './adviceQuery';
