/**
 * A simulated two-region cluster: Kubernetes API, usage, prices and demand.
 *
 * @packageDocumentation
 */
export * from './startDemoCluster';
export * from './world/createWorld';
export { WorldCluster } from './world/WorldCluster';
export type { ClusterState, WorldUnits } from './world/WorldCluster';
