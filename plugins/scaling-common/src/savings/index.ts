export * from './attributeStretches';
export * from './measureSaving';
export * from './EffectsInLedger';
export * from './sumSavings';
export { SAVING_SENTENCES, wordSaving } from './savingSentences';
export type * from './types';
