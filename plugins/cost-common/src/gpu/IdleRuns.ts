const HOUR_MS = 3_600_000;

/**
 * Time-weighted runs of idleness. Much idle time comes in short runs, so a rule
 * that waits takes back only a part of it: of each run what is left when the
 * wait is over.
 */
export class IdleRuns {
  readonly #waitingHours: number;
  #run = 0;
  #idle = 0;
  #reclaimable = 0;
  #nextHour = NaN;

  static create(options: { waitingHours: number }) {
    return new IdleRuns(options.waitingHours);
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
    this.#idle += this.#run;
    this.#reclaimable += Math.max(0, this.#run - this.#waitingHours);
    this.#run = 0;
  }

  result(): { idleHours: number; reclaimableHours: number } {
    return {
      idleHours: this.#idle + this.#run,
      reclaimableHours:
        this.#reclaimable + Math.max(0, this.#run - this.#waitingHours),
    };
  }
}
