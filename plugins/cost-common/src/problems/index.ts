export { ALLOCATION_SENTENCES, wordAllocation } from './allocationSentences';
export { CLAIM_SENTENCES, wordClaims } from './claimSentences';
export { GPU_REPORT_SENTENCES, wordGpuReport } from './gpuReportSentences';
export { INGEST_SENTENCES, wordIngest } from './ingestSentences';
export { INVENTORY_SENTENCES, wordInventory } from './inventorySentences';
export { PRICE_SENTENCES, wordPrices } from './priceSentences';
export { PROMETHEUS_SENTENCES, wordPrometheus } from './prometheusSentences';
export { REPORT_SENTENCES, wordReport } from './reportSentences';
export {
  PROMETHEUS_SERIES_SENTENCES,
  wordSeries,
} from './prometheusSeriesSentences';
export { OPENCOST_SENTENCES, wordOpenCost } from './openCostSentences';
