export * from './CostApi';
export * from './adviceQuery';
export * from './CostClient';
