import { WorkloadIdentity } from '../workloads';

/**
 * How a workload came to belong to a service.
 *
 * - `annotation`: pod label `backstage.io/kubernetes-id` equals the entity's annotation
 * - `label selector`: the entity's `backstage.io/kubernetes-label-selector` matches the pod's labels
 * - `config`: a rule under `headroom.cost.links`
 * - `owner`: the workload names its owner itself, by label
 *
 * @public
 */
export type LinkProvenance =
  | 'annotation'
  | 'label selector'
  | 'owner'
  | 'config';

/** @public */
export interface WorkloadLink {
  entityRef: string;
  provenance: LinkProvenance;
  /** The exact annotation, selector or rule that matched, and where its labels were read when not in metrics. */
  detail: string;
}

/** A workload and what is known of its labels. @public */
export interface LinkableWorkload extends WorkloadIdentity {
  /** Labels of its pod template, from the Kubernetes API; absent = not known. */
  kubernetesLabels?: Record<string, string>;
}

/** Whom a workload belonged to so far. @public */
export interface HeldLink {
  entityRef: string;
  /** Since when, ISO 8601 UTC. */
  since: string;
  /** What it was linked by; absent = not known. */
  provenance?: LinkProvenance;
  /** Who owned the service then, full references in lower case; absent = not known. */
  ownerRefs?: string[];
  /** Others of them claimed it no later, so it is settled anew when the owner changes. */
  isShared?: boolean;
  /** From whom it was taken over, of one owner: who has it back when the claim is given up. */
  takenFrom?: string;
}

/**
 * Why a claim that holds by its own terms doesn't count.
 *
 * - `held`: somebody else's service had the workload, or claimed it, first
 * - `tie`: somebody else claims it too, and nothing says whose it is, so that nobody has it
 * - `namespace`: `headroom.cost.claims.namespaces` gives the namespace to others
 *
 * @public
 */
export type ClaimRefusal = 'held' | 'tie' | 'namespace';

/** A claim that doesn't count. @public */
export interface RivalClaim extends WorkloadLink {
  reason: ClaimRefusal;
}

/** Whom a workload belongs to, and who else would have it. @public */
export interface LinkDecision {
  /** Absent = nobody. */
  link?: WorkloadLink;
  /**
   * How it got what it didn't have, or has anew; absent = it keeps it. From others
   * of its owner, who have it back when its owner becomes another one: `taken` from
   * who had it, or `shared`, before others who claimed it no later; else `alone`.
   */
  gained?: 'taken' | 'shared' | 'alone';
  rivals: RivalClaim[];
}
