export * from './ScalingApi';
export * from './ScalingClient';
