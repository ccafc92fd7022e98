import {
  adviseGpu,
  GpuAdvice,
  gpuOffers,
  GpuPriceEntry,
  GpuWorkloadTally,
} from '@headroom/plugin-cost-common';
import { GpuDeviceDay } from '../../database/GpuStore';
import { GpuMoneyDay } from '../../database/GpuMoneyStore';
import { noEnergy } from './energy';
import { DeviceHour } from './readDeviceHours';

/** A container that held GPUs, and the service it is linked to. */
export type GpuHolder = Pick<
  GpuMoneyDay,
  'cluster' | 'namespace' | 'workloadKind' | 'workload' | 'container'
> & { entityRef?: string };

/** One container with GPUs over a window: what it paid, and how its devices were used together. */
export class WorkloadFold {
  readonly who: GpuHolder;
  readonly energy = noEnergy();
  readonly #tally: GpuWorkloadTally;
  #micros = 0n;

  static create(options: {
    who: GpuHolder;
    hourOfWeek: (at: number) => number;
  }) {
    return new WorkloadFold(options);
  }

  private constructor({
    who,
    hourOfWeek,
  }: Parameters<typeof WorkloadFold.create>[0]) {
    this.who = who;
    this.#tally = GpuWorkloadTally.create({ hourOfWeek });
  }

  pay(micros: bigint): void {
    this.#micros += micros;
  }

  add(
    { device }: GpuDeviceDay,
    hour: DeviceHour,
    held: { held: number; share: number },
    dayStart: number,
  ): void {
    this.#tally.add(
      {
        at: hour.at,
        held: held.held,
        share: held.share / held.held,
        boardShare: device.boardShare,
        sharing: device.sharing,
        profile: device.profile,
        model: device.model,
        memoryBytes: device.memoryBytes,
        busyShare: hour.busy,
        memoryUsedBytes: hour.memory,
        holders: hour.holders,
        powerWatts: hour.watts ?? undefined,
      },
      dayStart,
    );
  }

  endDay(): void {
    this.#tally.endDay();
  }

  /** @param end - exclusive end of what was read, milliseconds since 1970 */
  advice(end: number, prices: readonly GpuPriceEntry[]): GpuAdvice[] {
    const { namespace, workloadKind, workload, container, entityRef } =
      this.who;
    const use = this.#tally.result(end, {
      costMicros: this.#micros,
      workload: { namespace, kind: workloadKind, name: workload, container },
    });
    const paid =
      use.deviceHours > 0 ? Number(this.#micros) / use.deviceHours : 0;
    const advice = adviseGpu(use, gpuOffers(prices, use.model, paid));
    return advice ? [{ ...advice, ...(entityRef && { entityRef }) }] : [];
  }
}
