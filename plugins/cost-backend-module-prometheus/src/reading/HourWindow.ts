import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { SLOT_SECONDS, SLOTS_PER_HOUR } from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';

export const HOUR_SECONDS = 3600;

/** The whole hours of a window, by index. */
export class HourWindow {
  readonly #startSeconds: number;
  /** Hours in the window. */
  readonly length: number;

  static create(start: Date, end: Date): HourWindow {
    const hours = (end.getTime() - start.getTime()) / HOUR_MS;
    if (
      !Number.isInteger(hours) ||
      hours < 1 ||
      start.getTime() % HOUR_MS !== 0
    ) {
      throw new Error('A window starts and ends on the hour, UTC');
    }
    return new HourWindow(start.getTime() / 1000, hours);
  }

  private constructor(startSeconds: number, length: number) {
    this.#startSeconds = startSeconds;
    this.length = length;
  }

  /** ISO 8601 start of an hour. */
  hour(index: number): string {
    return new Date(this.startSeconds(index) * 1000).toISOString();
  }

  startSeconds(index: number): number {
    return this.#startSeconds + index * HOUR_SECONDS;
  }

  /** Start of an hour; `at(length)` is the end of the window. */
  at(index: number): Date {
    return new Date(this.startSeconds(index) * 1000);
  }

  /** Index of the hour that ends at this time; undefined outside the window. */
  endingAt(seconds: number): number | undefined {
    const index = (seconds - this.#startSeconds) / HOUR_SECONDS - 1;
    return Number.isInteger(index) && index >= 0 && index < this.length
      ? index
      : undefined;
  }

  /** Calls back with each sample of a series that was evaluated at the ends of hours. */
  each(
    series: PrometheusSeries,
    visit: (index: number, value: number) => void,
  ): void {
    for (const [seconds, value] of series.samples) {
      const index = this.endingAt(seconds);
      if (index !== undefined) {
        visit(index, value);
      }
    }
  }

  /** Slots of five minutes in the window. */
  get slots(): number {
    return this.length * SLOTS_PER_HOUR;
  }

  /** ISO 8601 start of the hour a slot is in. */
  hourOfSlot(slot: number): string {
    return this.hour(Math.floor(slot / SLOTS_PER_HOUR));
  }

  /** Calls back with each sample of a series that was evaluated at the ends of slots. */
  eachSlot(
    series: PrometheusSeries,
    visit: (slot: number, value: number) => void,
  ): void {
    for (const [seconds, value] of series.samples) {
      const slot = this.#slotEndingAt(seconds);
      if (slot !== undefined) {
        visit(slot, value);
      }
    }
  }

  /** Calls back with each slot at whose end a series had a value that is no number. */
  eachUnknownSlot(
    { unknownAt = [] }: PrometheusSeries,
    visit: (slot: number) => void,
  ): void {
    for (const seconds of unknownAt) {
      const slot = this.#slotEndingAt(seconds);
      if (slot !== undefined) {
        visit(slot);
      }
    }
  }

  /**
   * Calls back with each sample of a series that was evaluated at the start of
   * the window (boundary 0) and at the ends of slots (boundary i is the end of
   * slot i − 1).
   */
  eachBoundary(
    series: PrometheusSeries,
    visit: (boundary: number, value: number) => void,
  ): void {
    for (const [seconds, value] of series.samples) {
      const boundary = (seconds - this.#startSeconds) / SLOT_SECONDS;
      if (
        Number.isInteger(boundary) &&
        boundary >= 0 &&
        boundary <= this.slots
      ) {
        visit(boundary, value);
      }
    }
  }

  /** The hours from one index to before another as a window of their own. */
  part(from: number, to: number): HourWindow {
    return HourWindow.create(this.at(from), this.at(to));
  }

  #slotEndingAt(seconds: number): number | undefined {
    const slot = (seconds - this.#startSeconds) / SLOT_SECONDS - 1;
    return Number.isInteger(slot) && slot >= 0 && slot < this.slots
      ? slot
      : undefined;
  }

  indexes(): number[] {
    return Array.from({ length: this.length }, (_, index) => index);
  }
}
