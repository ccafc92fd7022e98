import { Decimal } from '@headroom/plugin-cost-common';
import { entitiesSql, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { storedDecimal } from './storedDecimal';
import { Scope } from './scope';

/** Amounts of some charges of an entity, to the last digit. */
export interface EntityBillSums {
  /** First day of the billing period. */
  period: string;
  currency: string;
  billed: Decimal;
  effective: Decimal;
}

/** A billing account that has charges of an entity in a period. */
export interface EntityBillAccount
  extends Pick<EntityBillSums, 'period' | 'currency'> {
  account: string;
}

/** What a resource of the provider was billed in a period. */
export interface EntityBillResource extends EntityBillSums {
  resourceId: string;
  service: string;
  region: string;
  list: Decimal;
  charges: number;
}

/**
 * What the entities of a scope were billed: charges that are their own. Machines of
 * clusters are shared by many, and none of them.
 */
export class EntityBillStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new EntityBillStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /** Whether any bill was read. */
  async hasBill(): Promise<boolean> {
    const { rows } = await this.#knex.raw(
      'SELECT EXISTS (SELECT 1 FROM cost_bill_items) AS "hasBill"',
    );
    return rows[0].hasBill;
  }

  /** By billing period, the newest first. */
  async months(): Promise<EntityBillSums[]> {
    const own = this.#own();
    const { rows } = await this.#knex.raw(
      `SELECT i.period::text, i.currency, sum(i.billed)::text AS billed, sum(i.effective)::text AS effective
       ${own.sql} GROUP BY 1, 2 ORDER BY 1 DESC, 2`,
      own.bindings,
    );
    return rows.map(toSums);
  }

  /** Who billed it when. */
  async accounts(): Promise<EntityBillAccount[]> {
    const own = this.#own();
    const { rows } = await this.#knex.raw(
      `SELECT DISTINCT i.period::text, i.currency, i.billing_account AS account ${own.sql}`,
      own.bindings,
    );
    return rows;
  }

  /** By day, in order, of some billing periods. */
  async days(
    periods: readonly string[],
  ): Promise<Array<EntityBillSums & { day: string }>> {
    const own = this.#own('JOIN cost_bill_days d ON d.item_id = i.id');
    const { rows } = await this.#knex.raw(
      `SELECT i.period::text, i.currency, d.day::text, sum(d.billed)::text AS billed, sum(d.effective)::text AS effective
       ${own.sql} AND i.period = ANY (?::date[]) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [...own.bindings, textArray([...periods])],
    );
    return rows.map((row: SumsRow & { day: string }) => ({
      ...toSums(row),
      day: row.day,
    }));
  }

  /** By resource of the provider, of one billing period. */
  async resources(period: string): Promise<EntityBillResource[]> {
    const own = this.#own();
    const { rows } = await this.#knex.raw(
      `SELECT i.period::text, i.currency, i.resource_id AS "resourceId", i.service, i.region,
         sum(i.billed)::text AS billed, sum(i.effective)::text AS effective, sum(i.list)::text AS list,
         sum(i.charges)::text AS charges
       ${own.sql} AND i.period = ?::date GROUP BY 1, 2, 3, 4, 5 ORDER BY 2, 3, 4, 5`,
      [...own.bindings, period],
    );
    return rows.map(
      (
        row: SumsRow &
          Record<
            'resourceId' | 'service' | 'region' | 'list' | 'charges',
            string
          >,
      ) => ({
        ...toSums(row),
        resourceId: row.resourceId,
        service: row.service,
        region: row.region,
        list: storedDecimal(row.list),
        charges: Number(row.charges),
      }),
    );
  }

  /** FROM and WHERE; `i` is an item, `e` whose it is. */
  #own(join = '') {
    const { sql, bindings } = entitiesSql(this.#scope);
    return {
      sql: `FROM cost_bill_items i JOIN cost_entities e ON e.entity_ref = i.entity_ref ${join}
       WHERE NOT EXISTS (SELECT 1 FROM cost_machines m WHERE i.machine <> '' AND m.machine = i.machine) AND ${sql}`,
      bindings,
    };
  }
}

type SumsRow = Record<'period' | 'currency' | 'billed' | 'effective', string>;

function toSums(row: SumsRow): EntityBillSums {
  return {
    period: row.period,
    currency: row.currency,
    billed: storedDecimal(row.billed),
    effective: storedDecimal(row.effective),
  };
}
