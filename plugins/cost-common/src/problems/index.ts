export { ALLOCATION_SENTENCES, wordAllocation } from './allocationSentences';
export { INGEST_SENTENCES, wordIngest } from './ingestSentences';
export { PRICE_SENTENCES, wordPrices } from './priceSentences';
export { PROMETHEUS_SENTENCES, wordPrometheus } from './prometheusSentences';
export { REPORT_SENTENCES, wordReport } from './reportSentences';
export {
  PROMETHEUS_SERIES_SENTENCES,
  wordSeries,
} from './prometheusSeriesSentences';
