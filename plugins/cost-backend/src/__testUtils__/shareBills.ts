import { Fence } from '@headroom/node';
import { Knex } from 'knex';
import { BillShareStore } from '../database/BillShareStore';
import { BillShares } from '../features/bill/BillShares';

/** Finds out who pays for machines of bills, as the job does after it imported some. */
export async function shareBills(knex: Knex): Promise<void> {
  const fence = Fence.create({ prefix: 'cost', task: 'cost-bill' });
  await BillShares.create({
    store: BillShareStore.create({ knex, fence }),
  }).run(new AbortController().signal);
}
