export { EKS_FARGATE, podPlatformOf } from './podPlatforms';
export * from './largestPod';
