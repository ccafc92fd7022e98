import { InputError } from '@backstage/errors';
import { isSaid, once, textOf } from '@headroom/node';
import { z } from 'zod';

const MOST = 200;

const name = textOf(500);

const limit = once
  .refine(
    value =>
      /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST,
    {
      error: ({ input }) =>
        `${isSaid(input)}; limit is a whole number from 1 to ${MOST}`,
    },
  )
  .transform(Number)
  .meta({ type: 'integer', minimum: 1, maximum: MOST });

/** Which rows can be asked for. */
export const filterShape = {
  cluster: name.optional(),
  namespace: name.optional(),
  policyId: name.optional(),
  entityRef: name
    .transform(ref => ref.toLocaleLowerCase('en-US'))
    .optional()
    .describe('E.g. `component:default/web`.'),
  text: name.optional().describe('Part of a name.'),
  cursor: once.optional().describe('Of the page before; else the first page.'),
  limit: limit.default(50).describe('Rows of the page; 50 unless said.'),
};

export const filterQuery = z.strictObject(filterShape);

/** Which rows. */
export type Filter = z.output<typeof filterQuery>;

/** A page of rows that are all known. */
export function pageOf<T>(
  rows: readonly T[],
  { cursor, limit: size }: Pick<Filter, 'cursor' | 'limit'>,
): { rows: T[]; total: number; cursor?: string } {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) {
    throw new InputError(
      `cursor ${isSaid(cursor)}; it must be the cursor of the page before`,
    );
  }
  const start = Number(cursor ?? 0);
  return {
    rows: rows.slice(start, start + size),
    total: rows.length,
    ...(start + size < rows.length && { cursor: String(start + size) }),
  };
}
