import { SLOT_SECONDS } from '@headroom/plugin-cost-common';

/** Slots on either side that tell how many readings are usual. */
const NEAR = 2;

/** Whose series a count is of. */
export interface ScrapedSeries {
  /** Key of the container that holds the device; '' = nobody. */
  container: string;
  /** Client of a shared device; clients have it at the same time. */
  replica: string;
  /** Pod of the exporter, where labels name it. */
  exporter: string;
}

interface Counts extends ScrapedSeries {
  counts: Float64Array;
}

/** What the counts of a device say, by slot. */
interface Rhythm {
  /** Scrapes that saw the device. */
  scrapes: Float64Array;
  /** Scrapes a whole slot has. */
  whole: Float64Array;
  /** Whether its series follow one another: then they share the slot's time. */
  sequential: boolean[];
}

/**
 * Scrapes of one device by one job, by who had it. How long a scrape stands for
 * comes from the device's own rhythm, the usual number of readings in the slots
 * around: so it is right for any interval, and when the interval changes. One
 * scrape less than usual is a whole slot, because scrapes drift.
 */
export class DeviceScrapes {
  readonly #slots: number;
  readonly #series = new Map<string, Counts>();
  #rhythm: Rhythm | undefined;

  static create(slots: number): DeviceScrapes {
    return new DeviceScrapes(slots);
  }

  private constructor(slots: number) {
    this.#slots = slots;
  }

  /** Readings of any metric; the metric that has most counts. */
  add(series: ScrapedSeries, slot: number, count: number): void {
    const key = seriesKey(series);
    let entry = this.#series.get(key);
    if (!entry) {
      entry = { ...series, counts: new Float64Array(this.#slots) };
      this.#series.set(key, entry);
    }
    entry.counts[slot] = Math.max(entry.counts[slot], count);
    this.#rhythm = undefined;
  }

  containers(): string[] {
    return [...this.#series.values()].map(({ container }) => container);
  }

  countOf(series: ScrapedSeries, slot: number): number {
    return this.#series.get(seriesKey(series))?.counts[slot] ?? 0;
  }

  /** Scrapes that saw the device in a slot. */
  scrapes(slot: number): number {
    return this.#read().scrapes[slot];
  }

  /** Whether series of a slot follow one another instead of being there together. */
  sequential(slot: number): boolean {
    return this.#read().sequential[slot];
  }

  /** Seconds of a slot a container had the device, alone or with others. */
  heldSeconds(container: string, slot: number): number {
    const { whole } = this.#read();
    const byReplica = new Map<string, number>();
    for (const series of this.#series.values()) {
      if (series.container === container) {
        const before = byReplica.get(series.replica) ?? 0;
        byReplica.set(series.replica, before + series.counts[slot]);
      }
    }
    const count = Math.max(0, ...byReplica.values());
    return count > 0 ? SLOT_SECONDS * Math.min(1, count / whole[slot]) : 0;
  }

  #read(): Rhythm {
    this.#rhythm ??= rhythmOf([...this.#series.values()], this.#slots);
    return this.#rhythm;
  }
}

export function seriesKey(series: ScrapedSeries): string {
  return `${series.container}\n\n${series.replica}\n\n${series.exporter}`;
}

function rhythmOf(series: Counts[], slots: number): Rhythm {
  const longest = new Float64Array(slots);
  const all = new Float64Array(slots);
  const byReplica = new Map<string, Float64Array>();
  for (const { replica, counts } of series) {
    const together = byReplica.get(replica) ?? new Float64Array(slots);
    byReplica.set(replica, together);
    counts.forEach((count, slot) => {
      longest[slot] = Math.max(longest[slot], count);
      all[slot] += count;
      together[slot] += count;
    });
  }
  const scrapes = new Float64Array(slots);
  const whole = new Float64Array(slots);
  const sequential: boolean[] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    const usual = usualCount(longest, slot);
    const total = Math.max(
      0,
      ...[...byReplica.values()].map(counts => counts[slot]),
    );
    scrapes[slot] = total <= usual + 1 ? total : Math.max(longest[slot], usual);
    whole[slot] = scrapes[slot] >= usual - 1 ? scrapes[slot] : usual;
    sequential[slot] = all[slot] <= usual + 1;
  }
  return { scrapes, whole, sequential };
}

/** Median of the counts around a slot, of those slots that have any. */
function usualCount(counts: Float64Array, slot: number): number {
  const around = counts
    .slice(Math.max(0, slot - NEAR), slot + NEAR + 1)
    .filter(count => count > 0)
    .sort();
  return around.length > 0 ? around[Math.floor(around.length / 2)] : 0;
}
