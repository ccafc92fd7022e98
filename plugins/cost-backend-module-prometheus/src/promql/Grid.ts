import { HOUR_RANGE, SLOT_RANGE } from './expressions';

/** Instants that are looked at closer than this cost more than they tell. */
const SHORTEST_STEP = 30;
/** Instants that are looked at further apart miss what lives for a minute. */
const LONGEST_STEP = 60;

/**
 * Measures time by looking at regular instants of the hour: an object is there
 * at an instant when some exporter said so within the last scrape interval.
 * Replicas, shards, and an exporter that takes over from another are so united
 * before anything is counted, whatever each of them missed.
 */
export class Grid {
  /** Seconds between two instants. */
  readonly stepSeconds: number;
  readonly #within: string;

  /** @param spacingSeconds - seconds between two scrapes of the exporter */
  static create(spacingSeconds: number): Grid {
    return new Grid(spacingSeconds);
  }

  private constructor(spacingSeconds: number) {
    this.stepSeconds = Math.min(
      LONGEST_STEP,
      Math.max(SHORTEST_STEP, Math.round(spacingSeconds)),
    );
    // A millisecond less, so that each scrape is seen at as many instants as it stands for.
    this.#within = `${Math.round(spacingSeconds * 1000) - 1}ms`;
  }

  /** The last value of a selector, when it was said within the last scrape interval. */
  last(selector: string): string {
    return `last_over_time(${selector}[${this.#within}])`;
  }

  /** Seconds of the hour in which an expression has a value. */
  seconds(expression: string): string {
    return `count_over_time((${expression})[${this.#hour}]) * ${
      this.stepSeconds
    }`;
  }

  /** Integral of an expression over the hour: its unit times seconds. */
  integral(expression: string): string {
    return `sum_over_time((${expression})[${this.#hour}]) * ${
      this.stepSeconds
    }`;
  }

  /** Seconds of the slot of five minutes in which an expression has a value. */
  secondsOfSlot(expression: string): string {
    return `count_over_time((${expression})[${this.#slot}]) * ${
      this.stepSeconds
    }`;
  }

  /** Integral of an expression over the slot: its unit times seconds. */
  integralOfSlot(expression: string): string {
    return `sum_over_time((${expression})[${this.#slot}]) * ${
      this.stepSeconds
    }`;
  }

  /** A function over the values of an expression at the instants of the hour. */
  over(
    aggregation: 'avg' | 'min' | 'max' | 'last',
    expression: string,
  ): string {
    return `${aggregation}_over_time((${expression})[${this.#hour}])`;
  }

  get #hour(): string {
    return `${HOUR_RANGE}:${this.stepSeconds}s`;
  }

  get #slot(): string {
    return `${SLOT_RANGE}:${this.stepSeconds}s`;
  }
}
