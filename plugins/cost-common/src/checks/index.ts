export {
  PROMETHEUS_CHECK_SENTENCES,
  wordPrometheusCheck,
} from './prometheusCheckSentences';
export {
  OPENCOST_CHECK_SENTENCES,
  wordOpenCostCheck,
} from './openCostCheckSentences';
