import { LinkedWorkloads } from '@headroom/plugin-cost-common';
import { isSaid, once, parseInput } from '@headroom/node';
import { z } from 'zod';
import { ScopedStores } from '../../database/ScopedStores';

/** Links of one page. */
const PAGE = 5000;

const names = z.tuple([z.string(), z.string(), z.string(), z.string()]);

/** What a page of links can be asked for. */
export const linksQuery = z.strictObject({
  cursor: once
    .transform((value, context) => {
      const parsed = names.safeParse(decoded(value));
      if (!parsed.success) {
        context.addIssue({
          code: 'custom',
          message: `${isSaid(value)}; it must be the cursor of the page before`,
        });
        return z.NEVER;
      }
      return parsed.data;
    })
    .optional()
    .describe('Of the page before; else the first page.'),
});

/** A page of links. */
export async function linksPage(
  { linkedWorkloads }: ScopedStores,
  query: unknown,
  size: number = PAGE,
): Promise<LinkedWorkloads> {
  const { cursor } = parseInput(linksQuery, query);
  const links = await linkedWorkloads.page(cursor, size);
  const last = links[links.length - 1];
  return {
    links,
    ...(links.length === size && {
      cursor: Buffer.from(
        JSON.stringify([last.cluster, last.namespace, last.kind, last.name]),
      ).toString('base64url'),
    }),
  };
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
