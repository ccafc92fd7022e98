/** As many as the server gives at once. */
const PAGE_ROWS = 1000;

/**
 * All rows that a server pages, page after page; one that has moved between two of them
 * meanwhile is there once.
 */
export async function allRows<Row>(
  load: (page: {
    offset: number;
    limit: number;
  }) => Promise<{ rows: Row[]; totalRows: number }>,
  keyOf: (row: Row) => string,
): Promise<Row[]> {
  const all = new Map<string, Row>();
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const { rows, totalRows } = await load({ offset, limit: PAGE_ROWS });
    for (const row of rows) {
      all.set(keyOf(row), row);
    }
    if (rows.length === 0 || offset + PAGE_ROWS >= totalRows) {
      return [...all.values()];
    }
  }
}
