import { textArray } from '@headroom/node';
import { CapacityType } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** A machine of a cluster, as bills know it. */
export interface MachineRow {
  /** See `machineKeyOf`. */
  machine: string;
  /** Name of its node. */
  node: string;
  /** As stored costs have it. */
  region: string;
  capacityType: CapacityType;
}

/** Machines that are stored as they are, by {@link MachineRow.machine}. */
export type KnownMachines = Map<string, { id: number; row: MachineRow }>;

/** Which machines were nodes of which cluster: kept, as bills come weeks later. */
export class MachineStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new MachineStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Adds machines that are new, and writes nothing for those that are known. A machine
   * may be told outside the hour's transaction: it is what it is, whatever the hour cost.
   *
   * @param known - of earlier hours; is added to
   * @returns ids by the names of nodes; of a node that was several machines, the last one's
   */
  async identify(
    clusterId: number,
    machines: readonly MachineRow[],
    known: KnownMachines,
  ): Promise<Map<string, number>> {
    const changed = machines.filter(row => {
      const before = known.get(row.machine)?.row;
      return (
        before?.region !== row.region ||
        before.capacityType !== row.capacityType
      );
    });
    // The last one counts of a machine that is told of twice.
    const rows = [...new Map(changed.map(row => [row.machine, row])).values()];
    if (rows.length > 0) {
      for (const { id, machine } of await this.#store(clusterId, rows)) {
        const row = rows.find(each => each.machine === machine)!;
        known.set(machine, { id, row });
      }
    }
    return new Map(
      machines.map(({ node, machine }) => [node, known.get(machine)!.id]),
    );
  }

  async #store(
    clusterId: number,
    machines: readonly MachineRow[],
  ): Promise<Array<{ id: number; machine: string }>> {
    const { rows } = await this.#knex.raw(
      `WITH told AS (
         SELECT * FROM unnest(?::text[], ?::text[], ?::text[]) AS n (machine, region, capacity_type)
       ), changed AS (
         UPDATE cost_machines m SET cluster_id = ?::integer, region = n.region, capacity_type = n.capacity_type
         FROM told n WHERE m.machine = n.machine
           AND (m.cluster_id, m.region, m.capacity_type) IS DISTINCT FROM (?::integer, n.region, n.capacity_type)
       ), added AS (
         INSERT INTO cost_machines (machine, cluster_id, region, capacity_type)
         SELECT n.machine, ?::integer, n.region, n.capacity_type FROM told n
         WHERE NOT EXISTS (SELECT 1 FROM cost_machines m WHERE m.machine = n.machine)
         ON CONFLICT (machine) DO NOTHING RETURNING id, machine
       )
       SELECT id, machine FROM added
       UNION SELECT m.id, m.machine FROM cost_machines m JOIN told n USING (machine)`,
      [
        textArray(machines.map(({ machine }) => machine)),
        textArray(machines.map(({ region }) => region)),
        textArray(machines.map(({ capacityType }) => capacityType)),
        clusterId,
        clusterId,
        clusterId,
      ],
    );
    // Another replica may have added some since.
    return rows.length === machines.length
      ? rows
      : this.#knex('cost_machines')
          .select('id', 'machine')
          .whereIn(
            'machine',
            machines.map(({ machine }) => machine),
          );
  }
}
