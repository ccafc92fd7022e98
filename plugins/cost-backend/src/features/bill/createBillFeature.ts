import { toError } from '@backstage/errors';
import { Fence } from '@headroom/node';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { BillOwnerStore } from '../../database/BillOwnerStore';
import { BillShareStore } from '../../database/BillShareStore';
import { BillStore } from '../../database/BillStore';
import { BillExport } from './BillExport';
import { BillImport } from './BillImport';
import { BillOwnership } from './BillOwnership';
import { BillShares } from './BillShares';
import { createBillRouter } from './billRouter';
import { Bills } from './Bills';
import { EntityBills } from './EntityBills';

/** Reads what providers bill, says whose it is, and serves it. */
export function createBillFeature(core: CostCore): Feature {
  const { config, logger, now, sources } = core;
  const knex = core.database.work;
  const fence = Fence.create({ prefix: 'cost', task: 'cost-bill' });
  const owners = BillOwnership.create({
    ...config.bill,
    store: BillOwnerStore.create({ knex, fence }),
  });
  const bills = BillImport.create({
    ...config.bill,
    sources: sources.bill,
    store: BillStore.create({ knex, fence }),
    logger,
    now,
  });
  const shares = BillShares.create({
    store: BillShareStore.create({ knex, fence }),
  });
  return {
    routes: createBillRouter({
      httpAuth: core.httpAuth,
      logger,
      entityBills: EntityBills.create({
        scopes: core.scopes,
        simulated: sources.bill.some(each => each.simulated),
      }),
      billExport: BillExport.create({
        scopes: core.scopes,
        sources: sources.bill,
        tags: config.bill.tags,
      }),
      bills: Bills.create({
        ...core,
        simulated: new Set(
          sources.bill.filter(each => each.simulated).map(({ id }) => id),
        ),
      }),
    }),
    tasks: [
      {
        id: fence.task,
        fence,
        schedule: config.bill.schedule,
        run: async ({ signal, enough }) => {
          // What an earlier turn or an upgrade left waits for no import, and none for it.
          await shares
            .run(signal)
            .catch(error =>
              logger.warn('Bills could not be split', toError(error)),
            );
          await bills.run(signal, enough);
          await owners.run(signal);
          await shares.run(signal);
        },
      },
    ],
  };
}
