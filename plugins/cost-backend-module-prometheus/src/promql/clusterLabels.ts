/** Labels that name a cluster where several share a store. */
export const CLUSTER_LABELS = [
  'cluster',
  'cluster_name',
  'cluster_id',
  'clusterID',
  'k8s_cluster',
  'k8s_cluster_name',
  'tenant_id',
];

/** Names a Prometheus, of which a cluster may have several. */
export const PROMETHEUS_LABEL = 'prometheus';
