// The check of a cluster.
import { z } from 'zod';
import { wording } from './shared';

export const checkSubject = z
  .enum(['source', 'prices', 'kubernetes'])
  .meta({ id: 'CheckSubject', description: 'What is checked.' });

export const checkSeverity = z
  .enum(['right', 'note', 'missing', 'wrong'])
  .meta({
    id: 'CheckSeverity',
    description:
      'How what was found bears on figures: `right`: nothing to do; `note`: worth knowing, figures are right; `missing`: a figure or an advice is not known, or less exact; `wrong`: figures are wrong, or there are none',
  });

export const checkMend = z
  .object({
    where: z
      .string()
      .describe(
        'Where the line belongs, e.g. `Arguments of kube-state-metrics`.',
      ),
    line: z
      .string()
      .describe('One or several lines, to be copied as they are.'),
  })
  .meta({ id: 'CheckMend' });

export const checkFinding = z
  .object({
    id: z
      .string()
      .describe(
        'Kebab-case, of one kind of finding, e.g. `scrape-intervals`; once in a check.',
      ),
    severity: checkSeverity,
    sentence: z
      .string()
      .describe(
        'What was found, in a sentence. No address, no secret, no upstream text but names.',
      ),
    effect: z
      .string()
      .optional()
      .describe('What it does to money or advice, in a sentence.'),
    mend: checkMend.optional().describe('What mends it, where something does.'),
    wording: z
      .object({
        sentence: wording.optional(),
        effect: wording.optional(),
        where: wording.optional().describe('Of `mend.where`.'),
      })
      .optional()
      .describe(
        'What a page words the sentences from; absent where a source gave them alone.',
      ),
  })
  .meta({
    id: 'CheckFinding',
    description: 'One thing that a check of a cluster found.',
  });

export const clusterCheckEvent = z
  .union([
    z.object({
      type: z.literal('started'),
      cluster: z.string(),
      title: z.string(),
      source: z.string().describe('Id of the source, `none` without one.'),
      simulated: z.boolean(),
      at: z.string().describe('ISO 8601 UTC.'),
    }),
    z.object({
      type: z.literal('asking'),
      subject: checkSubject,
      question: z.string(),
      wording: wording.optional().describe('Of the question.'),
    }),
    z.object({
      type: z.literal('finding'),
      subject: checkSubject,
      finding: checkFinding,
    }),
    z.object({ type: z.literal('finished'), at: z.string() }),
    z.object({
      type: z.literal('failed'),
      message: z.string(),
      wording: wording.optional(),
    }),
  ])
  .meta({
    id: 'ClusterCheckEvent',
    description:
      'A check of a cluster as it goes on, in this order: one `started`; for each subject what is asked (`asking`) and found (`finding`); one `finished`, or one `failed` when the check itself broke off.',
  });
