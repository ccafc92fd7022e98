import {
  BUDGET_ORIGINS,
  BUDGET_STATES,
  BUDGET_WEEKDAYS,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { micros, said, wording } from './shared';

const day = z.string().describe('`YYYY-MM-DD`.');
const entity = <T extends string>(type: T) =>
  z.object({ type: z.literal(type), entityRef: z.string() });
const zone = z
  .string()
  .optional()
  .describe('IANA zone; absent = that of reports.');

const threshold = {
  on: z.enum(['spent', 'forecast']),
  percent: z.number(),
};

export const budgetScope = z
  .union([
    entity('group'),
    entity('service'),
    entity('system'),
    entity('domain'),
    z.object({ type: z.literal('cluster'), cluster: z.string() }),
    z.object({
      type: z.literal('namespace'),
      namespace: z.string(),
      cluster: z.string().optional(),
    }),
    z.object({
      type: z.literal('label'),
      label: z.string(),
      value: z.string(),
    }),
    z.object({ type: z.literal('tag'), tag: z.string(), value: z.string() }),
  ])
  .meta({
    id: 'BudgetScope',
    description:
      'What a budget is for: a group with all groups below it, a service, a system, a domain, a cluster, a namespace, workloads with a label, or charges of a bill with a tag.',
  });

const period = z
  .union([
    z.object({
      type: z.literal('week'),
      weekday: z.enum(BUDGET_WEEKDAYS),
      zone,
    }),
    z.object({ type: z.literal('month'), day: z.number(), zone }),
    z.object({
      type: z.literal('quarter'),
      month: z.number(),
      day: z.number(),
      zone,
    }),
    z.object({
      type: z.literal('year'),
      month: z.number(),
      day: z.number(),
      zone,
    }),
  ])
  .meta({
    id: 'BudgetPeriod',
    description:
      'How long a budget lasts and when it begins anew. A month that is too short for the day begins on its last one.',
  });

const cost = z
  .union([
    z.object({
      basis: z.literal('allocated'),
      idle: z.enum(['separate', 'shared']),
    }),
    z.object({
      basis: z.enum(['billed', 'effective']),
      tax: z.boolean(),
      credits: z.boolean(),
    }),
  ])
  .meta({ id: 'BudgetCost', description: 'Which cost counts.' });

const definition = z
  .object({
    title: z.string().optional(),
    scope: budgetScope,
    period,
    amount: z.string().describe('A decimal; 0 = any spend is too much.'),
    currency: z.string(),
    cost,
    carryOver: z
      .enum(['none', 'unused', 'both'])
      .describe('What of the period just before counts in this one.'),
    thresholds: z.array(z.object(threshold)),
    notify: z
      .array(z.string())
      .describe('Who is told; empty = who owns what it is for.'),
    since: day.optional(),
  })
  .meta({ id: 'BudgetDefinition', description: 'What a budget says.' });

export const periodProjection = z
  .union([
    z.object({
      status: z.literal('ok'),
      total: micros,
      low: micros,
      high: micros,
      confidence: z
        .number()
        .describe('Probability that the interval holds, 0 to 1.'),
      completeDays: z.number(),
      backtestError: z
        .number()
        .optional()
        .describe(
          'Mean relative error of the same method on past periods; absent without enough history.',
        ),
      course: z
        .array(z.object({ day, total: micros, low: micros, high: micros }))
        .optional(),
    }),
    z.object({
      status: z.literal('not-yet'),
      reason: z.string(),
      wording: wording.optional(),
    }),
  ])
  .meta({
    id: 'PeriodProjection',
    description: "A period's end as it looks today, or why it can't be said.",
  });

const status = z
  .object({
    evaluatedAt: z.string(),
    start: day,
    end: day.describe('The day after the last one.'),
    today: day,
    amount: micros,
    carried: micros.describe(
      'From the period before; negative = it was overspent.',
    ),
    carryProblem: said.optional(),
    limit: micros.describe('Amount and what is carried.'),
    spent: micros,
    completeThrough: day.optional(),
    knownFrom: day
      .optional()
      .describe(
        'First day of which anything is known, where days of the period before it are not.',
      ),
    incompleteDays: z
      .number()
      .describe(
        'Days that are over and not known in full: hours are missing, or a bill has not said all of them yet, as of its newest day.',
      ),
    projection: periodProjection,
    thresholds: z.array(
      z.object({
        ...threshold,
        at: micros,
        isReached: z
          .boolean()
          .optional()
          .describe(
            "Absent = it can't be said: there is no forecast, or what is carried over decides and isn't known.",
          ),
        firedAt: z.string().optional(),
      }),
    ),
    breachedOn: day.optional(),
    closed: z
      .object({
        start: day,
        end: day.describe('The day after the last one.'),
        limit: micros,
        spent: micros,
        knownFrom: day.optional(),
      })
      .optional()
      .describe(
        'How the period before ended, while that may still be corrected.',
      ),
  })
  .meta({ id: 'BudgetStatus', description: 'What a budget came to.' });

const row = {
  id: z.string(),
  version: z
    .number()
    .optional()
    .describe('Absent = it is changed where it is written.'),
  origin: z.enum(BUDGET_ORIGINS),
  budget: definition,
  status: status.optional().describe('Absent = not evaluated yet.'),
  problem: z.string().optional().describe("Why it can't be evaluated."),
  overruledBy: z
    .string()
    .optional()
    .describe('The budget that counts instead.'),
  notified: z.array(z.string()),
  children: z
    .object({ ids: z.array(z.string()), total: micros, exceeds: z.boolean() })
    .optional()
    .describe('Budgets directly below it.'),
  isEditable: z.boolean(),
};

const budgetRow = z
  .object(row)
  .meta({ id: 'BudgetRow', description: 'A budget.' });

export const budgetList = z
  .object({
    budgets: z.array(budgetRow),
    totalRows: z.number().describe('Budgets on all pages.'),
    states: z
      .partialRecord(z.enum(BUDGET_STATES), z.number())
      .describe('How many stand how, whatever state was asked for.'),
    own: budgetRow
      .optional()
      .describe(
        'The budget of the entity that was asked for itself; absent = none counts.',
      ),
    restricted: z
      .boolean()
      .describe('Some budgets are for what the caller may not see.'),
    mayCreate: z.boolean(),
    currencies: z.array(z.string()),
    timezone: z.string(),
    simulated: z.boolean(),
  })
  .meta({ id: 'BudgetList', description: 'A page of budgets.' });

export const budgetReport = z
  .object({
    ...row,
    burnDown: z.array(
      z.object({
        day,
        even: micros,
        left: micros.optional(),
        partial: z.boolean().optional(),
        forecast: z
          .object({ likely: micros, least: micros, most: micros })
          .optional(),
      }),
    ),
    advice: z
      .object({ perMonth: micros, forecast: micros.optional() })
      .optional(),
    happenings: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['fired', 'cleared']),
        ...threshold,
        at: z.string(),
        start: day,
        end: day,
        reason: said,
      }),
    ),
    simulated: z.boolean(),
  })
  .meta({ id: 'BudgetReport', description: 'How a budget stands.' });

export const budgetDrivers = z
  .object({
    drivers: z.array(
      z.object({
        entityRef: z
          .string()
          .optional()
          .describe('Absent = workloads of no service.'),
        title: z.string().optional(),
        spent: micros,
        before: micros
          .optional()
          .describe('Absent = some of the days before are not known.'),
        savingPerMonth: micros.optional(),
      }),
    ),
  })
  .meta({ id: 'BudgetDrivers', description: 'Who spends a budget.' });

export const savedBudget = z
  .object({ id: z.string(), version: z.number(), budget: definition })
  .meta({ id: 'SavedBudget', description: 'A budget as it is kept.' });
