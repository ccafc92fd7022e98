import { NotAllowedError } from '@backstage/errors';
import { SplitShare } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { BILLED_MACHINES } from './billedMachines';
import { MICRO } from './measures';
import { Scope } from './scope';

/** A machine that is billed, with how many charges. */
export interface BilledMachine {
  cluster: string;
  region: string;
  capacityType: string;
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

const COLUMNS = USES.flatMap(({ micros, quantity }) => [micros, quantity]);
const SUMS = COLUMNS.map(column => `sum(d.${column}) AS ${column}`).join(', ');

/** A text that is the same of machines of one kind. */
export function machineKind(
  kind: readonly [cluster: string, region: string, capacityType: string],
): string {
  return JSON.stringify(kind);
}

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

  /**
   * Who had a part of each machine that a period has charges of, in the days that the
   * machine is charged for; of one of which that is not known, nothing.
   *
   * @param most - undefined when there are more
   */
  async machineShares(
    period: string,
    grain: SplitGrain,
    most: number,
  ): Promise<Array<{ machine: string; share: SplitShare }> | undefined> {
    const rows = await this.#shares(
      `WITH ${BILLED_MACHINES}
       SELECT b.machine AS whose, d.container_id, d.cluster_id, ${SUMS}
       FROM known_machines k JOIN billed_machines b USING (machine_id)
       JOIN cost_machine_totals t ON t.machine_id = k.machine_id AND t.day >= k.first_day AND t.day <= k.last_day
       JOIN cost_machine_days d ON d.cluster_id = t.cluster_id AND d.day = t.day AND d.machine_id = t.machine_id
       GROUP BY 1, 2, 3`,
      [period],
      { grain, most: most + 1 },
    );
    const toShare = shareMaker();
    return rows.length > most
      ? undefined
      : rows.map(row => ({ machine: row.whose, share: toShare(row) }));
  }

  /** Who had a part of all machines of a kind together, of which some are not known one by one; by {@link machineKind}. */
  async kindShares(
    period: string,
    grain: SplitGrain,
  ): Promise<Array<{ kind: string; share: SplitShare }>> {
    const rows = await this.#shares(
      `WITH ${BILLED_MACHINES}
       SELECT json_build_array(k.name, p.region, p.capacity_type)::text AS whose, p.cluster_id, d.*
       FROM pooled_kinds p JOIN cost_clusters k ON k.id = p.cluster_id
       CROSS JOIN LATERAL (
         SELECT d.container_id, ${SUMS} FROM cost_days d
         WHERE d.cluster_id = p.cluster_id AND d.region = p.region AND d.capacity_type = p.capacity_type
           AND d.day >= p.first_day AND d.day <= p.last_day GROUP BY 1) d`,
      [period],
      { grain },
    );
    const toShare = shareMaker();
    return rows.map(row => ({
      kind: machineKind(JSON.parse(row.whose)),
      share: toShare(row),
    }));
  }

  /** @param perContainer - SQL of whose a container had how much of */
  async #shares(
    perContainer: string,
    bindings: Knex.Value[],
    { grain, most }: { grain: SplitGrain; most?: number },
  ): Promise<ShareRow[]> {
    const { to, id, name } = GRAINS[grain];
    const { rows } = await this.#knex.raw(
      `WITH per_container AS MATERIALIZED (${perContainer})
       SELECT p.whose, ${to} AS "to", ${id} AS id, ${name} AS name,
         e.entity_ref, e.owner_refs[1] AS owner, e.system_ref AS system,
         ${COLUMNS.map(column => `sum(p.${column})::text AS ${column}`).join(
           ', ',
         )}
       FROM per_container p JOIN cost_containers c ON c.id = p.container_id
       JOIN cost_clusters k ON k.id = p.cluster_id
       LEFT JOIN cost_links l ON l.container_id = p.container_id
       LEFT JOIN cost_entities e ON e.id = l.entity_id
       GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 5 LIMIT ?`,
      [...bindings, most ?? null],
    );
    return rows;
  }
}

type ShareRow = {
  /** A machine, or machines of a kind. */
  whose: string;
  to: SplitShare['to'];
} & Record<'id' | 'name' | 'entity_ref' | 'owner' | 'system', string | null> &
  Record<(typeof USES)[number]['micros' | 'quantity'], string>;

/** Makes shares of rows; the tags of who has several are one object. */
function shareMaker(): (row: ShareRow) => SplitShare {
  const known = new Map<string | null, SplitShare['tags']>();
  return row => {
    const tags = known.get(row.entity_ref) ?? tagsOf(row);
    known.set(row.entity_ref, tags);
    return shareOf(row, tags);
  };
}

function tagsOf(row: ShareRow): SplitShare['tags'] {
  return {
    ...(row.entity_ref && { service: row.entity_ref }),
    ...(row.owner && { owner: row.owner }),
    ...(row.system && { system: row.system }),
  };
}

function shareOf(row: ShareRow, tags: SplitShare['tags']): SplitShare {
  return {
    to: row.to,
    ...(row.id !== null && { id: row.id }),
    ...(row.name !== null && { name: row.name }),
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
    tags,
    uses: USES.map(({ unit, micros, quantity, per }) => ({
      unit,
      quantity: Number(row[quantity]) / per,
      micros: BigInt(row[micros]),
    })),
  };
}
