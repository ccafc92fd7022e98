export {
  CLUSTER_TRUST_SENTENCES,
  wordClusterTrust,
} from './clusterTrustSentences';
