export * from './CostSources';
