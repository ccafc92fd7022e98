import {
  CompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { z } from 'zod';
import type { BudgetDefinition } from './budgetDefinition';

const MOST_CHARACTERS = 253;

const text = z
  .string()
  .trim()
  .min(1, { error: 'must not be empty' })
  .max(MOST_CHARACTERS, {
    error: `must have at most ${MOST_CHARACTERS} characters`,
  })
  .refine(value => !value.includes('\0'), {
    error: 'must have no NUL characters',
  });

/**
 * A reference as the catalog writes it, of one of some kinds.
 *
 * @public
 */
export function entityRefOfKind(kinds: readonly string[], example: string) {
  return text.transform((value, context) => {
    const ref = tryParse(value, kinds[0]);
    if (!ref || !kinds.includes(ref.kind.toLocaleLowerCase('en-US'))) {
      context.addIssue({
        code: 'custom',
        message: `must be a reference such as ${example}`,
      });
      return z.NEVER;
    }
    return stringifyEntityRef(ref);
  });
}

function tryParse(
  value: string,
  defaultKind: string,
): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(value, { defaultKind, defaultNamespace: 'default' });
  } catch {
    return undefined;
  }
}

/** As {@link BudgetScope}. */
export const budgetScopeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('group'),
    entityRef: entityRefOfKind(['group'], 'group:default/shop'),
  }),
  z.strictObject({
    type: z.literal('service'),
    entityRef: entityRefOfKind(
      ['component', 'resource'],
      'component:default/web',
    ),
  }),
  z.strictObject({
    type: z.literal('system'),
    entityRef: entityRefOfKind(['system'], 'system:default/shop'),
  }),
  z.strictObject({
    type: z.literal('domain'),
    entityRef: entityRefOfKind(['domain'], 'domain:default/retail'),
  }),
  z.strictObject({ type: z.literal('cluster'), cluster: text }),
  z.strictObject({
    type: z.literal('namespace'),
    namespace: text,
    cluster: text.optional(),
  }),
  z.strictObject({ type: z.literal('label'), label: text, value: text }),
  z.strictObject({ type: z.literal('tag'), tag: text, value: text }),
]);

/**
 * What a budget is for: a group with all groups below it, a service, a system, a
 * domain, a cluster, a namespace (in one cluster, or in all that have one of the
 * name), workloads with a label, or charges of a bill with a tag.
 *
 * @public
 */
export type BudgetScope = BudgetDefinition['scope'];

/**
 * Tells scopes apart: the same for two that mean the same.
 *
 * @public
 */
export function budgetScopeKey(scope: BudgetScope): string {
  switch (scope.type) {
    case 'cluster':
      return JSON.stringify(['cluster', scope.cluster]);
    case 'namespace':
      return JSON.stringify([
        'namespace',
        scope.namespace,
        scope.cluster ?? null,
      ]);
    case 'label':
      return JSON.stringify(['label', scope.label, scope.value]);
    case 'tag':
      return JSON.stringify(['tag', scope.tag, scope.value]);
    default:
      return JSON.stringify([scope.type, scope.entityRef]);
  }
}

/** A scope in a few words, e.g. `label team=shop`. @public */
export function describeBudgetScope(scope: BudgetScope): string {
  switch (scope.type) {
    case 'cluster':
      return `cluster ${scope.cluster}`;
    case 'namespace':
      return scope.cluster
        ? `namespace ${scope.namespace} of ${scope.cluster}`
        : `namespace ${scope.namespace}`;
    case 'label':
      return `label ${scope.label}=${scope.value}`;
    case 'tag':
      return `tag ${scope.tag}=${scope.value}`;
    default:
      return scope.entityRef;
  }
}
