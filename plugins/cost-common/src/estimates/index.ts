export * from './costEstimate';
export * from './estimateMonthly';
export type { EstimatePrices, ObservedIdle } from './estimatePrices';
export * from './estimateRequest';
export { ESTIMATE_SENTENCES, wordEstimate } from './estimateSentences';
export * from './ObservedPool';
export * from './withIdle';
