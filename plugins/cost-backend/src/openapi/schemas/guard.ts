import { GUARD_VERDICTS } from '@headroom/plugin-cost-common';
import { z } from 'zod';
import { guardBudget } from './budgetLeft';
import { monthlyRange } from './estimates';
import { said } from './shared';

const verdict = z.enum(GUARD_VERDICTS).meta({
  id: 'GuardVerdict',
  description:
    '`unknown`: what is known is fine, and the rest is not known. `deny` alone blocks.',
});

const side = z
  .object({
    monthly: monthlyRange,
    unknown: z
      .array(said)
      .describe('What has no price; with any of it the cost is the least.'),
    scaling: said.optional().describe('How its pods are counted.'),
    kept: said
      .optional()
      .describe('Why volumes of pods that a change takes away are in it.'),
  })
  .meta({ id: 'GuardSide', description: 'What something costs a month.' });

const total = z.object({
  monthly: monthlyRange,
  complete: z.boolean().describe('Else it is that much at least.'),
});

const row = z
  .object({
    name: z.string().describe('E.g. `Deployment shop/web`.'),
    status: z.enum(['added', 'removed', 'changed', 'same']),
    before: side.optional(),
    after: side.optional(),
    difference: monthlyRange
      .optional()
      .describe('Of what has a price; absent = nothing is known of before.'),
  })
  .meta({ id: 'GuardRow', description: 'Something that a change is about.' });

const rule = z
  .object({
    tier: z.enum(['warn', 'deny']),
    rule: z.enum(['increase', 'percent', 'budget']),
    state: z.enum(['held', 'broken', 'undecided', 'skipped']),
    said,
  })
  .meta({ id: 'GuardRule', description: 'How one rule of the policy went.' });

export const guardReport = z
  .object({
    verdict,
    source: z.enum(['manifests', 'infracost']),
    currency: z.string().optional(),
    judged: z
      .enum(['fewest', 'most'])
      .describe(
        'Which end of the differences was judged: the least that it may be, or the most.',
      ),
    before: total.optional().describe('Absent = not known.'),
    after: total.optional(),
    difference: z
      .object({
        monthly: monthlyRange,
        complete: z.boolean(),
        atLeast: z
          .boolean()
          .describe('What is not known can make it greater only.'),
      })
      .optional()
      .describe('Absent = not known.'),
    rows: z.array(row),
    unknown: z.array(
      z.object({
        name: z.string().optional(),
        side: z.enum(['before', 'after']),
        said,
      }),
    ),
    unknownCount: z.number(),
    rules: z.array(rule),
    budget: guardBudget
      .optional()
      .describe('The one with least room; absent = none, or not known.'),
    budgetUnknown: said
      .optional()
      .describe('Why what is left of the budget is not known.'),
    override: z
      .object({
        person: z.string(),
        reason: z.string(),
        until: z.string().describe('ISO 8601 UTC.'),
        said,
        counts: z.boolean().describe('False = it is over.'),
      })
      .optional(),
    overridden: verdict
      .optional()
      .describe('The verdict without the override.'),
    outage: said.optional().describe('Why nothing could be priced.'),
    ask: z.string().optional(),
    remarks: z.array(said),
    commentDue: z
      .boolean()
      .describe('False = the change is fine and small: no comment is begun.'),
  })
  .meta({
    id: 'GuardReport',
    description:
      'What a change costs a month, and what the policy says of it. Money is in micros of `currency`.',
  });

export const savedGuardOverride = z
  .object({
    entityRef: z.string(),
    change: z.string(),
    person: z.string().describe('Reference of the user.'),
    reason: z.string(),
    until: z.string().describe('ISO 8601 UTC.'),
  })
  .meta({
    id: 'SavedGuardOverride',
    description: 'Who lets which change pass, why, and until when.',
  });
