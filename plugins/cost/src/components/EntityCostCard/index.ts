export * from './EntityCostCard';
