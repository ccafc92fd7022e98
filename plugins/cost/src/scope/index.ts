export * from './scope';
export * from './useCostScope';
