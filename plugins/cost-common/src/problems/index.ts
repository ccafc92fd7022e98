export { PROMETHEUS_SENTENCES, wordPrometheus } from './prometheusSentences';
export { REPORT_SENTENCES, wordReport } from './reportSentences';
