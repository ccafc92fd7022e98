export { readStartUps, startUpOf } from './readStartUps';
export type { StartedPod, StartUp } from './readStartUps';
export { readScalingTargets } from './readScalingTargets';
export type {
  ReadScalingTargetsOptions,
  WorkloadContext,
} from './readScalingTargets';
export { toFieldOwner } from './toFieldOwner';
