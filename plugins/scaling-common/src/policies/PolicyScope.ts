/**
 * What a policy is for. The narrowest scope that has a policy for a workload wins,
 * whole (S9), in this order: workload, selector, service, namespace, system, team,
 * all.
 *
 * @public
 */
export type PolicyScope =
  | { type: 'workload'; namespace: string; kind: string; name: string }
  | {
      type: 'selector';
      /** A Kubernetes label selector of labels of workloads, e.g. `tier=web,env!=prod`. */
      selector: string;
      /** Names, `*` stands for any text; absent = all namespaces. */
      namespaces?: readonly string[];
    }
  | { type: 'service'; entityRef: string }
  | { type: 'namespace'; namespace: string }
  | { type: 'system'; entityRef: string }
  | { type: 'team'; entityRef: string }
  | { type: 'all' };

/** Scopes, the narrowest first. @public */
export const SCOPES_BY_WIDTH: ReadonlyArray<PolicyScope['type']> = [
  'workload',
  'selector',
  'service',
  'namespace',
  'system',
  'team',
  'all',
];

/** Chooses workloads; all that is said must hold. `*` in a name stands for any text. @public */
export interface TargetFilter {
  clusters?: readonly string[];
  namespaces?: readonly string[];
  kinds?: readonly string[];
  names?: readonly string[];
  /** A Kubernetes label selector of labels of workloads. */
  selector?: string;
}
