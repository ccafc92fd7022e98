import { HOUR_MS } from '@headroom/common';
import {
  GpuSharing,
  HourSamples,
  SLOTS_PER_HOUR,
} from '../../observations/observations';
import { HOURS_OF_WEEK } from '../HeatMap';
import { isComputing } from '../isComputing';
import { powerLevels } from '../PowerEvidence';
import { GPU_MINIMUM_COVERAGE } from '../verdict';
import { GpuWorkloadUse, WeekHour } from './types';

// A binding of this file: read in the innermost loops.
const SLOTS = SLOTS_PER_HOUR;
const MAX_DAY_SLOTS = 25 * SLOTS;
/** A share above it is a device of one's own: hours in which tenants change are counted a little over. */
const ALONE = 0.9;
/** Sums of parts of hours that are as good as whole. */
const EPSILON = 1e-6;

/** One device as a workload held it in one hour. @public */
export interface HeldDeviceHour {
  /** Start of the hour, milliseconds since 1970. */
  at: number;
  /** Part of the hour it was held, 0 to 1. */
  held: number;
  /** Share of the device it had then: 1 = all of it. */
  share: number;
  /** Share of the board the device is: 1 unless it is an instance. */
  boardShare: number;
  sharing: GpuSharing;
  /** MIG profile. */
  profile?: string;
  model?: string;
  /** Memory of the device. */
  memoryBytes?: number;
  /** Busy share and memory held of the whole device. */
  busyShare?: HourSamples;
  memoryUsedBytes?: HourSamples;
  /** How many containers held the device at a time; 1 by default. */
  holders?: number;
  /** Mean power of the whole board; absent = not known. */
  powerWatts?: number;
}

/**
 * Use of all the devices that one container of one workload held over a window.
 * Within a day devices come in any order; days come one after the other. Memory
 * does not grow with the window.
 *
 * @public
 */
export class GpuWorkloadTally {
  readonly #hourOfWeek: (at: number) => number;
  readonly #week: WeekHour[] = Array.from({ length: HOURS_OF_WEEK }, () => ({
    held: 0,
    seen: 0,
    computing: 0,
  }));

  /** By slot of the open day, over its devices. */
  readonly #held = new Float64Array(MAX_DAY_SLOTS);
  readonly #known = new Float64Array(MAX_DAY_SLOTS);
  readonly #busy = new Float64Array(MAX_DAY_SLOTS);
  readonly #memory = new Float64Array(MAX_DAY_SLOTS);
  readonly #models = new Map<string, number>();
  readonly #idleBelowWatts = new Map<string | undefined, number>();
  #open: number | undefined;
  #firstHour = Infinity;
  #days = 0;
  #heldHours = 0;
  #deviceHours = 0;
  /** Held hours of devices, and of the boards they are. */
  #wholeHours = 0;
  #boardHours = 0;
  #knownHours = 0;
  #busyHours = 0;
  #computingHours = 0;
  #memoryHours = 0;
  #maxDevices = 0;
  #peakBusyShare = 0;
  #peakBusyDevices = 0;
  #exclusive = true;
  /** Undefined = no device yet, null = not all of them are instances of one profile. */
  #migProfile: string | null | undefined;
  #deviceMemory = Infinity;
  #memoryPeak = -Infinity;
  #memoryLeast = Infinity;
  #memoryLeastOfHolder = Infinity;
  #memoryPeakSum = 0;

  static create(options: { hourOfWeek: (at: number) => number }) {
    return new GpuWorkloadTally(options.hourOfWeek);
  }

  private constructor(hourOfWeek: (at: number) => number) {
    this.#hourOfWeek = hourOfWeek;
  }

  /** @param dayStart - start of the calendar day the hour is in, milliseconds since 1970 */
  add(device: HeldDeviceHour, dayStart: number): void {
    const { at, held, share } = device;
    if (held <= 0) {
      return;
    }
    if (this.#open !== undefined && this.#open !== dayStart) {
      this.endDay();
    }
    this.#open = dayStart;
    this.#firstHour = Math.min(this.#firstHour, at);
    const hours = held * share * device.boardShare;
    this.#boardHours += held * device.boardShare;
    this.#wholeHours += held;
    this.#deviceHours += hours;
    this.#exclusive &&= device.sharing === 'whole' && share > ALONE;
    this.#seeProfile(device);
    this.#deviceMemory = Math.min(
      this.#deviceMemory,
      device.memoryBytes ?? Infinity,
    );
    const model = device.model ?? '';
    this.#models.set(model, (this.#models.get(model) ?? 0) + hours);
    const first = Math.round((at - dayStart) / HOUR_MS) * SLOTS;
    const isDoubtful = this.#isDoubtful(device);
    for (let slot = 0; slot < SLOTS; slot += 1) {
      this.#addSlot(device, first + slot, slot, hours / SLOTS, isDoubtful);
    }
  }

  /** Whether it reads unused at a power that a board that computes nothing doesn't draw: then nobody can say what it did. */
  #isDoubtful({ model, profile, busyShare, powerWatts }: HeldDeviceHour) {
    if (powerWatts === undefined || profile !== undefined || !busyShare) {
      return false;
    }
    let below = this.#idleBelowWatts.get(model);
    if (below === undefined) {
      below = powerLevels(model)?.idleBelowWatts ?? Infinity;
      this.#idleBelowWatts.set(model, below);
    }
    return (
      powerWatts > below &&
      !busyShare.some(busy => busy !== null && isComputing(busy))
    );
  }

  /** Closes the open day: what its devices did at the same time is known then. */
  endDay(): void {
    if (this.#open === undefined) {
      return;
    }
    this.#days += 1;
    for (let first = 0; first < MAX_DAY_SLOTS; first += SLOTS) {
      if (this.#held[first] > 0) {
        this.#endHour(first, this.#open);
      }
    }
    [this.#held, this.#known, this.#busy, this.#memory].forEach(column =>
      column.fill(0),
    );
    this.#open = undefined;
  }

  /**
   * Closes the open day.
   * @param end - exclusive end of what was read, milliseconds since 1970
   */
  result(
    end: number,
    paid: Pick<GpuWorkloadUse, 'workload' | 'costMicros'>,
  ): GpuWorkloadUse {
    this.endDay();
    const [most] = [...this.#models].sort((a, b) => b[1] - a[1]);
    return {
      ...paid,
      days: this.#days,
      observedHours:
        this.#firstHour < end ? (end - this.#firstHour) / HOUR_MS : 0,
      heldHours: this.#heldHours,
      deviceHours: this.#deviceHours,
      knownHours: this.#knownHours,
      busyHours: this.#busyHours,
      computingHours: this.#computingHours,
      exclusive: this.#exclusive,
      ...(this.#migProfile && { migProfile: this.#migProfile }),
      boardShare:
        this.#wholeHours > 0 ? this.#boardHours / this.#wholeHours : 1,
      maxDevices: this.#maxDevices,
      peakBusyShare: this.#peakBusyShare,
      peakBusyDevices: this.#peakBusyDevices,
      ...(most?.[0] && { model: most[0] }),
      severalModels: this.#models.size > 1,
      ...(this.#deviceMemory < Infinity && {
        deviceMemoryBytes: this.#deviceMemory,
      }),
      ...(this.#memoryHours >= GPU_MINIMUM_COVERAGE * this.#deviceHours &&
        this.#memoryHours > 0 && {
          memory: {
            peakBytes: this.#memoryPeak,
            leastBytes: this.#memoryLeast,
            leastOfHolderBytes: this.#memoryLeastOfHolder,
            peakSumBytes: this.#memoryPeakSum,
          },
        }),
      week: this.#week.map(hour => ({ ...hour })),
    };
  }

  #seeProfile({ sharing, share, profile }: HeldDeviceHour): void {
    const own = sharing === 'mig' && share > ALONE ? profile : undefined;
    this.#migProfile =
      own && (this.#migProfile === undefined || this.#migProfile === own)
        ? own
        : null;
  }

  #addSlot(
    device: HeldDeviceHour,
    index: number,
    slot: number,
    hours: number,
    isDoubtful: boolean,
  ): void {
    const busy = isDoubtful ? null : device.busyShare?.[slot] ?? null;
    const memory = device.memoryUsedBytes?.[slot] ?? null;
    this.#held[index] += device.held;
    if (memory !== null) {
      this.#memoryHours += hours;
      this.#memory[index] += memory;
      this.#memoryPeak = Math.max(this.#memoryPeak, memory);
      this.#memoryLeast = Math.min(this.#memoryLeast, memory);
      this.#memoryLeastOfHolder = Math.min(
        this.#memoryLeastOfHolder,
        memory / Math.max(1, device.holders ?? 1),
      );
    }
    if (busy !== null) {
      this.#known[index] += device.held;
      this.#busy[index] += busy;
      this.#knownHours += hours;
      this.#busyHours += hours * busy;
      this.#computingHours += isComputing(busy) ? hours : 0;
      this.#peakBusyShare = Math.max(this.#peakBusyShare, busy);
    } else if (isDoubtful) {
      this.#computingHours += hours;
    }
  }

  #endHour(first: number, dayStart: number): void {
    const cell =
      this.#week[this.#hourOfWeek(dayStart + (first / SLOTS) * HOUR_MS)];
    const held = this.#held[first];
    this.#heldHours += Math.min(1, held);
    this.#maxDevices = Math.max(this.#maxDevices, Math.ceil(held - EPSILON));
    cell.held += held;
    cell.seen += 1;
    let computed = false;
    for (let slot = first; slot < first + SLOTS; slot += 1) {
      // A slot in which some device is unknown may have been busy.
      computed ||=
        isComputing(this.#busy[slot]) ||
        this.#known[slot] < this.#held[slot] - EPSILON;
      this.#peakBusyDevices = Math.max(this.#peakBusyDevices, this.#busy[slot]);
      this.#memoryPeakSum = Math.max(this.#memoryPeakSum, this.#memory[slot]);
    }
    cell.computing += computed ? 1 : 0;
  }
}
