export { costedObjects } from './costedObjects';
export { guardedPartsOf } from './guardedPartsOf';
export type { CostedManifests } from './guardedPartsOf';
