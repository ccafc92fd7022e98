export {
  PROMETHEUS_CHECK_SENTENCES,
  wordPrometheusCheck,
} from './prometheusCheckSentences';
export {
  OPENCOST_CHECK_SENTENCES,
  wordOpenCostCheck,
} from './openCostCheckSentences';
export {
  CLUSTER_CHECK_SENTENCES,
  wordClusterCheck,
} from './clusterCheckSentences';
