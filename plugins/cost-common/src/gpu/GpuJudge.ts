import {
  GpuReadingFault,
  HourSamples,
  SLOTS_PER_HOUR,
} from '../observations/observations';
import { UnusedRuns } from './UnusedRuns';
import { isComputing } from './isComputing';
import { PowerEvidence } from './PowerEvidence';
import { GPU_MINIMUM_COVERAGE, GpuUseFigures, judge } from './verdict';

/** One hour of a device, in time order. @public */
export interface GpuUseHour {
  /** Start of the hour, milliseconds since 1970. */
  at: number;
  /** Part of the hour somebody held it, 0 to 1; null = not known, because labels are missing. */
  held: number | null;
  /** Busy share of the device in each slot; faulty readings are null. */
  busyShare?: HourSamples;
  memoryBytes?: HourSamples;
  /** How many containers held it at a time, each with a context of its own; 1 by default. */
  holders?: number;
  /** Mean over the hour. */
  powerWatts?: number;
}

/** What a judge has to know of the device. @public */
export interface GpuJudged {
  model?: string;
  memoryBytes?: number;
  /** An instance: power is that of the whole board and says nothing of it. */
  isInstance: boolean;
  /** Hours after which a rule would take an unused device away; an hour by default. */
  waitingHours?: number;
}

const HISTOGRAM_STEPS = 100;
// A binding of this file: read in the innermost loops.
const SLOTS = SLOTS_PER_HOUR;

/**
 * What a device did over a window, hour by hour: memory does not grow with the
 * window. Hours may be missing; a gap ends a run of unused hours.
 *
 * @public
 */
export class GpuJudge {
  readonly #device: GpuJudged;
  readonly #runs: UnusedRuns;
  /** Of a whole board whose kind is known. */
  readonly #power: PowerEvidence | undefined;
  readonly #busySteps = new Float64Array(HISTOGRAM_STEPS + 1);
  readonly #setAside: Partial<Record<GpuReadingFault, number>> = {};
  #readings = 0;
  #hours = 0;
  #ownerUnknownHours = 0;
  #heldHours = 0;
  #knownHours = 0;
  #busyHours = 0;
  #computingHours = 0;
  #memoryHours = 0;
  #memoryMin = Infinity;
  #memoryPeak = -Infinity;
  #memoryMinOfHolder = Infinity;
  #wattHours = 0;
  #poweredHours = 0;

  static create(device: GpuJudged) {
    return new GpuJudge(device);
  }

  private constructor(device: GpuJudged) {
    this.#device = device;
    this.#power = device.isInstance
      ? undefined
      : PowerEvidence.of(device.model);
    this.#runs = UnusedRuns.create({ waitingHours: device.waitingHours ?? 1 });
  }

  /** Readings that count and those set aside, of one hour or a day. */
  count(
    readings: number,
    setAside: Partial<Record<GpuReadingFault, number>>,
  ): void {
    this.#readings += readings;
    for (const [fault, count] of Object.entries(setAside)) {
      const key = fault as GpuReadingFault;
      this.#setAside[key] = (this.#setAside[key] ?? 0) + count;
    }
  }

  add(hour: GpuUseHour): void {
    this.#hours += 1;
    if (hour.held === null) {
      this.#ownerUnknownHours += 1;
      this.#runs.end();
      return;
    }
    const held = Math.min(1, Math.max(0, hour.held));
    this.#heldHours += held;
    if (held === 0) {
      this.#runs.end();
      return;
    }
    if (hour.powerWatts !== undefined) {
      this.#wattHours += hour.powerWatts * held;
      this.#poweredHours += held;
      this.#weighPower(held, hour.powerWatts, hour.busyShare);
    }
    this.#runs.startHour(hour.at);
    for (let slot = 0; slot < SLOTS; slot += 1) {
      this.#addSlot(
        held / SLOTS,
        hour.busyShare?.[slot] ?? null,
        hour.memoryBytes?.[slot] ?? null,
        Math.max(1, hour.holders ?? 1),
      );
    }
  }

  /** The figures and what they say. */
  result(): GpuUseFigures & ReturnType<typeof judge> {
    const figures: GpuUseFigures = {
      hours: this.#hours,
      ownerUnknownHours: this.#ownerUnknownHours,
      heldHours: this.#heldHours,
      knownHours: this.#knownHours,
      busyHours: this.#busyHours,
      computingHours: this.#computingHours,
      ...this.#runs.result(),
      memoryHours: this.#memoryHours,
      ...(this.#memoryHours > 0 && {
        memoryPeakBytes: this.#memoryPeak,
        memoryMinBytes: this.#memoryMin,
        memoryMinOfHolderBytes: this.#memoryMinOfHolder,
      }),
      ...(this.#knownHours > 0 && { medianBusyShare: this.#median() }),
      ...(this.#poweredHours > 0 && {
        meanWatts: this.#wattHours / this.#poweredHours,
      }),
      powerSaysBusy: this.#power?.saysBusy,
      powerSaysUnused: this.#power?.saysUnused,
      readings: this.#readings,
      setAside: { ...this.#setAside },
    };
    return { ...figures, ...judge(figures, this.#device) };
  }

  /** Watts are of the whole hour: so must the busy shares be. */
  #weighPower(hours: number, watts: number, busy: HourSamples = []): void {
    const known = busy.filter(share => share !== null);
    if (known.length >= GPU_MINIMUM_COVERAGE * SLOTS) {
      this.#power?.add(hours, watts, known);
    }
  }

  #addSlot(
    hours: number,
    busy: number | null,
    memory: number | null,
    holders: number,
  ): void {
    if (memory !== null) {
      this.#memoryHours += hours;
      this.#memoryMin = Math.min(this.#memoryMin, memory);
      this.#memoryPeak = Math.max(this.#memoryPeak, memory);
      this.#memoryMinOfHolder = Math.min(
        this.#memoryMinOfHolder,
        memory / holders,
      );
    }
    if (busy === null) {
      // Not known is not unused.
      this.#runs.end();
      return;
    }
    this.#knownHours += hours;
    this.#busyHours += hours * busy;
    this.#busySteps[Math.round(busy * HISTOGRAM_STEPS)] += hours;
    if (isComputing(busy)) {
      this.#computingHours += hours;
      this.#runs.end();
    } else {
      this.#runs.add(hours);
    }
  }

  /** Of the time it was held and known, to a percent. */
  #median(): number {
    let passed = 0;
    for (let step = 0; step <= HISTOGRAM_STEPS; step += 1) {
      passed += this.#busySteps[step];
      if (passed >= this.#knownHours / 2) {
        return step / HISTOGRAM_STEPS;
      }
    }
    return 1;
  }
}
