import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { BILL_BASES, EntityBillReport } from '@headroom/plugin-cost-common';
import { oneOf } from '@headroom/node';
import { z } from 'zod';
import { CostScopes } from '../../core/CostScopes';
import { EntityBillResource } from '../../database/EntityBillStore';
import { ScopedStores } from '../../database/ScopedStores';
import { billPeriods } from './billPeriods';
import { buildEntityBill } from './buildEntityBill';

/** What the bill of an entity can be asked for. */
export const entityBillQuery = z.strictObject({
  basis: oneOf(BILL_BASES)
    .default('effective')
    .describe(
      '`billed` sums to the invoice; `effective` has what was paid in advance where it was used.',
    ),
});

/** @internal */
export interface EntityBillsOptions {
  scopes: CostScopes;
  /** A source of bills makes them up. */
  simulated: boolean;
}

/** What one entity was billed, for a caller who may see its cost. */
export class EntityBills {
  readonly #options: EntityBillsOptions;

  static create(options: EntityBillsOptions) {
    return new EntityBills(options);
  }

  private constructor(options: EntityBillsOptions) {
    this.#options = options;
  }

  /** @throws as `CostScopes.read` does of a service. */
  async report(
    entityRef: string,
    { basis }: z.infer<typeof entityBillQuery>,
    credentials: BackstageCredentials,
  ): Promise<EntityBillReport> {
    const { scopes, simulated } = this.#options;
    return scopes.read({ service: entityRef }, credentials, async at => ({
      entityRef,
      basis,
      simulated,
      ...(await readBill(at, basis)),
    }));
  }
}

async function readBill(
  stores: ScopedStores,
  basis: EntityBillReport['basis'],
): Promise<Omit<EntityBillReport, 'entityRef' | 'basis' | 'simulated'>> {
  const { entityBills } = stores;
  const months = await entityBills.months();
  if (months.length === 0) {
    const hasBill = await entityBills.hasBill();
    return { status: hasBill ? 'no-charges' : 'no-bill', bills: [] };
  }
  const periods = billPeriods(
    await entityBills.accounts(),
    // Days of a bill are those of UTC.
    await stores.budgetCosts('UTC').billedThrough(),
  );
  const resources: EntityBillResource[] = [];
  for (const period of new Set(periods.map(each => each.period))) {
    resources.push(...(await entityBills.resources(period)));
  }
  return {
    status: 'ok',
    bills: buildEntityBill({
      basis,
      periods,
      months,
      days: await entityBills.days([
        ...new Set(periods.flatMap(({ period, before }) => [period, before])),
      ]),
      resources,
    }),
  };
}
