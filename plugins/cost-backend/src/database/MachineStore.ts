import { textArray } from '@headroom/node';
import { CapacityType } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** A machine of a cluster, as bills know it. */
export interface MachineRow {
  /** See `machineKeyOf`. */
  machine: string;
  /** As stored costs have it. */
  region: string;
  capacityType: CapacityType;
}

/** Which machines were nodes of which cluster: kept, as bills come weeks later. */
export class MachineStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }) {
    return new MachineStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds machines that are new, and writes nothing for those that are known. */
  async note(clusterId: number, machines: readonly MachineRow[]) {
    await this.#knex.raw(
      `INSERT INTO cost_machines AS m (machine, cluster_id, region, capacity_type)
       SELECT n.machine, ?::integer, n.region, n.capacity_type
       FROM unnest(?::text[], ?::text[], ?::text[]) AS n (machine, region, capacity_type)
       ON CONFLICT (machine) DO UPDATE SET cluster_id = excluded.cluster_id, region = excluded.region,
         capacity_type = excluded.capacity_type
       WHERE (m.cluster_id, m.region, m.capacity_type)
         IS DISTINCT FROM (excluded.cluster_id, excluded.region, excluded.capacity_type)`,
      [
        clusterId,
        textArray(machines.map(({ machine }) => machine)),
        textArray(machines.map(({ region }) => region)),
        textArray(machines.map(({ capacityType }) => capacityType)),
      ],
    );
  }
}
