export * from './CostEntityLink';
