export { PROMETHEUS_SENTENCES, wordPrometheus } from './prometheusSentences';
export { REPORT_SENTENCES, wordReport } from './reportSentences';
export {
  PROMETHEUS_SERIES_SENTENCES,
  wordSeries,
} from './prometheusSeriesSentences';
