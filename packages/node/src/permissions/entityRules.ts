import {
  createPermissionRule,
  PermissionResourceRef,
  PermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { EntityFilter, OwnedEntity } from './entity';

const lower = (values: string[]) =>
  values.map(value => value.toLocaleLowerCase('en-US'));

const overlap = (a: string[], b: string[]) => a.some(each => b.includes(each));

/** A rule about entities, of a resource type. @public */
export type EntityRule<
  TResourceType extends string,
  TParams extends Record<string, string | string[] | undefined>,
> = PermissionRule<OwnedEntity, EntityFilter, TResourceType, TParams>;

/** What policies tell entities apart by; an interface would be no record of rules. @public */
export type EntityRules<TResourceType extends string> = {
  /** The entity is owned by one of the claims, references of users and groups. */
  isOwner: EntityRule<TResourceType, { claims: string[] }>;
  /** The entity has a label, optionally with a value. */
  hasLabel: EntityRule<
    TResourceType,
    { label: string; value?: string | undefined }
  >;
  /** The entity is of one of the kinds. */
  isKind: EntityRule<TResourceType, { kinds: string[] }>;
  /** The entity is part of one of the systems, references. */
  inSystem: EntityRule<TResourceType, { systems: string[] }>;
  /** The entity is one of those named. */
  isEntityRef: EntityRule<TResourceType, { entityRefs: string[] }>;
};

/**
 * The rules by which policies tell entities apart, for a resource type of any
 * plugin: is owner, has label, is kind, in system, is entity ref. One
 * implementation, so that a condition means the same everywhere.
 *
 * @public
 */
export function createEntityRules<TResourceType extends string>(
  resourceRef: PermissionResourceRef<OwnedEntity, EntityFilter, TResourceType>,
): EntityRules<TResourceType> {
  return rulesOf(resourceRef) as EntityRules<TResourceType>;
}

/** Backstage infers rules of one type only, not of any. */
function rulesOf(
  resourceRef: PermissionResourceRef<OwnedEntity, EntityFilter>,
) {
  /** The entity is owned by one of the claims. */
  const isOwner = createPermissionRule({
    resourceRef,
    name: 'IS_OWNER',
    description: 'Allow entities owned by one of the given users or groups',
    paramsSchema: z.object({
      claims: z
        .array(z.string())
        .describe('References of users and groups, e.g. group:default/ml'),
    }),
    apply: (entity, { claims }) => overlap(entity.ownerRefs, lower(claims)),
    toQuery: ({ claims }): EntityFilter => ({
      field: 'owner',
      values: lower(claims),
    }),
  });
  /** The entity has a label, optionally with a value. */
  const hasLabel = createPermissionRule({
    resourceRef,
    name: 'HAS_LABEL',
    description: 'Allow entities with the given label',
    paramsSchema: z.object({
      label: z.string().describe('Key of the label'),
      value: z.string().optional().describe('Its value; absent = any'),
    }),
    apply: ({ labels }, { label, value }) =>
      Object.hasOwn(labels, label) &&
      (value === undefined || labels[label] === value),
    toQuery: ({ label, value }): EntityFilter => ({
      field: 'label',
      key: label,
      value,
    }),
  });
  /** The entity is of one of the kinds. */
  const isKind = createPermissionRule({
    resourceRef,
    name: 'IS_KIND',
    description: 'Allow entities of the given kinds',
    paramsSchema: z.object({
      kinds: z.array(z.string()).describe('Kinds, e.g. component'),
    }),
    apply: ({ kind }, { kinds }) => lower(kinds).includes(kind),
    toQuery: ({ kinds }): EntityFilter => ({
      field: 'kind',
      values: lower(kinds),
    }),
  });
  /** The entity is part of one of the systems. */
  const inSystem = createPermissionRule({
    resourceRef,
    name: 'IN_SYSTEM',
    description: 'Allow entities that are part of one of the given systems',
    paramsSchema: z.object({
      systems: z
        .array(z.string())
        .describe('References of systems, e.g. system:default/shop'),
    }),
    apply: ({ systemRef }, { systems }) =>
      systemRef !== undefined && lower(systems).includes(systemRef),
    toQuery: ({ systems }): EntityFilter => ({
      field: 'system',
      values: lower(systems).filter(Boolean),
    }),
  });
  /** The entity is one of those named. */
  const isEntityRef = createPermissionRule({
    resourceRef,
    name: 'IS_ENTITY_REF',
    description: 'Allow the given entities',
    paramsSchema: z.object({
      entityRefs: z
        .array(z.string())
        .describe('Entity references, e.g. component:default/web'),
    }),
    apply: ({ entityRef }, { entityRefs }) =>
      lower(entityRefs).includes(entityRef),
    toQuery: ({ entityRefs }): EntityFilter => ({
      field: 'entityRef',
      values: lower(entityRefs),
    }),
  });
  return { isOwner, hasLabel, isKind, inSystem, isEntityRef };
}
