export * from './CostApi';
export * from './adviceQuery';
export * from './CostClient';
export * from './useReport';
