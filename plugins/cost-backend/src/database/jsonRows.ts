import { mapInTurns } from '@headroom/node';

/** The rows of many items as the text of one JSON array, made in turns: it may be megabytes. */
export async function jsonRows<Item>(
  items: readonly Item[],
  toRows: (item: Item) => readonly object[],
): Promise<string> {
  const texts = await mapInTurns(items, item =>
    toRows(item).map(row => JSON.stringify(row)),
  );
  return `[${texts.flat().join(',')}]`;
}
