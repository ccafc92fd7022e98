import { addDays, dayBounds, eachDay } from '@headroom/plugin-cost-common';

interface Bounds {
  start: Date;
  end: Date;
  hours: number;
}

const MAX_REMEMBERED = 5000;

/** Calendar days of one zone; remembers bounds, which take long to compute. */
export class Calendar {
  readonly zone: string;
  readonly #bounds = new Map<string, Bounds>();

  static create(options: { zone: string }) {
    return new Calendar(options.zone);
  }

  private constructor(zone: string) {
    this.zone = zone;
  }

  /** The UTC hours of a day. */
  bounds(day: string): Bounds {
    let bounds = this.#bounds.get(day);
    if (!bounds) {
      bounds = dayBounds(day, this.zone);
      if (this.#bounds.size >= MAX_REMEMBERED) {
        this.#bounds.clear();
      }
      this.#bounds.set(day, bounds);
    }
    return bounds;
  }

  /** Days from `start` up to, not including, `end`. */
  days(start: string, end: string): string[] {
    return eachDay(start, end);
  }

  /** The day `n` days after. */
  add(day: string, n: number): string {
    return addDays(day, n);
  }
}
