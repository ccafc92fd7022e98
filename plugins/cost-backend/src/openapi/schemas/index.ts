export * from './adviceReports';
export * from './check';
export * from './costReports';
export * from './gpu';
export * from './settings';
