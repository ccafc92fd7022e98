export * from './KubernetesAccess';
export { KubernetesApiError } from './client/failures';
export type { ManagedFields, ObjectMeta, OwnerReference } from './objects';
export { parseQuantity } from './quantities';
export * from './readInventory';
export * from './workloads/resolveWorkload';
