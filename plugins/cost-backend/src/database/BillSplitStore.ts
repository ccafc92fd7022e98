import { NotAllowedError } from '@backstage/errors';
import { SplitShare } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { MICRO } from './measures';
import { Scope } from './scope';

/** Machines of one cluster, region and capacity type are billed together. */
export interface MachineKind {
  cluster: string;
  region: string;
  capacityType: string;
}

/** A machine that is billed, with how many charges. */
export interface BilledMachine extends MachineKind {
  charges: number;
}

/** A delivery that has charges of a period, as it was read. */
export interface PeriodDelivery {
  source: string;
  name: string;
  /** What was asked of it included. */
  version: string;
}

/** What charges of nodes are split by: the services, or the workloads, that had them. */
export const SPLIT_GRAINS = ['service', 'workload'] as const;

export type SplitGrain = (typeof SPLIT_GRAINS)[number];

const GIB = 2 ** 30;

/** Columns of what a container was charged a day, with the unit that FOCUS is told. */
const USES = [
  {
    unit: 'CPU',
    micros: 'cpu_micros',
    quantity: 'cpu_core_microhours',
    per: MICRO,
  },
  {
    unit: 'Memory',
    micros: 'memory_micros',
    quantity: 'memory_byte_hours',
    per: GIB,
  },
  {
    unit: 'GPU',
    micros: 'gpu_micros',
    quantity: 'gpu_device_microhours',
    per: MICRO,
  },
] as const;

/** Whose each row is, and what it is known by. */
const GRAINS: Record<SplitGrain, { to: string; id: string; name: string }> = {
  service: {
    to: "CASE WHEN c.bucket = 'idle' THEN 'idle' WHEN e.id IS NULL THEN 'unallocated' ELSE 'service' END",
    id: 'e.entity_ref',
    name: 'coalesce(e.title, e.name)',
  },
  workload: {
    to: "CASE WHEN c.bucket = 'idle' THEN 'idle' ELSE 'workload' END",
    id: "CASE WHEN c.bucket <> 'idle' THEN concat_ws('/', k.name, c.namespace, c.workload_kind, c.workload) END",
    name: "CASE WHEN c.bucket <> 'idle' THEN c.workload END",
  },
};

/** What an export of a bill is split by, for who may see what everything costs. */
export class BillSplitStore {
  readonly #knex: Knex;

  /** @throws NotAllowedError unless the scope is everything. */
  static create({ knex, scope }: { knex: Knex; scope: Scope }) {
    if (!scope.isEverything) {
      throw new NotAllowedError(
        'You need the permission cost.read for every service to export what providers bill',
      );
    }
    return new BillSplitStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async deliveries(period: string): Promise<PeriodDelivery[]> {
    const { rows } = await this.#knex.raw(
      `SELECT v.source, v.name, v.version FROM cost_bill_deliveries v
       WHERE v.version IS NOT NULL AND EXISTS (
         SELECT 1 FROM cost_bill_days d JOIN cost_bill_items i ON i.id = d.item_id
         WHERE d.delivery_id = v.id AND i.period = ?::date)
       ORDER BY v.source, v.name`,
      [period],
    );
    return rows;
  }

  /** The machines of clusters that a period has charges of, by their keys. */
  async machines(period: string): Promise<Map<string, BilledMachine>> {
    const { rows } = await this.#knex.raw(
      `SELECT m.machine, k.name AS cluster, m.region, m.capacity_type AS "capacityType", i.charges::double precision
       FROM cost_machines m JOIN cost_clusters k ON k.id = m.cluster_id
       JOIN (SELECT machine, sum(charges) AS charges FROM cost_bill_items WHERE period = ?::date AND machine <> '' GROUP BY machine) i
         USING (machine)`,
      [period],
    );
    return new Map(
      rows.map(({ machine, ...kind }: BilledMachine & { machine: string }) => [
        machine,
        kind,
      ]),
    );
  }

  /** Who had a part of the machines of each kind in days, `end` exclusive. */
  async shares(
    { start, end }: { start: string; end: string },
    grain: SplitGrain,
  ): Promise<Array<MachineKind & { share: SplitShare }>> {
    const { to, id, name } = GRAINS[grain];
    const sums = USES.flatMap(({ micros, quantity }) => [micros, quantity]);
    const { rows } = await this.#knex.raw(
      `WITH per_container AS MATERIALIZED (
         SELECT container_id, cluster_id, region, capacity_type,
           ${sums.map(column => `sum(${column}) AS ${column}`).join(', ')}
         FROM cost_days WHERE day >= ?::date AND day < ?::date GROUP BY 1, 2, 3, 4
       )
       SELECT k.name AS cluster, p.region, p.capacity_type, ${to} AS "to", ${id} AS id, ${name} AS name,
         e.entity_ref, e.owner_refs[1] AS owner, e.system_ref AS system,
         ${sums.map(column => `sum(p.${column})::text AS ${column}`).join(', ')}
       FROM per_container p JOIN cost_containers c ON c.id = p.container_id
       JOIN cost_clusters k ON k.id = p.cluster_id
       LEFT JOIN cost_links l ON l.container_id = p.container_id
       LEFT JOIN cost_entities e ON e.id = l.entity_id
       GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 7`,
      [start, end],
    );
    return rows.map(toShare);
  }
}

type ShareRow = {
  cluster: string;
  region: string;
  capacity_type: string;
  to: SplitShare['to'];
} & Record<'id' | 'name' | 'entity_ref' | 'owner' | 'system', string | null> &
  Record<(typeof USES)[number]['micros' | 'quantity'], string>;

function toShare(row: ShareRow): MachineKind & { share: SplitShare } {
  return {
    cluster: row.cluster,
    region: row.region,
    capacityType: row.capacity_type,
    share: {
      to: row.to,
      ...(row.id !== null && { id: row.id }),
      ...(row.name !== null && { name: row.name }),
      ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
      tags: {
        ...(row.entity_ref && { service: row.entity_ref }),
        ...(row.owner && { owner: row.owner }),
        ...(row.system && { system: row.system }),
      },
      uses: USES.map(({ unit, micros, quantity, per }) => ({
        unit,
        quantity: Number(row[quantity]) / per,
        micros: BigInt(row[micros]),
      })),
    },
  };
}
