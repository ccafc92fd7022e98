export * from './CostPage';
export * from './CostTabs';
export * from './PageTitle';
