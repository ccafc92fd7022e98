// What pickers offer, and the state of sources.
import { z } from 'zod';
import { sourceProblem } from './shared';

export const sourcesReport = z
  .object({
    timezone: z.string(),
    currency: z.string(),
    currencies: z.array(z.string()),
    clusters: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        source: z.string(),
        simulated: z.boolean(),
        region: z.string().optional(),
        state: z.enum(['ok', 'waiting', 'down', 'back-filling', 'no-source']),
        downSince: z
          .string()
          .optional()
          .describe("Since when the source can't be reached, ISO 8601 UTC."),
        lastError: z
          .string()
          .optional()
          .describe(
            'Why, in words fit for the page (no secrets, no upstream bodies).',
          ),
        firstHour: z.string().optional(),
        lastHour: z.string().optional(),
        lastRunAt: z.string().optional(),
        backfill: z
          .object({
            from: z.string(),
            doneHours: z.number(),
            totalHours: z.number(),
            finished: z.boolean(),
          })
          .optional(),
        gaps: z
          .array(
            z.object({
              start: z.string(),
              end: z.string(),
              hours: z.number(),
              reason: z.string(),
            }),
          )
          .describe('Closed spans with no data: end exclusive, ISO 8601 UTC.'),
        unfinished: z
          .object({ again: z.number(), left: z.number() })
          .optional()
          .describe(
            'Hours that are missing, known in part, or without their unit metrics: those that are read again, and those that are too old for it.',
          ),
        queriesPerHour: z.number().optional(),
        problems: z.array(sourceProblem),
      }),
    ),
  })
  .meta({
    id: 'SourcesReport',
    description: 'Ingest as the Sources page shows it.',
  });

export const costSettings = z
  .object({
    timezone: z.string(),
    currency: z.string(),
    currencies: z.array(z.string()),
    simulated: z.boolean(),
    unitMetrics: z.array(
      z.object({ id: z.string(), title: z.string(), per: z.number() }),
    ),
  })
  .meta({ id: 'CostSettings', description: 'What the picker offers.' });
