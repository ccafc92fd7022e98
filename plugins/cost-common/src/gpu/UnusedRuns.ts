import { HOUR_MS } from '@headroom/common';

/**
 * Time-weighted runs in which a device is unused. Much unused time comes in
 * short runs, so a rule that waits takes back only a part of it: of each run what
 * is left when the wait is over.
 */
export class UnusedRuns {
  readonly #waitingHours: number;
  #run = 0;
  #unused = 0;
  #reclaimable = 0;
  #nextHour = NaN;

  static create(options: { waitingHours: number }) {
    return new UnusedRuns(options.waitingHours);
  }

  private constructor(waitingHours: number) {
    this.#waitingHours = waitingHours;
  }

  /** Hours come in order; one that does not follow the last ends the run. */
  startHour(at: number): void {
    if (at !== this.#nextHour) {
      this.end();
    }
    this.#nextHour = at + HOUR_MS;
  }

  add(hours: number): void {
    this.#run += hours;
  }

  end(): void {
    this.#unused += this.#run;
    this.#reclaimable += Math.max(0, this.#run - this.#waitingHours);
    this.#run = 0;
  }

  result(): { unusedHours: number; reclaimableHours: number } {
    return {
      unusedHours: this.#unused + this.#run,
      reclaimableHours:
        this.#reclaimable + Math.max(0, this.#run - this.#waitingHours),
    };
  }
}
