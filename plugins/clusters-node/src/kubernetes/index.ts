export * from './ClusterInventories';
export * from './KubernetesAccess';
export * from './check/checkKubernetes';
export { KubernetesApiError } from './client/failures';
export type { ManagedFields, ObjectMeta, OwnerReference } from './objects';
export { parseQuantity } from './quantities';
export * from './readInventory';
export * from './workloads/resolveWorkload';
