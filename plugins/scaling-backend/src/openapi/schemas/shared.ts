// What the answers of every feature are made of.
import { Json } from '@headroom/common';
import { microsSchema, saidSchema } from '@headroom/node';
import { z } from 'zod';

export { microsSchema as micros, saidSchema as said };

export const json: z.ZodType<Json> = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.lazy(() => json)),
    z.record(
      z.string(),
      z.lazy(() => json),
    ),
  ])
  .meta({ id: 'Json', description: 'What JSON can say.' });

export const instant = z
  .string()
  .describe('ISO 8601 UTC, e.g. `2026-11-01T07:00:00.000Z`.');

export const actingMode = z.enum(['observe', 'propose', 'enforce']).meta({
  id: 'ActingMode',
  description:
    '`observe`: plans are shown, nothing happens; `propose`: a person approves; `enforce`: what the guards let through is done.',
});

/** A page of rows. */
export function pageOf<T extends z.ZodType>(id: string, row: T) {
  return z
    .object({
      rows: z.array(row),
      total: z.number().describe('All that match.'),
      cursor: z
        .string()
        .optional()
        .describe('Asks for the next page; absent = this is the last.'),
    })
    .meta({ id });
}
