import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { HourWindow } from '../../reading/HourWindow';

/** What is read of one cgroup in an hour; NaN = nothing. */
interface CopyReadings {
  /** The CPU counter at the start of the hour and the ends of its slots. */
  cpu: Float64Array;
  /** Its first reading in a slot, where the slot before has none. */
  cpuFirst: Float64Array;
  /** Readings by slot, the first entry from before the hour. */
  seen: Float64Array;
  /** Mean cores by slot, from the readings in it. */
  cpuRate: Float64Array;
  memory: Float64Array;
  memoryPeak: Float64Array;
  /** 1 in a slot in which a reading of memory was 0. */
  memoryZero: Uint8Array;
}

/** One cgroup of a run of a container in one hour. */
export interface Copy extends CopyReadings {
  /** Seconds of each slot it was seen. */
  seconds: Float64Array;
}

/**
 * What is read of one cgroup over a window. Several jobs that scrape it read the
 * same counter: all their readings are readings of it.
 */
export class CopyRecord {
  readonly #readings: CopyReadings;
  readonly #origins = new Set<string>();

  static create(slots: number): CopyRecord {
    return new CopyRecord(slots);
  }

  private constructor(slots: number) {
    const unknown = (length: number) => new Float64Array(length).fill(NaN);
    this.#readings = {
      cpu: unknown(slots + 1),
      cpuFirst: unknown(slots + 1),
      seen: new Float64Array(slots + 1),
      cpuRate: unknown(slots),
      memory: unknown(slots),
      memoryPeak: unknown(slots),
      memoryZero: new Uint8Array(slots),
    };
  }

  /** The jobs and paths that report it. */
  get origin(): string {
    return [...this.#origins].sort().join('\n');
  }

  /** Takes a series of the answer to `usageQuery`. */
  add(window: HourWindow, series: PrometheusSeries, part: string): void {
    const { cpu, cpuFirst, seen, cpuRate, memory, memoryPeak, memoryZero } =
      this.#readings;
    const { job = '', metrics_path: path = '' } = series.labels;
    this.#origins.add(`${job} ${path}`);
    switch (part) {
      case 'cpu':
        window.eachBoundary(series, highest(cpu));
        break;
      case 'cpu-first':
        window.eachBoundary(series, lowest(cpuFirst));
        break;
      case 'cpu-seen':
      case 'memory-seen':
        window.eachBoundary(series, (boundary, count) => {
          seen[boundary] += count;
        });
        break;
      case 'cpu-rate':
        window.eachSlot(series, highest(cpuRate));
        break;
      case 'memory':
        window.eachSlot(series, highest(memory));
        break;
      case 'memory-peak':
        window.eachSlot(series, highest(memoryPeak));
        break;
      case 'memory-zero':
        window.eachSlot(series, slot => (memoryZero[slot] = 1));
        break;
      default:
    }
  }

  hour(hour: number): CopyReadings {
    const first = hour * SLOTS_PER_HOUR;
    const bounds = (values: Float64Array) =>
      values.subarray(first, first + SLOTS_PER_HOUR + 1);
    const slots = (values: Float64Array) =>
      values.subarray(first, first + SLOTS_PER_HOUR);
    const { cpu, cpuFirst, seen, cpuRate, memory, memoryPeak, memoryZero } =
      this.#readings;
    return {
      cpu: bounds(cpu),
      cpuFirst: bounds(cpuFirst),
      seen: bounds(seen),
      cpuRate: slots(cpuRate),
      memory: slots(memory),
      memoryPeak: slots(memoryPeak),
      memoryZero: memoryZero.subarray(first, first + SLOTS_PER_HOUR),
    };
  }
}

function highest(values: Float64Array) {
  return (index: number, value: number) => {
    values[index] = value < values[index] ? values[index] : value;
  };
}

function lowest(values: Float64Array) {
  return (index: number, value: number) => {
    values[index] = value > values[index] ? values[index] : value;
  };
}
