export * from './createLinker';
export { sanitizeLabelKey } from './labels';
export * from './labelSelector';
export * from './linkableEntity';
export type { LinkRule } from './linkRules';
export * from './types';
