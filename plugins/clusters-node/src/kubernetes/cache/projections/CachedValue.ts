import { FieldOwner } from '../../ownership/FieldOwner';
import { OwnerReference } from '../../objects';

/** When and under which name somebody last changed what an object is to be. @public */
export interface LastChange {
  /** ISO 8601 UTC, by the API server's clock. */
  at: string;
  /** The field manager, e.g. `kubectl-edit`. */
  manager: string;
}

/** What is kept of every object. @public */
export interface CachedValue {
  apiVersion: string;
  kind: string;
  /** ISO 8601 UTC. */
  createdAt?: string;
  /** Bounded: 16 KiB, without the labels that hardware discovery adds. */
  labels: Readonly<Record<string, string>>;
  /** Those of Headroom, of KEDA's pausing and of GitOps tools; no other. */
  annotations: Readonly<Record<string, string>>;
  /** What controls it, e.g. the Rollout of a ReplicaSet or an operator's own kind. */
  controller?: Pick<OwnerReference, 'apiVersion' | 'kind' | 'name' | 'uid'>;
  /** It is being deleted. */
  deleting?: true;
  /**
   * Who owns the fields by which it is scaled, by path, e.g. `spec.replicas`; a path
   * that nobody owns is left out.
   */
  owners: Readonly<Record<string, readonly FieldOwner[]>>;
  /**
   * The last change of its spec by somebody who is neither a controller nor
   * Headroom: a person, a pipeline or a GitOps tool.
   */
  lastChange?: LastChange;
}
