import { ScalingPage } from '@headroom/plugin-scaling-common';

/** Pages that are asked for before a table says that there is more. */
const MOST_PAGES = 5;

/** The most that the back end gives at once. */
export const PAGE_LIMIT = 200;

/** Rows of a table that sorts and filters by itself. */
export interface LoadedRows<TRow> {
  rows: readonly TRow[];
  /** All that match; more than there are rows = the rest wasn't asked for. */
  total: number;
}

/** Loads page after page, up to a thousand rows. */
export async function loadRows<TRow>(
  page: (cursor: string | undefined) => Promise<ScalingPage<TRow>>,
): Promise<LoadedRows<TRow>> {
  const rows: TRow[] = [];
  let cursor: string | undefined;
  let total = 0;
  for (let count = 0; count < MOST_PAGES; count++) {
    const next = await page(cursor);
    rows.push(...next.rows);
    total = next.total;
    cursor = next.cursor;
    if (!cursor) {
      break;
    }
  }
  return { rows, total: Math.max(total, rows.length) };
}
