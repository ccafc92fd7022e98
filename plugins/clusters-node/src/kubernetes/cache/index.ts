export type {
  CacheProblem,
  CacheState,
  CachedKind,
  CachedObject,
  MissingPermission,
  UnreadableObject,
} from './CacheState';
export type { AwaitedWrite, ClusterCache, ClusterCaches } from './ClusterCache';
export type {
  ClusterKind,
  ClusterObjects,
  ClusterSnapshot,
  InventoryCounts,
  InventoryDoubt,
  InventoryTrust,
  KindKnowledge,
} from './ClusterSnapshot';
export { clusterCachesServiceRef, createClusterCaches } from './ClusterCaches';
export { CLUSTER_KIND_NAMES, clusterKindOf } from './clusterKinds';
export { INVENTORY_LIMITS, judgeInventory } from './judgeInventory';
export type { InventoryLimits } from './judgeInventory';
export { ObjectCache } from './ObjectCache';
export type { ObjectCacheOptions } from './ObjectCache';
export { mostOf, rememberCounts } from './rememberCounts';
export type { CountMemory } from './rememberCounts';
export type { CachedValue, LastChange } from './projections/CachedValue';
export type {
  CachedAutoscaler,
  CachedBudget,
  CachedContainer,
  CachedNamespace,
  CachedScaledObject,
  CachedWorkload,
  ObjectSelector,
  ScaleTarget,
} from './projections/types';
