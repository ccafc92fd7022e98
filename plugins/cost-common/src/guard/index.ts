export * from './compareManifestCosts';
export type {
  GuardCosts,
  GuardRow,
  GuardSide,
  MicrosRange,
} from './GuardCosts';
export * from './GuardedPart';
export { guardMarkdown, guardMarker } from './guardMarkdown';
export * from './guardPolicy';
export * from './GuardReport';
export * from './guardRequest';
export * from './guardReportOf';
export * from './guardSentences';
export * from './guardText';
export type { KnownBudget } from './judgeGuard';
export type { GuardPrices } from './priceGuardedPart';
export { readInfracost } from './readInfracost';
