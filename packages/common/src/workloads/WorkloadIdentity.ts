/** A workload's container and the labels that can link it to a service. @public */
export interface WorkloadIdentity {
  namespace: string;
  workloadKind: string;
  workload: string;
  container: string;
  labels: Record<string, string>;
  /** Keys have been through Prometheus, which turns what is no letter or digit into `_`. */
  labelsSanitized?: boolean;
}
