export * from './loadRows';
export * from './MoreRows';
export * from './ScopeFilter';
