import { SchedulerServiceTaskScheduleDefinition } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseSection, readSchedule } from '@headroom/node';
import {
  BudgetDefinition,
  budgetDefinitionSchema,
  budgetSubject,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { readTrusted } from './readTrusted';

const AT = 'headroom.cost.budgets';

/** A budget of the configuration. */
export interface DefinedBudget {
  /** Unique among those of the configuration. */
  id: string;
  budget: BudgetDefinition;
}

/** Budgets that are written in the configuration, and who else may declare some. */
export interface BudgetConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  defined: DefinedBudget[];
  /** Whether an entity that is registered there may declare a budget by annotation. */
  mayDeclare: (location: string | undefined) => boolean;
}

/** Numbers as YAML has them. */
const amount = z
  .union([z.string(), z.number()], {
    error: 'must be an amount such as 2500',
  })
  .transform(String);

const id = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,63}$/, { error: 'must be letters, digits, dashes' });

/** @throws InputError that names the key, the value and what would be right. */
export function readBudgets(
  config: Config,
  known: { currencies: readonly string[]; tags: readonly string[] },
): BudgetConfig {
  return {
    schedule: readSchedule(config, AT, {
      frequency: { minutes: 5 },
      timeout: { minutes: 10 },
      initialDelay: { seconds: 30 },
    }),
    defined: readDefined(config, known),
    mayDeclare: readTrusted(config, AT),
  };
}

function readDefined(
  config: Config,
  known: { currencies: readonly string[]; tags: readonly string[] },
): DefinedBudget[] {
  const at = `${AT}.defined`;
  const entries = parseSection(
    at,
    z.array(z.looseObject({ id, amount })),
    config.getOptional(at) ?? [],
  );
  const defined = entries.map(({ id: name, ...entry }, index) => {
    const budget = parseSection(`${at}[${index}]`, budgetDefinitionSchema, {
      currency: known.currencies[0],
      period: { type: 'month' },
      ...entry,
    });
    const problem = budgetProblem(budget, known);
    if (problem) {
      throw new InputError(`${at}[${index}].${problem}`);
    }
    return { id: name, budget };
  });
  refuseTwice(
    at,
    'id',
    defined.map(each => each.id),
  );
  refuseTwice(
    at,
    'scope',
    defined.map(({ budget }) => budgetSubject(budget)),
  );
  return defined;
}

/** What this portal can't do of a budget, naming the field; undefined when it can. */
export function budgetProblem(
  { currency, scope }: BudgetDefinition,
  known: { currencies: readonly string[]; tags: readonly string[] },
): string | undefined {
  if (!known.currencies.includes(currency)) {
    return `currency is "${currency}"; it must be one of ${[
      ...new Set(known.currencies),
    ].join(', ')}, the currencies there are rates for`;
  }
  return scope.type === 'tag' && !known.tags.includes(scope.tag)
    ? `scope.tag is "${scope.tag}"; it must be one of ${known.tags.join(
        ', ',
      )}, the tags that are kept (headroom.cost.bill)`
    : undefined;
}

function refuseTwice(at: string, key: string, values: string[]): void {
  const index = values.findIndex((each, i) => values.indexOf(each) < i);
  if (index >= 0) {
    throw new InputError(
      key === 'id'
        ? `${at}[${index}].id is '${values[index]}', which another budget has`
        : `${at}[${index}] is for the same scope, length of period and cost.basis as another budget`,
    );
  }
}
