/**
 * Problems of an hour in which a series is missing that money depends on, and the
 * series, whose effect and mend are those of the check.
 */
export const MISSING = {
  'no-nodes': 'kube_node_info',
  'no-pods': 'kube_pod_info',
  'no-requests': 'kube_pod_container_resource_requests',
  'no-phases': 'kube_pod_status_phase',
  'no-init-status': 'kube_pod_init_container_status_running',
  'no-init-ready': 'kube_pod_init_container_status_ready',
  'no-pod-owners': 'kube_pod_owner',
  'no-replicaset-owners': 'kube_replicaset_owner',
  'no-replicationcontroller-owners': 'kube_replicationcontroller_owner',
  'no-job-owners': 'kube_job_owner',
  'no-claims': 'kube_persistentvolumeclaim_resource_requests_storage_bytes',
  'no-claim-phases': 'kube_persistentvolumeclaim_status_phase',
  'no-claim-volumes': 'kube_persistentvolumeclaim_info',
  'no-mounts': 'kube_pod_spec_volumes_persistentvolumeclaims_info',
  'no-volume-sizes': 'kube_persistentvolume_capacity_bytes',
  'no-volume-phases': 'kube_persistentvolume_status_phase',
  'no-volume-classes': 'kube_persistentvolume_info',
  'no-cpu-usage': 'container_cpu_usage_seconds_total',
  'no-memory-usage': 'container_memory_working_set_bytes',
} as const;

/** Code of the problem that a series is missing in an hour. */
export type MissingCode = keyof typeof MISSING;
