export * from './ClusterNotices';
export * from './ScalingFrame';
