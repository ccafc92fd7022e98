export * from './judgeLevels';
export * from './latency';
export * from './serviceLevels';
