import {
  GpuEnergyReport,
  GpuWorkloadEnergy,
} from '@headroom/plugin-cost-common';
import {
  addEnergies,
  energyMicros,
  EnergySum,
  noEnergy,
  toGpuEnergy,
} from './energy';
import { GpuReportFold } from './GpuReportFold';

const MAX_WORKLOADS = 500;

/** What a kilowatt-hour costs, as configured. */
export type EnergyPrice = NonNullable<GpuEnergyReport['price']>;

/** Energy of a report, on the wire. Parts of a list sum to their total, to the micro. */
export class EnergyAnswer {
  readonly #fold: GpuReportFold;

  static create(fold: GpuReportFold) {
    return new EnergyAnswer(fold);
  }

  private constructor(fold: GpuReportFold) {
    this.#fold = fold;
  }

  /** Absent when no device was reported. */
  report(price: EnergyPrice | undefined): GpuEnergyReport | undefined {
    const { devices, energy } = this.#fold;
    if (devices.size === 0) {
      return undefined;
    }
    const { held, idle, ownerUnknown, stranded } = energy.parts;
    const parts = [held, idle, ownerUnknown, stranded];
    const all = noEnergy();
    parts.forEach(part => addEnergies(all, part));
    const total = this.#micros(parts)?.reduce((sum, part) => sum + part, 0n);
    const [ofHeld, ofIdle, ofUnknown, ofStranded] = this.#toWire(parts);
    return {
      total: toGpuEnergy(all, total),
      held: ofHeld,
      idle: ofIdle,
      ownerUnknown: ofUnknown,
      stranded: ofStranded,
      ...(price && { price }),
      ...this.#workloads(),
    };
  }

  /** By device id. */
  devices(): Map<number, ReturnType<typeof toGpuEnergy>> {
    const all = [...this.#fold.devices];
    const energies = this.#toWire(all.map(([, { energy }]) => energy));
    return new Map(all.map(([id], index) => [id, energies[index]]));
  }

  /** By day. */
  days(): Map<string, ReturnType<typeof toGpuEnergy>> {
    const all = [...this.#fold.days];
    const energies = this.#toWire(all.map(([, { energy }]) => energy));
    return new Map(all.map(([day], index) => [day, energies[index]]));
  }

  #workloads(): Pick<GpuEnergyReport, 'workloads' | 'services'> {
    const all = [...this.#fold.workloads.values()].filter(
      ({ energy }) => energy.hours > 0,
    );
    const energies = this.#toWire(all.map(({ energy }) => energy));
    const services = new Map<string, EnergySum & { exact: bigint }>();
    const workloads = all.map(({ who, energy }, index): GpuWorkloadEnergy => {
      const { entityRef } = who;
      if (entityRef) {
        const sum = services.get(entityRef) ?? { ...noEnergy(), exact: 0n };
        addEnergies(sum, energy);
        sum.exact += BigInt(energies[index].micros ?? 0);
        services.set(entityRef, sum);
      }
      return {
        cluster: who.cluster,
        namespace: who.namespace,
        workloadKind: who.workloadKind,
        workload: who.workload,
        container: who.container,
        ...(entityRef && { entityRef }),
        ...energies[index],
      };
    });
    const priced = this.#fold.energy.isPriced;
    return {
      workloads: workloads.sort(mostFirst).slice(0, MAX_WORKLOADS),
      services: [...services]
        .map(([entityRef, { exact, ...sum }]) => ({
          entityRef,
          ...toGpuEnergy(sum, priced ? exact : undefined),
        }))
        .sort(mostFirst),
    };
  }

  #toWire(parts: readonly EnergySum[]) {
    const micros = this.#micros(parts);
    return parts.map((part, index) => toGpuEnergy(part, micros?.[index]));
  }

  #micros(parts: readonly EnergySum[]): bigint[] | undefined {
    return this.#fold.energy.isPriced ? energyMicros(parts) : undefined;
  }
}

function mostFirst(
  a: { kilowattHours: number },
  b: { kilowattHours: number },
): number {
  return b.kilowattHours - a.kilowattHours;
}
