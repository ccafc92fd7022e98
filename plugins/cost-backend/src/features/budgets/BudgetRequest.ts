import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { isSaid, once, parseInput } from '@headroom/node';
import { InputError } from '@backstage/errors';
import { budgetDefinitionSchema } from '@headroom/plugin-cost-common';
import { z } from 'zod';

/** What a list of budgets can be asked for. */
export const budgetQuery = z.strictObject({
  entityRef: once
    .optional()
    .describe(
      'A group, for its budgets, those of the groups below it and of their services; or a service, for its own. Default: all.',
    ),
});

/** What makes or changes a budget. */
export const budgetBody = z.strictObject({
  budget: budgetDefinitionSchema,
  version: z
    .number({ error: 'must be a whole number' })
    .int({ error: 'must be a whole number' })
    .min(1, { error: 'must be at least 1' })
    .optional()
    .describe('Of the budget that is changed; absent = it is new.'),
});

/** What a budget is removed with. */
export const budgetRemoval = z.strictObject({
  version: once
    .regex(/^[1-9]\d{0,8}$/, {
      error: ({ input }) => `${isSaid(input)}; it must be a whole number`,
    })
    .describe('Of the budget that is removed.'),
});

/** The entity that a list is asked for, as the catalog writes it. */
export function parseBudgetQuery(query: unknown): { entityRef?: string } {
  const { entityRef } = parseInput(budgetQuery, query);
  if (entityRef === undefined) {
    return {};
  }
  try {
    return { entityRef: stringifyEntityRef(parseEntityRef(entityRef)) };
  } catch {
    throw new InputError(
      `entityRef is ${JSON.stringify(
        entityRef.slice(0, 100),
      )}; it must be a reference such as group:default/shop`,
    );
  }
}

/**
 * Who makes a budget chooses its id, so that asking twice makes one.
 *
 * @throws InputError unless it is a UUID in lower case.
 */
export function newBudgetId(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new InputError(
      'id must be a UUID in lower case; budgets of the configuration and of annotations are changed where they are written',
    );
  }
  return id;
}
