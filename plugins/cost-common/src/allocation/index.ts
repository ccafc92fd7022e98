export * from './types';
export * from './allocateHour';
export * from './efficiency';
export * from './nodeCost';
