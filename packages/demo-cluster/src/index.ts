/**
 * A simulated two-region cluster: Kubernetes API, usage, prices and demand.
 *
 * @packageDocumentation
 */
export * from './git/startForge';
export * from './startDemoCluster';
export { rememberedBeginning } from './state';
export type { DemoBeginning } from './state';
export * from './world/createWorld';
export { InterventionError } from './world/interventions/Intervention';
export type {
  ContainerPatch,
  Intervention,
  InterventionAuthor,
  InterventionRefusal,
  ObjectKind,
  ObjectPatch,
  ObjectRef,
  OwnedFields,
} from './world/interventions/Intervention';
export type { ObjectSpec } from './world/interventions/specInForce';
export { WorldCluster } from './world/WorldCluster';
export type { ClusterState, WorldUnits } from './world/WorldCluster';
export type { WorldLevel } from './world/serviceLevels';
