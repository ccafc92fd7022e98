export * from './CostOverview';
