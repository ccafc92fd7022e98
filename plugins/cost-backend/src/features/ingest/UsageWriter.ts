import { Knex } from 'knex';
import { ContainerIds } from '../../database/ContainerStore';
import { DeviceIds, GpuHourStore } from '../../database/GpuHourStore';
import { CompleteHour } from '../../database/HourStore';
import { UsageStore } from '../../database/UsageStore';
import { isPoorer, statusOf } from './degraded';

/**
 * Stores what containers and GPUs did in an hour. An answer that has nothing of
 * them, or much less than is stored, leaves what is stored: an hour's amounts
 * can be right while its samples could not be read. One that is not whole
 * replaces the samples of the containers it has some of.
 */
export class UsageWriter {
  readonly #usage = UsageStore.create();
  readonly #gpus: GpuHourStore;

  static create(options: { knex: Knex }) {
    return new UsageWriter(options.knex);
  }

  private constructor(knex: Knex) {
    this.#gpus = GpuHourStore.create({ knex });
  }

  /** Ids of the hour's devices; before the hour's transaction. */
  async identify(clusterId: number, hour: CompleteHour): Promise<DeviceIds> {
    return this.#gpus.identify(clusterId, hour.hour, hour.devices ?? []);
  }

  /** Inside the hour's transaction. */
  async replace(
    tx: Knex,
    clusterId: number,
    { hour, usage, devices, problems }: CompleteHour,
    deviceIds: DeviceIds,
    ids: ContainerIds,
  ): Promise<void> {
    if (usage) {
      const stored = await this.#usage.count(tx, clusterId, hour);
      if (!isPoorer(usage.length, stored)) {
        await this.#usage.replace(tx, clusterId, hour, usage, ids, {
          keepOthers: statusOf(problems) === 'partial',
        });
      }
    }
    if (devices) {
      const stored = await this.#gpus.count(tx, clusterId, hour);
      if (!isPoorer(devices.length, stored)) {
        await this.#gpus.replace(tx, clusterId, hour, devices, deviceIds, ids);
      }
    }
  }
}
