export * from './ClusterInventories';
export * from './ClusterVersions';
export * from './KubernetesAccess';
export * from './cache';
export * from './check/checkKubernetes';
export * from './client/KubernetesApiError';
export * from './client/KubernetesReader';
export * from './client/KubernetesWriter';
export type {
  KubernetesPrecondition,
  KubernetesReference,
  KubernetesResource,
} from './client/references';
export type { JsonPatchOperation, KubernetesPatch } from './client/patches';
export type { WatchEvent } from './client/watch';
export type { ManagedFields, ObjectMeta, OwnerReference } from './objects';
export * from './ownership';
export * from './readInventory';
export * from './selectors/SelectorIndex';
export * from './workloads/resolveWorkload';
