export * from './claimPolicy';
export * from './createLinker';
export { entityProblems } from './entityProblems';
export * from './linkableEntity';
export { LINK_SENTENCES } from './linkSentences';
export type { LinkRule } from './linkRules';
export { createLocationMatcher } from './trustedLocation';
export * from './types';
