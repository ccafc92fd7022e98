export * from './types';
export * from './allocateHour';
export {
  UNALLOCATED_GROUP,
  type AllocationDimension,
  type AllocationItem,
} from './allocationItem';
export * from './aggregate';
export * from './aggregateTypes';
export * from './efficiency';
export * from './emptyHourRow';
export * from './nodeCost';
export * from './shareCosts';
export type { ShareSplit } from './partsToShare';
export * from './chargedInSlots';
