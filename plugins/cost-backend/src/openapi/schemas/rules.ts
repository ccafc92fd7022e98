import {
  ALERT_SEVERITIES,
  RULE_MEASURES,
  RULE_SUBJECTS,
} from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { budgetScope } from './budgets';
import { micros } from './shared';

const instant = z.string().describe('Beginning of an hour, ISO 8601 UTC.');

const rule = z
  .object({
    id: z.string(),
    measure: z.enum(RULE_MEASURES),
    side: z.enum(['above', 'below']),
    percent: z
      .number()
      .optional()
      .describe('The threshold; of `hourly-spend` it is `amount`.'),
    amount: micros.optional(),
    holdHours: z.number().int().describe('So many hours in a row.'),
    subjects: z.array(z.enum(RULE_SUBJECTS)),
    onlySome: z.boolean().describe('It looks at some of them only.'),
    floor: micros.describe('A day; what costs less is not looked at.'),
    severity: z.enum(ALERT_SEVERITIES),
    enabled: z.boolean(),
    through: instant
      .optional()
      .describe('The last hour that was looked at; absent = none yet.'),
    unknown: z
      .number()
      .int()
      .describe('Of how many of the caller’s nothing is known by then.'),
    unknownMore: z
      .boolean()
      .describe(
        'There are more of those than are kept; whose they are is not known.',
      ),
  })
  .meta({ id: 'CostRule', description: 'A rule of the configuration.' });

const finding = z
  .object({
    ruleId: z.string(),
    subject: budgetScope,
    title: z.string(),
    since: instant.describe('The first of the hours in a row.'),
    percent: z
      .number()
      .optional()
      .describe('Of the last known hour, as the threshold is.'),
    amount: micros.optional(),
    perDay: micros
      .optional()
      .describe('What it is taken of costs so much a day.'),
    unknown: z
      .boolean()
      .describe('The last hours are not known; this is of before.'),
  })
  .meta({ id: 'CostRuleFinding', description: 'What is over a threshold.' });

export const rulesReport = z
  .object({
    currency: z.string().describe('ISO 4217.'),
    rules: z.array(rule),
    over: z.array(finding).describe('The dearest first.'),
    restricted: z.boolean().describe('The caller may not see all of it.'),
  })
  .meta({ id: 'CostRules', description: 'Rules, and what is over them now.' });
