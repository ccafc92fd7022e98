export { buildKustomization, findKustomizations } from './buildKustomization';
export type { KustomizeFiles } from './buildKustomization';
export { KustomizeError } from './KustomizeError';
