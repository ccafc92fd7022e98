export * from './types';
export * from './gpuModel';
export * from './migProfiles';
