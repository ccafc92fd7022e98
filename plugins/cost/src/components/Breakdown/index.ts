export * from './BreakdownTable';
export * from './ServiceBreakdown';
export * from './rowName';
