export { PROMETHEUS_SENTENCES, wordPrometheus } from './prometheusSentences';
