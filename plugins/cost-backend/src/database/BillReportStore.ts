import { NotAllowedError } from '@backstage/errors';
import {
  BillDeliveryState,
  BillDimension,
  BillRemark,
  ChargeCategory,
  Decimal,
} from '@headroom/plugin-cost-common';
import { textArray, toBigint, toIso } from '@headroom/node';
import { Knex } from 'knex';
import {
  readRestatements,
  restatedSince,
  StoredRestatement,
} from './billRestatements';
import { OF_MACHINES } from './billItems';
import { DELIVERED } from './isBillSplit';
import { Scope } from './scope';
import { storedDecimal } from './storedDecimal';

/** Amounts of some charges of a bill, to the last digit. */
export interface BillSums {
  currency: string;
  billed: Decimal;
  effective: Decimal;
  list: Decimal;
  charges: number;
}

/** Charges of a category; those that mend an earlier month apart. */
export interface CategorySums extends BillSums {
  category: ChargeCategory;
  correction: boolean;
  /** Days that are charged; the end is exclusive. */
  start: string;
  end: string;
}

/** Charges by who pays: the machines of a cluster, a service, or nobody. */
export interface PayerSums extends BillSums {
  /** Set for machines of a cluster. */
  cluster?: string;
  region: string;
  capacityType: string;
  /** Of other charges; empty = nobody says whose. */
  entityRef: string;
}

/** What somebody pays of machines of one kind. */
export interface MachinePart {
  currency: string;
  cluster: string;
  region: string;
  capacityType: string;
  /** Empty = capacity and workloads of no service. */
  entityRef: string;
  title?: string;
  billed: Decimal;
  effective: Decimal;
  /** What they had of them at estimated prices, in the stored currency. */
  estimated: bigint;
}

/** A commitment that is bought is on the list again with what it covers. */
const ON_LIST = "i.category <> 'Purchase' OR i.commitment_id = ''";
const SUMS = `sum(i.billed)::text AS billed, sum(i.effective)::text AS effective, coalesce(sum(i.list) FILTER (WHERE ${ON_LIST}), 0)::text AS list,
  sum(i.charges)::text AS charges`;
const DAY_SUMS = `sum(d.billed)::text AS billed, sum(d.effective)::text AS effective, coalesce(sum(d.list) FILTER (WHERE ${ON_LIST}), 0)::text AS list,
  sum(d.charges)::text AS charges`;

/** Tables that are read, but for those that change only with one of them. */
const READ_TABLES = [
  'cost_bill_items',
  'cost_bill_restatements',
  'cost_bill_shared',
  'cost_entities',
  'cost_links',
  'cost_machines',
];

const KEYS: Record<Exclude<BillDimension, 'day'>, string> = {
  service: 'i.service',
  category: 'i.category',
  provider: 'i.provider',
  account: "coalesce(nullif(i.sub_account, ''), i.billing_account)",
  region: 'i.region',
  resource: 'i.resource_id',
};

/** Bills, for who may see what everything costs. */
export class BillReportStore {
  readonly #knex: Knex;

  /** @throws NotAllowedError unless the scope is everything. */
  static create({ knex, scope }: { knex: Knex; scope: Scope }) {
    if (!scope.isEverything) {
      throw new NotAllowedError(
        'You need the permission cost.read for every service to see what providers bill',
      );
    }
    return new BillReportStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** First days of billing periods, the newest first: found by an index, however many items they have. */
  async periods(): Promise<string[]> {
    const { rows } = await this.#knex.raw(
      `WITH RECURSIVE found AS (
         SELECT max(period) AS period FROM cost_bill_items
         UNION ALL
         SELECT (SELECT max(i.period) FROM cost_bill_items i WHERE i.period < f.period) FROM found f
         WHERE f.period IS NOT NULL
       ) SELECT period::text FROM found WHERE period IS NOT NULL`,
    );
    return rows.map(({ period }: { period: string }) => period);
  }

  async categories(period: string): Promise<CategorySums[]> {
    const { rows } = await this.#knex.raw(
      `SELECT i.currency, i.category, i.correction, min(i.first_day)::text AS start, (max(i.last_day) + 1)::text AS end,
         ${SUMS}
       FROM cost_bill_items i WHERE i.period = ?::date GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [period],
    );
    return rows.map(
      (row: Omit<CategorySums, keyof BillSums> & SumsRow): CategorySums => ({
        ...toSums(row),
        category: row.category,
        correction: row.correction,
        start: row.start,
        end: row.end,
      }),
    );
  }

  async groups(
    period: string,
    groupBy: BillDimension,
  ): Promise<Array<BillSums & { key: string }>> {
    const { rows } = await this.#knex.raw(
      groupBy === 'day'
        ? `SELECT i.currency, d.day::text AS key, ${DAY_SUMS}
           FROM cost_bill_items i JOIN cost_bill_days d ON d.item_id = i.id
           WHERE i.period = ?::date GROUP BY 1, 2 ORDER BY 1, 2`
        : `SELECT i.currency, ${KEYS[groupBy]} AS key, ${SUMS} FROM cost_bill_items i
           WHERE i.period = ?::date GROUP BY 1, 2 ORDER BY 1, 2`,
      [period],
    );
    return rows.map((row: SumsRow & { key: string }) => ({
      ...toSums(row),
      key: row.key,
    }));
  }

  async payers(period: string): Promise<PayerSums[]> {
    const { rows } = await this.#knex.raw(
      `SELECT i.currency, k.name AS cluster, coalesce(m.region, '') AS region,
         coalesce(m.capacity_type, '') AS capacity_type,
         CASE WHEN m.machine IS NULL THEN coalesce(i.entity_ref, '') ELSE '' END AS entity_ref, ${SUMS}
       FROM cost_bill_items i
       LEFT JOIN cost_machines m ON i.machine <> '' AND m.machine = i.machine
       LEFT JOIN cost_clusters k ON k.id = m.cluster_id
       WHERE i.period = ?::date GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
      [period],
    );
    return rows.map(
      (
        row: SumsRow & {
          cluster: string | null;
          region: string;
          capacity_type: string;
          entity_ref: string;
        },
      ) => ({
        ...toSums(row),
        ...(row.cluster !== null && { cluster: row.cluster }),
        region: row.region,
        capacityType: row.capacity_type,
        entityRef: row.entity_ref,
      }),
    );
  }

  /** Another one whenever anything else than deliveries and remarks may be. */
  async version(): Promise<string> {
    const { rows } = await this.#knex.raw(
      `SELECT string_agg(version::text, ' ' ORDER BY name) AS version
       FROM cost_table_versions WHERE name = ANY (?::text[])`,
      [textArray(READ_TABLES)],
    );
    return rows[0].version;
  }

  /** Whether it was found out who pays for a period's machines since a bill was imported last. */
  async isSplit(period: string): Promise<boolean> {
    const { rows } = await this.#knex.raw(
      `SELECT EXISTS (
         SELECT 1 FROM cost_bill_shared WHERE period = ?::date
           AND deliveries IS NOT DISTINCT FROM ${DELIVERED}
       ) OR NOT EXISTS (SELECT 1 FROM ${OF_MACHINES} WHERE i.period = ?::date) AS "isSplit"`,
      [period, period],
    );
    return rows[0].isSplit;
  }

  /** Who pays how much of the machines that a period has charges of, as it was found out last. */
  async machineParts(period: string): Promise<MachinePart[]> {
    const { rows } = await this.#knex.raw(
      `SELECT s.currency, k.name AS cluster, s.region, s.capacity_type AS "capacityType",
         coalesce(lower(e.entity_ref), '') AS "entityRef", max(coalesce(e.title, e.name)) AS title,
         sum(s.billed)::text AS billed, sum(s.effective)::text AS effective, sum(s.estimated_micros)::text AS estimated
       FROM cost_bill_shares s JOIN cost_clusters k ON k.id = s.cluster_id
       LEFT JOIN cost_links l ON l.container_id = s.container_id
       LEFT JOIN cost_entities e ON e.id = l.entity_id
       WHERE s.period = ?::date GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
      [period],
    );
    return rows.map(
      ({
        title,
        billed,
        effective,
        estimated,
        ...row
      }: Omit<MachinePart, 'billed' | 'effective' | 'estimated'> &
        Record<'billed' | 'effective' | 'estimated', string>) => ({
        ...row,
        ...(title !== null && { title }),
        billed: storedDecimal(billed),
        effective: storedDecimal(effective),
        estimated: toBigint(estimated),
      }),
    );
  }

  /** When a month became another one after it was over, the newest first. */
  async restatements(period: string): Promise<StoredRestatement[]> {
    return readRestatements(this.#knex, period);
  }

  /** First days of the months that were restated since an instant, the newest first. */
  async restatedSince(since: Date): Promise<string[]> {
    return restatedSince(this.#knex, since);
  }

  /** What sources say of themselves. */
  async remarks(): Promise<BillRemark[]> {
    const rows = await this.#knex('cost_bill_notes')
      .select('source', 'remarks')
      .orderBy('source');
    return rows.flatMap(({ source, remarks }) =>
      remarks.map((message: string) => ({ source, message })),
    );
  }

  async deliveries(): Promise<BillDeliveryState[]> {
    const rows = await this.#knex('cost_bill_deliveries')
      .select('source', 'name', 'charges', 'imported_at', 'problem')
      .orderBy(['source', { column: 'name', order: 'desc' }]);
    return rows.map(row => ({
      source: row.source,
      name: row.name,
      charges: Number(row.charges),
      ...(row.imported_at && { importedAt: toIso(row.imported_at) }),
      ...(row.problem !== null && { problem: row.problem }),
    }));
  }
}

interface SumsRow {
  currency: string;
  billed: string;
  effective: string;
  list: string;
  charges: string;
}

function toSums(row: SumsRow): BillSums {
  return {
    currency: row.currency,
    billed: storedDecimal(row.billed),
    effective: storedDecimal(row.effective),
    list: storedDecimal(row.list),
    charges: Number(row.charges),
  };
}
