import { createPermissionRule } from '@backstage/plugin-permission-node';
import {
  CostEntityFilter,
  costEntityResourceRef,
} from '@headroom/plugin-cost-node';
import { z } from 'zod';

const lower = (values: string[]) =>
  values.map(value => value.toLocaleLowerCase('en-US'));

const overlap = (a: string[], b: string[]) => a.some(each => b.includes(each));

/**
 * The entity is owned by one of the claims.
 * @public
 */
export const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow entities owned by one of the given users or groups',
  resourceRef: costEntityResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('References of users and groups, e.g. group:default/ml'),
  }),
  apply: (entity, { claims }) => overlap(entity.ownerRefs, lower(claims)),
  toQuery: ({ claims }): CostEntityFilter => ({
    field: 'owner',
    values: lower(claims),
  }),
});

/**
 * The entity has a label, optionally with a value.
 * @public
 */
export const hasLabel = createPermissionRule({
  name: 'HAS_LABEL',
  description: 'Allow entities with the given label',
  resourceRef: costEntityResourceRef,
  paramsSchema: z.object({
    label: z.string().describe('Key of the label'),
    value: z.string().optional().describe('Its value; absent = any'),
  }),
  apply: ({ labels }, { label, value }) =>
    Object.hasOwn(labels, label) &&
    (value === undefined || labels[label] === value),
  toQuery: ({ label, value }): CostEntityFilter => ({
    field: 'label',
    key: label,
    value,
  }),
});

/**
 * The entity is of one of the kinds.
 * @public
 */
export const isKind = createPermissionRule({
  name: 'IS_KIND',
  description: 'Allow entities of the given kinds',
  resourceRef: costEntityResourceRef,
  paramsSchema: z.object({
    kinds: z.array(z.string()).describe('Kinds, e.g. component'),
  }),
  apply: ({ kind }, { kinds }) => lower(kinds).includes(kind),
  toQuery: ({ kinds }): CostEntityFilter => ({
    field: 'kind',
    values: lower(kinds),
  }),
});

/**
 * The entity is part of one of the systems.
 * @public
 */
export const inSystem = createPermissionRule({
  name: 'IN_SYSTEM',
  description: 'Allow entities that are part of one of the given systems',
  resourceRef: costEntityResourceRef,
  paramsSchema: z.object({
    systems: z
      .array(z.string())
      .describe('References of systems, e.g. system:default/shop'),
  }),
  apply: ({ systemRef }, { systems }) =>
    systemRef !== undefined && lower(systems).includes(systemRef),
  toQuery: ({ systems }): CostEntityFilter => ({
    field: 'system',
    values: lower(systems).filter(Boolean),
  }),
});

/**
 * The entity is one of those named.
 * @public
 */
export const isEntityRef = createPermissionRule({
  name: 'IS_ENTITY_REF',
  description: 'Allow the given entities',
  resourceRef: costEntityResourceRef,
  paramsSchema: z.object({
    entityRefs: z
      .array(z.string())
      .describe('Entity references, e.g. component:default/web'),
  }),
  apply: ({ entityRef }, { entityRefs }) =>
    lower(entityRefs).includes(entityRef),
  toQuery: ({ entityRefs }): CostEntityFilter => ({
    field: 'entityRef',
    values: lower(entityRefs),
  }),
});

/** Every rule of the resource type `cost-entity`. @public */
export const costEntityRules = {
  isOwner,
  hasLabel,
  isKind,
  inSystem,
  isEntityRef,
};
