export * from './types';
export * from './gpuModel';
export * from './migProfiles';
export * from './sharing';
export * from './fractions';
export * from './priceDevices';
