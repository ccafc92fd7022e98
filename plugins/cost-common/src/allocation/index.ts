export * from './types';
export * from './allocateHour';
export * from './emptyHourRow';
export * from './nodeCost';
export * from './shareCosts';
export type { ShareSplit } from './partsToShare';
export * from './chargedInSlots';
