import { createGlob } from '../glob/glob';
import { LinkableEntity } from './linkableEntity';
import { createLocationMatcher } from './trustedLocation';

/** How an entity may claim a workload, the strongest first. @public */
export const CLAIM_KINDS = ['annotation', 'label selector', 'owner'] as const;

/** @public */
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** Who may claim the workloads of namespaces. @public */
export interface NamespaceClaims {
  /** `*` stands for any text; absent = every cluster. */
  cluster?: string;
  /** `*` stands for any text. */
  namespace: string;
  /** Owners of the entities that may, full references in lower case. */
  owners: string[];
}

/**
 * Which claims count. Annotations are written, and names taken, by whoever
 * registers an entity: without a policy they all count.
 *
 * @public
 */
export interface ClaimPolicy {
  /** Kinds that count, the strongest first. Default: {@link CLAIM_KINDS}. */
  order?: readonly ClaimKind[];
  /** Where entities must come from for their claims to count, see {@link createLocationMatcher}. Absent = anywhere. */
  trustedLocations?: readonly string[];
  /** Namespaces that not everybody may claim: all owners of an entity must be named. */
  namespaces?: readonly NamespaceClaims[];
}

/** A policy, ready to be asked. @internal */
export interface CompiledPolicy {
  order: readonly ClaimKind[];
  trusts(entity: LinkableEntity): boolean;
  /** Whether an entity may claim what is in a namespace. */
  allows(entity: LinkableEntity, namespace: string, cluster: string): boolean;
}

/** @internal */
export function compilePolicy(policy: ClaimPolicy): CompiledPolicy {
  const { order = CLAIM_KINDS, trustedLocations, namespaces = [] } = policy;
  const locations = trustedLocations?.map(createLocationMatcher);
  const rules = namespaces.map(({ cluster, namespace, owners }) => ({
    cluster: cluster === undefined ? undefined : createGlob(cluster),
    namespace: createGlob(namespace),
    owners: new Set(owners),
  }));
  return {
    order,
    trusts: ({ location }) =>
      !locations || locations.some(matches => matches(location)),
    allows: ({ ownerRefs = [] }, namespace, cluster) => {
      const fitting = rules.filter(
        rule => rule.namespace(namespace) && (rule.cluster?.(cluster) ?? true),
      );
      return (
        fitting.length === 0 ||
        (ownerRefs.length > 0 &&
          ownerRefs.every(ref => fitting.some(({ owners }) => owners.has(ref))))
      );
    },
  };
}
