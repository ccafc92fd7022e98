import { OwnedEntity } from '../permissions/entity';

/** A catalog entity as a mirror keeps it. @public */
export interface StoredEntity extends OwnedEntity {
  title?: string;
  specType?: string;
  /** Those by which it claims what is its. */
  annotations: Record<string, string>;
  /** Where the catalog read it, e.g. `url:https://github.com/acme/web/catalog-info.yaml`. */
  location?: string;
  /** `spec.lifecycle`. */
  lifecycle?: string;
  /** Annotation `headroom.io/appetite`, as written. */
  appetite?: string;
}

/** A group and the group above it. @public */
export interface GroupEdge {
  group: string;
  parent: string;
}

/** An entity that claims something, or may keep what it had. @public */
export interface MirroredEntity
  extends Pick<
    StoredEntity,
    | 'entityRef'
    | 'kind'
    | 'namespace'
    | 'name'
    | 'annotations'
    | 'ownerRefs'
    | 'location'
  > {
  id: number;
  /** Since when it claims what it claims, ISO 8601 UTC. */
  claimsSince: string;
  /** Since when it has these owners, ISO 8601 UTC. */
  ownersSince: string;
  /** It left the catalog a short while ago. */
  isVanished: boolean;
  /** It was read elsewhere when its owners were first seen. */
  isMoved: boolean;
}
