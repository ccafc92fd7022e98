/**
 * How fast a provider's bill is imported: a FOCUS export in a folder, gzipped CSV
 * in several files as AWS Data Exports delivers it, read by DuckDB, summed by day
 * and written to PostgreSQL. What is stored is compared with what was written,
 * digit for digit, in every grouping; a second turn finds nothing to read.
 *
 * Prints one JSON line; `peakRssMb` is of this process, which also wrote the file.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Fence } from '@headroom/node';
import { BillImport, BillStore } from '@headroom/plugin-cost-backend/testUtils';
import {
  FocusExportSource,
  FolderFiles,
} from '@headroom/plugin-cost-backend-module-aws/testUtils';
import { Knex } from 'knex';
import { compareSums } from './lib/bill/compareSums';
import { ExpectedSums, writeExport } from './lib/bill/writeExport';
import { createBenchDatabase } from './lib/database';
import { stderrLogger } from './lib/logger';
import { peakRssMb } from './lib/peakRss';

interface Options {
  rows: number;
  /** An export of one's own instead of a written one. */
  dir?: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '1000000' },
      dir: { type: 'string' },
    },
  });
  const rows = Number(values.rows);
  if (!Number.isInteger(rows) || rows <= 0) {
    throw new Error(
      `--rows is "${values.rows}"; it takes a whole number above 0`,
    );
  }
  return { rows, dir: values.dir };
}

async function main() {
  const { rows, dir } = readOptions();
  const written = dir ?? (await mkdtemp(path.join(tmpdir(), 'headroom-bill-')));
  const database = await createBenchDatabase();
  try {
    const expected = dir ? undefined : await writeExport(written, { rows });
    const measured = await importBill(database.knex, written);
    process.stdout.write(
      `${JSON.stringify({
        ...measured,
        peakRssMb: peakRssMb(),
        ...(await storedBill(database.knex)),
        ...(await compared(database.knex, expected)),
      })}\n`,
    );
  } finally {
    await database.drop();
    if (!dir) {
      await rm(written, { recursive: true, force: true });
    }
  }
}

async function importBill(knex: Knex, folder: string) {
  const source = FocusExportSource.create({
    id: 'aws',
    files: FolderFiles.create({ folder }),
  });
  const bills = BillImport.create({
    sources: [source],
    store: BillStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
    }),
    tags: ['application', 'team'],
    share: 1,
    logger: stderrLogger(),
    now: () => new Date(),
  });
  const { signal } = new AbortController();
  const run = async () => {
    const began = performance.now();
    await bills.run(signal, signal);
    return Math.round((performance.now() - began) / 10) / 100;
  };
  return { seconds: await run(), againSeconds: await run() };
}

async function storedBill(knex: Knex) {
  const { rows } = await knex.raw(
    `SELECT (SELECT count(*)::int FROM cost_bill_deliveries) AS deliveries,
       (SELECT count(*)::int FROM cost_bill_deliveries WHERE problem IS NOT NULL) AS failed,
       (SELECT coalesce(sum(charges), 0)::int FROM cost_bill_deliveries) AS charges,
       (SELECT count(*)::int FROM cost_bill_items) AS items, count(*)::int AS days,
       round(coalesce(sum(billed), 0), 6)::text AS billed, round(coalesce(sum(effective), 0), 6)::text AS effective
     FROM cost_bill_days`,
  );
  return rows[0];
}

async function compared(knex: Knex, expected: ExpectedSums | undefined) {
  return expected ? { sumsCompared: await compareSums(knex, expected) } : {};
}

main().catch(error => {
  process.stderr.write(`bill: ${error?.stack ?? error}\n`);
  process.exitCode = 1;
});
