import {
  ANNOTATION_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  KUBERNETES_CLUSTER,
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
  KUBERNETES_NAMESPACE,
} from '../annotations';

/** What of a catalog entity links workloads to it. @public */
export interface LinkableEntity {
  /** Full and lower case, e.g. `component:default/web`. */
  entityRef: string;
  /** `backstage.io/kubernetes-id` */
  kubernetesId?: string;
  /** `backstage.io/kubernetes-namespace`: only workloads of this namespace. */
  kubernetesNamespace?: string;
  /** `backstage.io/kubernetes-label-selector` */
  labelSelector?: string;
  /** `backstage.io/kubernetes-cluster`, comma-separated: only workloads of these clusters. */
  kubernetesClusters?: string[];
  /** Who owns it, full references in lower case; absent = nobody. */
  ownerRefs?: string[];
  /** Where the catalog read it, e.g. `url:https://github.com/acme/web/catalog-info.yaml`. */
  location?: string;
  /** It was read elsewhere when its owners were first seen: who writes its file may be somebody else by now. */
  moved?: boolean;
  /** Since when it claims what it claims, ISO 8601 UTC; absent = always. */
  claimsSince?: string;
  /** Since when it has these owners, ISO 8601 UTC; absent = always. */
  ownersSince?: string;
  /** It left the catalog a short while ago: it keeps what it had, and gets nothing more. */
  vanished?: boolean;
}

/**
 * The reference that an entity has, or had before another took its name: what
 * had it first is kept as `component:default/web@2026-05-01-12`, which no catalog
 * accepts as a name.
 *
 * @internal
 */
export function nameRefOf({ entityRef, vanished }: LinkableEntity): string {
  return vanished ? entityRef.replace(/@[^@]*$/, '') : entityRef;
}

/** The Kubernetes annotations of a catalog entity; an empty one counts as absent. @public */
export function toLinkableEntity(entity: Entity): LinkableEntity {
  const annotations = entity.metadata.annotations ?? {};
  const read = (key: string) => annotations[key]?.trim() || undefined;
  const clusters = read(KUBERNETES_CLUSTER)
    ?.split(',')
    .map(cluster => cluster.trim())
    .filter(Boolean);
  return {
    entityRef: stringifyEntityRef(entity),
    kubernetesId: read(KUBERNETES_ID),
    kubernetesNamespace: read(KUBERNETES_NAMESPACE),
    labelSelector: read(KUBERNETES_LABEL_SELECTOR),
    kubernetesClusters: clusters?.length ? clusters : undefined,
    // The catalog sets it, whatever the entity's file says.
    location: read(ANNOTATION_LOCATION),
  };
}
