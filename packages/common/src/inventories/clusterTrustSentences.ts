import { createWorder } from '../wording';

/**
 * Why nothing is done by what is known of a cluster, in sentences.
 *
 * @public
 */
export const CLUSTER_TRUST_SENTENCES = {
  noNamespace:
    'Cluster {{cluster}} seems to have no namespace at all, which no cluster is without: what answers may not be its API server.',
  noWorkload: 'Cluster {{cluster}} seems to have no workload at all.',
  notRead:
    'The {{resource}} of cluster {{cluster}} have not been read to their end yet.',
  notReadBecause:
    'The {{resource}} of cluster {{cluster}} could not be read: {{problem}}.',
  refused:
    'The {{resource}} of cluster {{cluster}} are not known: {{problem}}. Allow the account to list and watch them.',
  stale:
    'What is known of the {{resource}} of cluster {{cluster}} is {{seconds}} s old, which is more than the {{most}} s that anything is done by.',
  staleBecause:
    'What is known of the {{resource}} of cluster {{cluster}} is {{seconds}} s old, which is more than the {{most}} s that anything is done by: {{problem}}.',
  shrunken:
    'Cluster {{cluster}} has {{left}} {{resource}} and had {{before}} a short while ago. Unless so many were deleted, the answer is not to be trusted; nothing is done until it has been so for {{minutes}} minutes.',
  uninstalled:
    'Cluster {{cluster}} no longer serves {{resource}}, of which it had {{before}} a short while ago. Nothing is done until it has been so for {{minutes}} minutes.',
} as const;

/** @public */
export const wordClusterTrust = createWorder(
  'clusterTrust',
  CLUSTER_TRUST_SENTENCES,
);
