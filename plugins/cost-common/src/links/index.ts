export * from './claimPolicy';
export * from './createLinker';
export { entityProblems } from './entityProblems';
export * from './glob';
export {
  labelReader,
  sanitizeLabelKey,
  snakeCaseLabelKey,
  type LabelSet,
} from './labels';
export * from './labelSelector';
export * from './linkableEntity';
export type { LinkRule } from './linkRules';
export * from './types';
