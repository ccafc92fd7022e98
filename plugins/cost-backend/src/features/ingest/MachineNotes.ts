import { Knex } from 'knex';
import { MachineRow, MachineStore } from '../../database/MachineStore';
import { HourAnswer } from './HourAnswer';

/** The machines that were met in a window: each once, as most are in every hour. */
export class MachineNotes {
  readonly #store: MachineStore;
  readonly #clusterId: number;
  readonly #machines = new Map<string, MachineRow>();

  static create(options: { knex: Knex; clusterId: number }) {
    return new MachineNotes(options);
  }

  private constructor(options: { knex: Knex; clusterId: number }) {
    this.#store = MachineStore.create(options);
    this.#clusterId = options.clusterId;
  }

  add(hour: HourAnswer): void {
    if (hour.status === 'complete') {
      hour.machines?.forEach(row => this.#machines.set(row.machine, row));
    }
  }

  async write(): Promise<void> {
    if (this.#machines.size > 0) {
      await this.#store.note(this.#clusterId, [...this.#machines.values()]);
    }
  }
}
