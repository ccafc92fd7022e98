export { buildCostedKustomizations } from './buildCostedKustomizations';
export type {
  CostedKustomizations,
  UnknownKustomizations,
} from './buildCostedKustomizations';
export { costedObjects } from './costedObjects';
export { guardedPartsOf } from './guardedPartsOf';
export type { CostedManifests } from './guardedPartsOf';
export { kustomizationsAmong } from './kustomizationsAmong';
