export * from './CostApi';
export * from './CostClient';
export * from './useReport';
