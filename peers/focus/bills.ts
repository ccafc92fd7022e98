import { Fence } from '@headroom/node';
import {
  BillExport,
  BillImport,
  BillStore,
  INTERNAL,
  ScopedStores,
} from '@headroom/plugin-cost-backend/testUtils';
import {
  FocusExportSource,
  FolderFiles,
} from '@headroom/plugin-cost-backend-module-aws/testUtils';
import { Knex } from 'knex';
import { quietLogger } from '../lib/quietLogger';

const TAGS = ['application'];

/** Imports the exports in a folder, and exports a month of them as the route does. */
export async function exportAgain(
  knex: Knex,
  folder: string,
  months: readonly string[],
): Promise<string[]> {
  const { signal } = new AbortController();
  const sources = [
    FocusExportSource.create({
      id: 'files',
      files: FolderFiles.create({ folder }),
    }),
  ];
  await BillImport.create({
    sources,
    store: BillStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
    }),
    tags: TAGS,
    share: 1,
    logger: quietLogger,
    now: () => new Date('2026-04-05T00:00:00Z'),
  }).run(signal, signal);
  const exports = BillExport.create({
    sources,
    tags: TAGS,
    scopes: {
      read: (_asked, _credentials, read) =>
        read(ScopedStores.create({ knex, scope: INTERNAL })),
    },
  });
  const all: string[] = [];
  for (const month of months) {
    const pieces = exports.csv(
      { month, split: 'service' },
      { $$type: '@backstage/BackstageCredentials', principal: undefined },
      signal,
    );
    let csv = '';
    for await (const piece of pieces) {
      csv += piece;
    }
    all.push(csv);
  }
  return all;
}
