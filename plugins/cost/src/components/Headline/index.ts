export * from './Headline';
export * from './FleetHeadline';
export { comparisonBase } from './comparisonBase';
export { useComparisonText } from './useComparisonText';
