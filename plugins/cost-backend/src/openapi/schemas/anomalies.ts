import { z } from 'zod';
import { micros } from './shared';

const day = z.string().describe('`YYYY-MM-DD`.');
const instant = z.string().describe('ISO 8601 UTC.');

const cause = z
  .object({
    workload: z
      .object({
        cluster: z.string(),
        namespace: z.string(),
        kind: z.string(),
        name: z.string(),
      })
      .optional()
      .describe('Of a service.'),
    entityRef: z.string().optional().describe('Service of a team.'),
    change: micros.describe(
      'More than in the four weeks before, of a rise than in the first of them.',
    ),
    usage: micros
      .optional()
      .describe('Part of it by using more, at the price of before.'),
    price: micros
      .optional()
      .describe('Part of it by a higher price; with `usage` it is the change.'),
    rollouts: z
      .array(
        z.object({
          replicaSet: z.string(),
          hour: instant.describe('The hour in which a pod of it first ran.'),
        }),
      )
      .optional()
      .describe(
        'How the workload was rolled out on the first odd day and the day before, at most five; absent = it was not, or that is not known.',
      ),
  })
  .meta({ id: 'AnomalyCause', description: 'Part of what was too much.' });

export const anomalyRow = z
  .object({
    id: z.number().int(),
    shape: z
      .enum(['jump', 'rise'])
      .describe(
        'Odd days; or none that is odd, and weeks that each cost more than the one before.',
      ),
    kind: z.enum(['service', 'team']),
    entityRef: z.string(),
    firstDay: day,
    lastDay: day,
    days: z.number().int().describe('Complete days from first to last.'),
    actual: micros,
    expected: micros
      .optional()
      .describe(
        'What the same weekdays cost before, of a rise in the week four weeks before its first day; absent of what is too new.',
      ),
    excess: micros.describe('What is beyond it.'),
    percent: z
      .number()
      .optional()
      .describe('The same in percent; absent where nothing was expected.'),
    score: z.number().describe('How odd the oddest day is; from 1.'),
    causes: z.array(cause).describe('The largest first.'),
    openedAt: instant,
    changedAt: instant,
    closedAt: instant.optional().describe('Absent = it is open.'),
    end: z
      .enum(['over', 'level', 'overtaken', 'restated', 'expected'])
      .optional(),
    expectation: z
      .object({
        until: day.describe('From this day on it is news again.'),
        reason: z.string(),
        by: z.string().describe('Entity reference of who said so.'),
        at: instant,
      })
      .optional(),
    sentence: z.string().describe('How much, since when and why.'),
  })
  .meta({
    id: 'Anomaly',
    description: 'Days of a service or a team that cost too much.',
  });

export const anomalyReport = z
  .object({
    currency: z.string().describe('ISO 4217.'),
    rule: z
      .object({
        floor: micros.describe('Beyond what is expected of a day.'),
        percent: z.number().describe('The same, in percent of that.'),
        newFloor: micros.describe('Of a day of what is too new.'),
      })
      .describe('What a day has to be, beside odd.'),
    anomalies: z
      .array(anomalyRow)
      .describe('Open ones first, then the newest; at most 200.'),
  })
  .meta({ id: 'AnomalyReport', description: 'What cost too much lately.' });
