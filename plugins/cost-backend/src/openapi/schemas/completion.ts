import { LEVEL_REASONS, REVIEW_PARTS } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { mover } from './reviews';
import { micros } from './shared';

const day = z.string().describe('`YYYY-MM-DD`.');
const verdict = z
  .enum(['held', 'broken', 'unknown'])
  .describe('`unknown` = nobody knows; never taken for held.');

const window = z
  .object({
    start: day,
    end: day.describe('Day after the last one.'),
    month: z
      .string()
      .optional()
      .describe('`YYYY-MM`; absent = these days are no month.'),
    days: z.number().int().describe('Days that count: all hours are in.'),
    leftOut: z.number().int().describe('Days in between that do not count.'),
    hours: z.number().int().describe('Of the days that count.'),
  })
  .meta({ id: 'CompletionWindow', description: 'Days that are compared.' });

const row = mover.extend({ verdict: verdict.optional() }).meta({
  id: 'CompletionRow',
  description:
    'A row of what costs another amount; rows sum to the change of the spend. `before` is stated for as many hours as now has.',
});

const check = z.object({
  verdict,
  before: z
    .number()
    .optional()
    .describe('Seconds, a share of 1, or requests a second.'),
  after: z.number().optional(),
  reason: z
    .enum(LEVEL_REASONS)
    .optional()
    .describe('Why it is not known, or how it comes to be held.'),
});

const level = z
  .object({
    entityRef: z.string(),
    title: z.string().optional(),
    verdict,
    checks: z.object({
      p95: check,
      errorRate: check,
      throughput: check,
    }),
  })
  .meta({
    id: 'CompletionLevel',
    description: 'Whether a service is as good as it was in the baseline.',
  });

export const completion = z
  .object({
    madeAt: z.string().describe('ISO 8601 UTC.'),
    timezone: z.string(),
    currency: z.string(),
    simulated: z.boolean(),
    restricted: z.boolean().describe('Figures are of what the caller may see.'),
    baseline: window,
    now: window,
    monthMissing: z
      .string()
      .optional()
      .describe(
        'The month that configuration asks for, where it is not known.',
      ),
    spend: z.object({
      before: micros,
      after: micros,
      change: micros,
      changeRatio: z.number().optional(),
      beforePerDay: micros,
      afterPerDay: micros,
      parts: z
        .record(z.enum(REVIEW_PARTS), micros)
        .describe('Sum to the change.'),
    }),
    rows: z.object({ services: z.array(row), teams: z.array(row) }),
    levels: z.object({
      tolerance: z.object({
        p95Percent: z.number(),
        errorPoints: z.number(),
        throughputPercent: z.number(),
        minimumRequests: z.number(),
      }),
      read: z
        .object({
          requests: z.boolean(),
          errors: z.boolean(),
          latency: z.boolean(),
        })
        .describe('Which series there are of any service.'),
      counts: z.record(z.enum(['held', 'broken', 'unknown']), z.number().int()),
      services: z.array(level).describe('Broken ones first.'),
      others: z.number().int().describe('Services that are not among them.'),
    }),
  })
  .meta({
    id: 'CompletionReport',
    description:
      'What everything costs now against a baseline, and whether it is as good as it was.',
  });
