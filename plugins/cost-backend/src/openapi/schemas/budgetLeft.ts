import { z } from 'zod';
import { micros } from './shared';

export const guardBudget = z
  .object({
    id: z.string(),
    title: z.string(),
    start: z.string().describe('First day of the period, `YYYY-MM-DD`.'),
    end: z.string().describe('Day after its last one.'),
    limit: micros,
    spent: micros,
    forecast: micros
      .optional()
      .describe('By the end of the period; absent = there is none.'),
    left: micros.describe(
      'Limit − forecast, or − spent where there is none; negative = it is overspent.',
    ),
    atMost: z
      .boolean()
      .describe(
        'Days of it, what it carries over, or other budgets are not known: less may be left.',
      ),
    months: z.number().describe('Months that a period lasts.'),
  })
  .meta({
    id: 'GuardBudget',
    description: 'What is left of a budget, in the currency of the answer.',
  });

const taken = z
  .object({
    takes: micros.describe(
      'Of the rest of the period: monthly × days × 24 / 730.',
    ),
    left: micros.describe('Negative = it is overspent.'),
  })
  .meta({
    id: 'BudgetTaken',
    description: 'What pods take of a budget, and what is left with them.',
  });

export const estimatedBudget = z
  .object({
    ...guardBudget.shape,
    entityRef: z
      .string()
      .describe('The group whose budget it is: the owner, or one above it.'),
    daysLeft: z
      .number()
      .describe('Days of the period that are not over, today among them.'),
    fewest: taken.describe('With the fewest replicas all the time.'),
    most: taken.describe('With the most.'),
  })
  .meta({
    id: 'EstimatedBudget',
    description:
      'What is left of the budget of who will own pods, without and with them.',
  });
