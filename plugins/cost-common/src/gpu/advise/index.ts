export type { GpuOffer, GpuWorkloadUse, WeekHour } from './types';
export * from './GpuWorkloadTally';
export * from './adviseGpu';
export * from './offers';
