import { WorkloadRef } from './types';

/** Labels that a workload's pods are made with, by their real keys. @public */
export interface WorkloadLabels extends WorkloadRef {
  labels: Record<string, string>;
}

/** A node as the Kubernetes API has it. @public */
export interface NodeLabels {
  name: string;
  /** Tells apart machines that had the same name one after the other. */
  uid: string;
  /** ISO 8601 UTC. */
  createdAt?: string;
  labels: Record<string, string>;
}

/** What the Kubernetes API knows where metrics have no labels. @public */
export interface ClusterLabels {
  workloads: WorkloadLabels[];
  /** Absent = they can't be listed. */
  nodes?: NodeLabels[];
}
