import { StoredGpuDevice } from '../../database/GpuStore';
import {
  addEnergies,
  addEnergy,
  BoardPower,
  EnergySum,
  noEnergy,
} from './energy';
import { DeviceHour } from './readDeviceHours';
import { StrandedDay } from './StrandedBoards';

/** Energy by what became of the devices. */
export type EnergyParts = Record<
  'held' | 'idle' | 'ownerUnknown' | 'stranded',
  EnergySum
>;

/** The energy of a report while it is read. */
export class EnergyFold {
  readonly parts: EnergyParts = {
    held: noEnergy(),
    idle: noEnergy(),
    ownerUnknown: noEnergy(),
    stranded: noEnergy(),
  };
  readonly #priceOn: ((day: string) => number) | undefined;

  /** @param priceOn - micros a kilowatt-hour on a day; undefined = no price */
  static create(priceOn?: (day: string) => number) {
    return new EnergyFold(priceOn);
  }

  private constructor(priceOn: ((day: string) => number) | undefined) {
    this.#priceOn = priceOn;
  }

  get isPriced(): boolean {
    return this.#priceOn !== undefined;
  }

  powerOf(
    day: string,
    { watts, poweredPart }: Pick<DeviceHour, 'watts' | 'poweredPart'>,
  ): BoardPower {
    return { watts, poweredPart, price: this.#priceOn?.(day) };
  }

  /**
   * Adds an hour of a device: what they held of it, and of everything what nobody did.
   *
   * @param sums - that take the same energy: of the day, of the device
   */
  addHour(
    { boardShare }: StoredGpuDevice,
    hour: DeviceHour,
    power: BoardPower,
    everything: boolean,
    sums: readonly EnergySum[],
  ): void {
    const parts: Array<[keyof EnergyParts, number]> = [
      ['held', hour.share],
      ['idle', everything ? hour.free : 0],
      ['ownerUnknown', everything && hour.present === null ? 1 : 0],
    ];
    for (const [part, share] of parts) {
      if (share > 0) {
        const boards = share * boardShare;
        addEnergy(this.parts[part], boards, power);
        sums.forEach(sum => addEnergy(sum, boards, power));
      }
    }
  }

  /** Adds what no instance covers of boards that are cut. */
  addStranded(
    day: string,
    stranded: readonly StrandedDay[],
    sumOfDay: () => EnergySum,
  ): void {
    const sum = noEnergy();
    for (const { power } of stranded) {
      for (const { boards, ...board } of power) {
        addEnergy(sum, boards, this.powerOf(day, board));
      }
    }
    if (sum.hours > 0) {
      addEnergies(this.parts.stranded, sum);
      addEnergies(sumOfDay(), sum);
    }
  }
}
