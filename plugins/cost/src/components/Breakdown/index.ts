export * from './BreakdownTable';
export * from './ServiceBreakdown';
