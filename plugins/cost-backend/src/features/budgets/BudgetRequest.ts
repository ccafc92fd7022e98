import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { isSaid, once, oneOf, parseInput, textOf } from '@headroom/node';
import { InputError } from '@backstage/errors';
import {
  BUDGET_SORTS,
  BUDGET_STATES,
  budgetDefinitionSchema,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { pageQuery } from '../../core/pageQuery';
import { firstOrder, PageRequest } from './pageOfBudgets';

const MAX_TEXT = 253;

/** What a list of budgets can be asked for. */
export const budgetQuery = z.strictObject({
  entityRef: once
    .optional()
    .describe(
      'A group, for its budgets, those of the groups below it and of their services; or a service, for its own. Default: all.',
    ),
  mine: oneOf(['true', 'false'])
    .default('false')
    .describe(
      "`true` = those of the user and the user's groups: set on them, or told to them. For users only, and not with `entityRef`.",
    ),
  q: textOf(MAX_TEXT)
    .optional()
    .describe('Text in the name or in what a budget is for.'),
  state: oneOf(BUDGET_STATES).optional(),
  sort: oneOf(BUDGET_SORTS)
    .default('state')
    .describe('What is not known comes last in either order.'),
  order: oneOf(['asc', 'desc'])
    .optional()
    .describe(
      'Else `desc` of figures and `asc` of others, the worst state first.',
    ),
  ...pageQuery,
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

/** A list that is asked for. @throws InputError that names the field, its value and what is right. */
export function parseBudgetQuery(
  query: unknown,
): PageRequest & { mine: boolean; entityRef?: string } {
  const { entityRef, mine, order, ...page } = parseInput(budgetQuery, query);
  const asked = {
    ...page,
    order: order ?? firstOrder(page.sort),
    mine: mine === 'true',
  };
  if (entityRef === undefined) {
    return asked;
  }
  if (asked.mine) {
    throw new InputError(
      'mine is true beside an entityRef; only one of them can be asked for',
    );
  }
  try {
    return {
      ...asked,
      entityRef: stringifyEntityRef(parseEntityRef(entityRef)),
    };
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
