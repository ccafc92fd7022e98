export * from './aggregate';
export * from './answerItem';
export { answerStep } from './answerStep';
export * from './filter';
export { sumItems } from './Items';
export {
  EVERY_PROPERTY,
  needsOf,
  sanitizeLabel,
  UNMOUNTED,
  type AllocationProperties,
  type LabelAlias,
  type NeededProperties,
} from './properties';
export type { AllocationQuantities } from './quantities';
export * from './openCostAnswer';
export * from './steps';
export * from './types';
export {
  parseAllocationWindow,
  parseStep,
  WINDOW_FORMS,
  type AllocationWindow,
} from './windows';
