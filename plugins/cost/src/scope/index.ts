export * from './scope';
export * from './useCostScope';
export * from './useUrlParam';
