export * from './CostPage';
