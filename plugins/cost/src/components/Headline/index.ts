export * from './Headline';
export * from './FleetHeadline';
export { useComparisonText } from './useComparisonText';
