import { addDays, dayBounds, eachDay } from '@headroom/common';

interface Bounds {
  start: Date;
  end: Date;
  hours: number;
}

const MAX_REMEMBERED = 5000;
/** A span is at most 800 days, of about 50 bytes: 4 MB at the most. */
const MAX_REMEMBERED_SPANS = 100;

/** Calendar days of one zone; remembers what reports ask for again and again. */
export class Calendar {
  readonly zone: string;
  readonly #bounds = new Map<string, Bounds>();
  readonly #spans = new Map<string, readonly string[]>();

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
  days(start: string, end: string): readonly string[] {
    const key = `${start}/${end}`;
    let days = this.#spans.get(key);
    if (!days) {
      days = eachDay(start, end);
      if (this.#spans.size >= MAX_REMEMBERED_SPANS) {
        this.#spans.clear();
      }
      this.#spans.set(key, days);
    }
    return days;
  }

  /** The day `n` days after. */
  add(day: string, n: number): string {
    return addDays(day, n);
  }
}
