import { Knex } from 'knex';
import { ExpectedSums, Grouping, SCALE } from './writeExport';

const COLUMNS: Record<Grouping, string> = {
  service: 'i.service',
  account: 'i.sub_account',
  category: 'i.category',
  day: 'd.day::text',
  resource: 'i.resource_id',
};

/**
 * Compares what is stored with what was written, digit for digit.
 *
 * @throws when a sum differs: then the figures are of another bill.
 * @returns how many sums were compared.
 */
export async function compareSums(
  knex: Knex,
  expected: ExpectedSums,
): Promise<number> {
  let compared = 0;
  for (const [grouping, sums] of Object.entries(expected)) {
    const { rows } = await knex.raw(
      `SELECT ${
        COLUMNS[grouping as Grouping]
      } AS key, (sum(d.billed) * 1e${SCALE})::numeric(60, 0)::text AS units,
         sum(d.billed) * 1e${SCALE} = trunc(sum(d.billed) * 1e${SCALE}) AS whole
       FROM cost_bill_days d JOIN cost_bill_items i ON i.id = d.item_id GROUP BY 1`,
    );
    const wrong = rows.find(
      (row: { key: string; units: string; whole: boolean }) =>
        !row.whole || sums.get(row.key) !== BigInt(row.units),
    );
    if (wrong || rows.length !== sums.size) {
      throw new Error(
        `The stored bill differs from the file by ${grouping}: ${
          wrong
            ? JSON.stringify(wrong)
            : `${rows.length} of ${sums.size} groups`
        }`,
      );
    }
    compared += sums.size;
  }
  return compared;
}
