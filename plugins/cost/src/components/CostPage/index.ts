export * from './CostPage';
export * from './CostTabs';
