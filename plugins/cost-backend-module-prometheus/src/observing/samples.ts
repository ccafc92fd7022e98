import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import {
  ContainerSamples,
  HourSamples,
  SLOTS_PER_HOUR,
} from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { HourWindow } from '../reading/HourWindow';
import { ContainerIdentity, containerOf, keyOf } from '../reading/labels';

/** Slots of one container over the window; NaN = not known. */
interface SampleRecord {
  cpu?: Float64Array;
  memory?: Float64Array;
}

/** Five-minute samples of containers. */
export class SampleTable {
  readonly #window: HourWindow;
  readonly #records = new Map<string, SampleRecord>();

  /** Reads the answer to `samplesQuery`. */
  static read(window: HourWindow, answer: PrometheusSeries[]): SampleTable {
    const table = new SampleTable(window);
    for (const series of answer) {
      table.#add(series);
    }
    return table;
  }

  private constructor(window: HourWindow) {
    this.#window = window;
  }

  /** Undefined when nothing was sampled of the container in that hour. */
  samples(
    { namespace, pod, container }: ContainerIdentity,
    hour: number,
  ): ContainerSamples | undefined {
    const record = this.#records.get(keyOf(namespace, pod, container));
    const cpuCores = slotsOf(record?.cpu, hour);
    const memoryBytes = slotsOf(record?.memory, hour);
    return cpuCores || memoryBytes
      ? { ...(cpuCores && { cpuCores }), ...(memoryBytes && { memoryBytes }) }
      : undefined;
  }

  #add(series: PrometheusSeries): void {
    const identity = containerOf(series.labels);
    const part = series.labels[PART_LABEL];
    if (!identity || (part !== 'cpu' && part !== 'memory')) {
      return;
    }
    const key = keyOf(identity.namespace, identity.pod, identity.container);
    const record = this.#records.get(key) ?? {};
    this.#records.set(key, record);
    const slots = (record[part] ??= new Float64Array(this.#window.slots).fill(
      NaN,
    ));
    this.#window.eachSlot(series, (slot, value) => {
      slots[slot] = value < slots[slot] ? slots[slot] : value;
    });
  }
}

function slotsOf(
  slots: Float64Array | undefined,
  hour: number,
): HourSamples | undefined {
  const first = hour * SLOTS_PER_HOUR;
  const ofHour = slots?.subarray(first, first + SLOTS_PER_HOUR);
  return ofHour?.some(value => !Number.isNaN(value))
    ? Array.from(ofHour, value => (Number.isNaN(value) ? null : value))
    : undefined;
}
