import { DateTime } from 'luxon';

/** Hours of a week. @public */
export const HOURS_OF_WEEK = 168;

/** Device-hours in one hour of the week, summed over the weeks of the window. @public */
export interface HeatCell {
  held: number;
  /** Of `held`: those whose use is known. */
  known: number;
  /** Busy ones of `known`; null when none is known. */
  busy: number | null;
}

/**
 * Use by hour of the week in a zone: 168 cells, Monday 00:00 first. An hour
 * belongs to the cell its start falls in; when clocks go back one cell has two
 * hours, when they go forward one has none.
 *
 * @public
 */
export class HeatMap {
  readonly #hourOfWeek: (at: number) => number;
  readonly #cells: Array<HeatCell | null> = Array(HOURS_OF_WEEK).fill(null);

  static create(options: { hourOfWeek: (at: number) => number }) {
    return new HeatMap(options.hourOfWeek);
  }

  private constructor(hourOfWeek: (at: number) => number) {
    this.#hourOfWeek = hourOfWeek;
  }

  /** @param at - start of the hour, milliseconds since 1970 */
  add(at: number, held: number, known: number, busy: number): void {
    const index = this.#hourOfWeek(at);
    const cell = (this.#cells[index] ??= { held: 0, known: 0, busy: null });
    cell.held += held;
    cell.known += known;
    if (known > 0) {
      cell.busy = (cell.busy ?? 0) + busy;
    }
  }

  /** Null where there is no data in that hour of any week. */
  cells(): Array<HeatCell | null> {
    return this.#cells.map(cell => cell && { ...cell });
  }
}

/**
 * The hour of the week (0 = Monday 00:00) of an instant in a zone. Remembers
 * what it was asked: reports ask for the same hours once a device.
 *
 * @public
 */
export function createHourOfWeek(zone: string): (at: number) => number {
  const known = new Map<number, number>();
  return at => {
    let hour = known.get(at);
    if (hour === undefined) {
      const local = DateTime.fromMillis(at, { zone });
      hour = (local.weekday - 1) * 24 + local.hour;
      known.set(at, hour);
    }
    return hour;
  };
}
