import { REVIEW_PARTS } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { anomalyRow } from './anomalies';
import { budgetScope, periodProjection } from './budgets';
import { micros } from './shared';

const day = z.string().describe('`YYYY-MM-DD`.');
const instant = z.string().describe('ISO 8601 UTC.');
const hours = z
  .object({
    complete: z.number().int(),
    wanted: z.number().int(),
  })
  .describe('Hours that were in, of those there are, over all clusters.');

export const mover = z
  .object({
    key: z.string(),
    kind: z.enum([
      'service',
      'team',
      'unowned',
      'unallocated',
      'idle',
      'others',
    ]),
    entityRef: z.string().optional(),
    title: z.string().optional(),
    count: z.number().int().optional().describe('Of `others`.'),
    after: micros,
    before: micros.optional(),
    change: micros.optional(),
    parts: z
      .record(z.enum(REVIEW_PARTS), micros)
      .optional()
      .describe(
        'Sum to the change. `unsplit` = quantity, use or price of either week is not known.',
      ),
  })
  .meta({
    id: 'ReviewMover',
    description:
      'A row of what moved; rows sum to the change of the spend. Without a week before it has no change.',
  });

const budget = z
  .object({
    id: z.string(),
    title: z.string().optional(),
    scope: budgetScope,
    currency: z.string(),
    start: day,
    end: day.describe('Day after the last one.'),
    carriedFrom: day
      .optional()
      .describe('First day of the period that something is carried over from.'),
    limit: micros,
    spent: micros,
    forecast: z.object({ total: micros, low: micros, high: micros }).optional(),
    ownerRef: z.string().optional(),
  })
  .meta({
    id: 'ReviewBudget',
    description: 'A budget that is over, or forecast to be.',
  });

const action = z
  .object({
    key: z.string(),
    kind: z.enum(['budget', 'anomaly', 'advice']),
    entityRef: z.string().optional(),
    title: z.string().optional(),
    budgetId: z.string().optional(),
    amount: micros.describe(
      'Over the limit or forecast to be, too much, or to save a month.',
    ),
    over: z
      .object({
        spent: micros.optional(),
        forecast: micros.optional(),
        lastDay: day.describe('What the forecast is for.'),
      })
      .optional()
      .describe(
        'Of a budget: how far over its limit what is spent is, and what is forecast where that is more; either is absent where it is not over.',
      ),
    currency: z.string(),
    ownerRef: z.string().optional().describe('Absent = nobody owns it.'),
    due: day,
    again: z.boolean().describe('The review of the week before had it, too.'),
  })
  .meta({
    id: 'ReviewAction',
    description: 'Something to do before the next review.',
  });

export const review = z
  .object({
    week: day.describe('Its Monday.'),
    end: day.describe('The next Monday.'),
    timezone: z.string(),
    currency: z.string(),
    madeAt: instant,
    simulated: z.boolean(),
    restricted: z.boolean().describe('Figures are of what the caller may see.'),
    comparison: z
      .enum(['ok', 'incomplete', 'none'])
      .describe(
        '`incomplete` = hours of either week are missing, and nothing is split; `none` = nothing is known of the week before.',
      ),
    hours: z.object({ before: hours, after: hours }),
    pace: z.object({
      spend: micros,
      before: micros.optional(),
      change: micros.optional(),
      changeRatio: z.number().optional(),
      month: z
        .object({
          start: day,
          end: day,
          toDate: micros,
          incompleteDays: z.number().int(),
          projection: periodProjection
            .optional()
            .describe('Absent = the month was over.'),
        })
        .describe('As it stood at the end of the week.'),
    }),
    movers: z.object({ services: z.array(mover), teams: z.array(mover) }),
    anomalies: z
      .array(anomalyRow)
      .describe(
        'Those with days in the week, as they stood when the review was made.',
      ),
    advice: z
      .object({
        perMonth: micros,
        services: z.number().int(),
        top: z.array(
          z.object({
            entityRef: z.string().optional(),
            title: z.string().optional(),
            perMonth: micros,
          }),
        ),
      })
      .optional()
      .describe('As it stood when the review was made; absent = not known.'),
    budgetRisks: z
      .array(budget)
      .optional()
      .describe(
        'Those furthest over, as they stood when the review was made; absent = not known.',
      ),
    budgetsAtRisk: z
      .number()
      .int()
      .optional()
      .describe('How many there are of them in all.'),
    unitCosts: z.array(
      z.object({
        entityRef: z.string(),
        title: z.string().optional(),
        metric: z.string(),
        metricTitle: z.string(),
        per: z.number(),
        cost: micros.describe('Of the service in the week.'),
        quantity: z
          .number()
          .optional()
          .describe('Single units, not `per` of them.'),
        unitCost: z.string().optional(),
        previousUnitCost: z.string().optional(),
        reason: z.enum(['no-units', 'below-minimum', 'no-data']).optional(),
      }),
    ),
    actions: z.array(action).describe('At most three.'),
    restatement: z
      .object({ spend: micros, difference: micros })
      .optional()
      .describe(
        'What the week costs by what is known now; absent = its days are not kept any more.',
      ),
  })
  .meta({ id: 'Review', description: 'How a closed week went.' });

export const reviewList = z
  .object({
    weeks: z
      .array(z.object({ week: day, madeAt: instant }))
      .describe('The newest first.'),
    next: z
      .object({ week: day, from: day })
      .describe('Which is made next, and from which day on.'),
    timezone: z.string(),
    newIssue: z
      .string()
      .optional()
      .describe(
        'Where an issue is opened: an address with `{title}` and `{body}` in its query.',
      ),
  })
  .meta({ id: 'ReviewList', description: 'Weeks that have a review.' });
