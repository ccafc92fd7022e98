import {
  ANNOTATION_LOCATION,
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { APPETITE_ANNOTATION } from '@headroom/common';
import { GroupEdge, StoredEntity } from './StoredEntity';

const lower = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * What a mirror keeps of a catalog entity; everything lower-case that is compared.
 *
 * @param claiming - keys of the annotations by which an entity claims what is its
 */
export function toStoredEntity(entity: Entity, claiming: RegExp): StoredEntity {
  const ref = stringifyEntityRef(entity);
  const owners = targets(entity, RELATION_OWNED_BY);
  return {
    entityRef: ref,
    kind: lower(entity.kind),
    namespace: lower(entity.metadata.namespace ?? 'default'),
    name: lower(entity.metadata.name),
    title: entity.metadata.title,
    specType:
      typeof entity.spec?.type === 'string' ? entity.spec.type : undefined,
    systemRef: targets(entity, RELATION_PART_OF).find(target =>
      target.startsWith('system:'),
    ),
    // Whoever is in a group may ask about it.
    ownerRefs: lower(entity.kind) === 'group' ? [ref] : owners,
    labels: entity.metadata.labels ?? {},
    annotations: Object.fromEntries(
      Object.entries(entity.metadata.annotations ?? {}).filter(([key]) =>
        claiming.test(key),
      ),
    ),
    lifecycle:
      typeof entity.spec?.lifecycle === 'string'
        ? entity.spec.lifecycle
        : undefined,
    appetite: entity.metadata.annotations?.[APPETITE_ANNOTATION],
    location: entity.metadata.annotations?.[ANNOTATION_LOCATION],
  };
}

/** The groups directly above a group. */
export function toGroupEdges(entity: Entity): GroupEdge[] {
  return lower(entity.kind) === 'group'
    ? targets(entity, RELATION_CHILD_OF).map(parent => ({
        group: stringifyEntityRef(entity),
        parent,
      }))
    : [];
}

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => lower(targetRef))
    .sort();
}
