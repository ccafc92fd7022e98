import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { addDays, monthStart } from '@headroom/common';
import { BILL_BASES, EntityBillReport } from '@headroom/plugin-cost-common';
import { oneOf } from '@headroom/node';
import { z } from 'zod';
import { CostScopes } from '../../core/CostScopes';
import { ScopedStores } from '../../database/ScopedStores';
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
  { entityBills }: ScopedStores,
  basis: EntityBillReport['basis'],
): Promise<Omit<EntityBillReport, 'entityRef' | 'basis' | 'simulated'>> {
  const months = await entityBills.months();
  if (months.length === 0) {
    const hasBill = await entityBills.hasBill();
    return { status: hasBill ? 'no-charges' : 'no-bill', bills: [] };
  }
  const [{ period }] = months;
  const before = monthStart(addDays(period, -1));
  const days = await entityBills.days([period, before]);
  const charged = days.filter(each => each.period === period);
  const last = charged.reduce(
    (latest, { day }) => (day > latest ? day : latest),
    period,
  );
  const end = addDays(last, 1);
  return {
    status: 'ok',
    period,
    days: { start: period, end },
    bills: buildEntityBill({
      basis,
      period,
      before,
      end,
      months,
      days,
      resources: await entityBills.resources(period),
    }),
  };
}
