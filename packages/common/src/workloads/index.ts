export * from './gpuResources';
export * from './labels';
export * from './types';
export * from './WorkloadIdentity';
export * from './workloadNames';
