export * from './types';
export * from './allocateHour';
export * from './emptyHourRow';
export * from './nodeCost';
export * from './shareCosts';
export * from './sumPods';
export type { ShareSplit } from './partsToShare';
export * from './chargedInSlots';
