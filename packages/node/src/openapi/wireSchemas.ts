import { Wording } from '@headroom/common';
import { z } from 'zod';

/**
 * The OpenAPI schema `Wording`.
 *
 * @public
 */
export const wordingSchema: z.ZodType<Wording> = z
  .object({
    key: z
      .string()
      .describe('`<catalogue>.<sentence>`, e.g. `prometheus.noPodLabels`.'),
    params: z
      .record(
        z.string(),
        z.union([z.string(), z.number(), z.lazy(() => wordingSchema)]),
      )
      .optional()
      .describe(
        'What fills the gaps of the sentence: a name or an amount as it is printed, or words of their own.',
      ),
  })
  .meta({
    id: 'Wording',
    description:
      'Which sentence the message is and what fills its gaps, for a page that words it in the reader’s language. Absent where a source or an earlier version gave the message alone.',
  });

/**
 * The OpenAPI schema `Said`.
 *
 * @public
 */
export const saidSchema = z
  .object({ message: z.string(), wording: wordingSchema.optional() })
  .meta({
    id: 'Said',
    description:
      'Whole sentences in English, and what a page words them from in the reader’s language.',
  });

/**
 * The OpenAPI schema `Micros`.
 *
 * @public
 */
export const microsSchema = z
  .string()
  .regex(/^-?\d+$/)
  .meta({
    id: 'Micros',
    description:
      'Money on the wire: micros as a decimal string, because JSON numbers are floats. The currency is stated once, on the answer that carries the amount.',
  });
