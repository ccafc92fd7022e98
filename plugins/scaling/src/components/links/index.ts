export * from './useScalingLinks';
