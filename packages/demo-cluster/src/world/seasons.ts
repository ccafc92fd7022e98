import { HOUR_MS } from '@headroom/common';
import { jitter } from './random';

/**
 * Demand of one service: its daily and weekly season, slow growth and noise.
 * The mean over the whole history is 1, so that a spec can state means.
 */

/** Busiest in the early afternoon, quietest at night; mean over a day 1. */
function dayShape(localHour: number): number {
  const angle = (2 * Math.PI * (localHour - 14)) / 24;
  return 1 + 0.5 * Math.cos(angle) + 0.1 * Math.cos(2 * angle);
}

/** Weekends are quieter; mean over a week 1. */
function weekShape(weekday: number): number {
  return weekday === 0 || weekday === 6 ? 0.72 : 1.112;
}

/** From 0.95 to 1.05 over the first two months, mean 1. */
function growth(day: number): number {
  return 1 + 0.05 * Math.tanh((day - 30) / 20);
}

/** The calendar of one region, counted in hours from the start of the world. */
export class Calendar {
  readonly #startHour: number;
  readonly #utcOffsetHours: number;

  constructor(start: Date, utcOffsetHours: number) {
    this.#startHour = Math.floor(start.getTime() / HOUR_MS);
    this.#utcOffsetHours = utcOffsetHours;
  }

  /** Local hour of the day, 0 to 23. */
  localHour(hour: number): number {
    return this.#local(hour) % 24;
  }

  /** Day of the week, 0 = Sunday. */
  weekday(hour: number): number {
    // 1 January 1970 was a Thursday.
    return (Math.floor(this.#local(hour) / 24) + 4) % 7;
  }

  /** Whether people are at work: nine to six on weekdays. */
  isOffice(hour: number): boolean {
    const local = this.localHour(hour);
    const weekday = this.weekday(hour);
    return local >= 9 && local < 18 && weekday >= 1 && weekday <= 5;
  }

  /** A number that changes at four in the morning, when things are quiet. */
  quietDay(hour: number): number {
    return Math.floor((this.#local(hour) - 4) / 24);
  }

  /** First hour of the local day that `hour` lies in. */
  startOfLocalDay(hour: number): number {
    return hour - this.localHour(hour);
  }

  /** Demand in an hour, mean 1. `key` is what the noise belongs to. */
  demand(hour: number, key: number): number {
    return (
      dayShape(this.localHour(hour)) *
      weekShape(this.weekday(hour)) *
      growth(hour / 24) *
      jitter(key, hour, 0.06)
    );
  }

  #local(hour: number): number {
    return this.#startHour + hour + this.#utcOffsetHours;
  }
}
