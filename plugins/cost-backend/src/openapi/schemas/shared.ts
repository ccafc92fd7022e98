// What the answers of every feature are made of.
import {
  microsSchema as micros,
  saidSchema as said,
  wordingSchema as wording,
} from '@headroom/node';
import { RESOURCES } from '@headroom/plugin-cost-common';
import { z } from 'zod';

export const reportWindow = z
  .object({
    preset: z
      .enum(['7d', '30d', '90d', 'mtd', 'custom'])
      .describe('What was asked for: `7d`, `30d`, `90d`, `mtd` or `custom`.'),
    start: z.string().describe('First day, `YYYY-MM-DD`.'),
    end: z.string().describe('Day after the last one, `YYYY-MM-DD`.'),
    timezone: z.string().describe('IANA zone the days are in.'),
    partialDay: z
      .string()
      .optional()
      .describe('The day that is not over yet, when it lies in the window.'),
  })
  .meta({
    id: 'ReportWindow',
    description:
      'A span of whole calendar days in the configured zone. `end` is exclusive.',
  });

export { micros, said, wording };

export const sourceProblem = z
  .object({
    code: z
      .string()
      .describe('Machine-readable, kebab-case, e.g. `usage-above-capacity`.'),
    message: z
      .string()
      .describe('One sentence: what, where, and what would be right.'),
    wording: wording.optional(),
    hour: z
      .string()
      .optional()
      .describe('The hour it concerns, when it concerns one.'),
    subject: z
      .string()
      .optional()
      .describe('What it is about: a node, a pod, a series.'),
    severity: z.enum(['info', 'warning', 'error']),
  })
  .meta({
    id: 'SourceProblem',
    description:
      'Something a source said that cannot be true, or that it could not say. Shown beside the figures it touches; never silently repaired.',
  });

export const projection = z
  .union([
    z.object({
      status: z.literal('ok'),
      total: micros,
      low: micros,
      high: micros,
      confidence: z
        .number()
        .describe('Probability that the interval holds, 0 to 1.'),
      completeDays: z
        .number()
        .describe('Complete days the projection stands on.'),
      backtestError: z
        .number()
        .optional()
        .describe(
          'Mean relative error of the same method on past months; absent without enough history.',
        ),
      monthEnd: z.string(),
    }),
    z.object({
      status: z.literal('not-yet'),
      reason: z.string(),
      wording: wording.optional(),
    }),
  ])
  .meta({
    id: 'Projection',
    description: "Month's end as it looks today, or why it can't be said.",
  });

export const resource = z.enum(RESOURCES).meta({ id: 'Resource' });

export const capacityType = z.enum(['on-demand', 'spot']).meta({
  id: 'CapacityType',
  description: 'The capacity a node was bought as.',
});

export const priceOrigin = z
  .object({
    kind: z
      .enum(['source', 'config', 'list', 'default', 'unpriced'])
      .describe(
        '`source` = the usage source gave it, `config` = `headroom.prices`, `list` = the built-in price list, `default` = assumed: the list price of another region, else unit prices of last resort; `unpriced` = nobody knows it, so the cost is missing.',
      ),
    description: z.string().describe('E.g. `m5.2xlarge, us-west-2, spot`.'),
    validFrom: z
      .string()
      .optional()
      .describe('ISO date the price is valid from, when stated.'),
    podPlatform: z
      .string()
      .optional()
      .describe(
        'Who bills the pods of the node, where not the node itself is billed.',
      ),
  })
  .meta({ id: 'PriceOrigin', description: "Where a node's price came from." });

export const linkProvenance = z
  .enum(['annotation', 'label selector', 'owner', 'config'])
  .meta({
    id: 'LinkProvenance',
    description:
      "How a workload came to belong to a service. `annotation`: pod label `backstage.io/kubernetes-id` equals the entity's annotation; `label selector`: the entity's `backstage.io/kubernetes-label-selector` matches the pod's labels; `config`: a rule under `headroom.cost.links`; `owner`: the workload names its owner itself, by label",
  });
