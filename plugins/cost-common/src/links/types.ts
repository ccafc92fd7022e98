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
  /** The exact annotation, selector or rule that matched. */
  detail: string;
}
