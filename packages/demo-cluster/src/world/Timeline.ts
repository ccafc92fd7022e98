import { HourLives } from './lives';
import { Scheduler } from './Scheduler';
import { HOUR_SECONDS } from './time';

/** Most pods that are remembered, counted once an hour they lived in; a pointer each. */
const MOST_REMEMBERED = 3_000_000;
/** Most points in time from which the hours after can be computed again. */
const MOST_CHECKPOINTS = 32;
/** Hours between two such points, at first. */
const FIRST_SPACING_HOURS = 24;

/**
 * Who lived in which hour. Hours are computed in order; those asked last are
 * remembered, others are computed again from the checkpoint before them.
 */
export class Timeline {
  readonly #begin: () => Scheduler;
  readonly #mostRemembered: number;
  /** Ordered by when they were asked, latest last. */
  readonly #hours = new Map<number, HourLives>();
  readonly #checkpoints = new Map<number, Scheduler>();
  #remembered = 0;
  #spacing = FIRST_SPACING_HOURS;
  #edge = 0;
  #scheduler: Scheduler;

  /** `begin` makes a scheduler before the first hour of the world. */
  static create(options: {
    begin: () => Scheduler;
    mostRemembered?: number;
  }): Timeline {
    return new Timeline(
      options.begin,
      options.mostRemembered ?? MOST_REMEMBERED,
    );
  }

  private constructor(begin: () => Scheduler, mostRemembered: number) {
    this.#begin = begin;
    this.#mostRemembered = mostRemembered;
    this.#scheduler = begin();
  }

  /** Pods that are remembered, counted once an hour, and the checkpoints. */
  get kept(): { pods: number; checkpoints: number } {
    return { pods: this.#remembered, checkpoints: this.#checkpoints.size };
  }

  /** Pods and nodes that lived in an hour, counted from the start of the world. */
  livesOf(hour: number): HourLives {
    const known = this.#hours.get(hour);
    if (known) {
      this.#hours.delete(hour);
      this.#hours.set(hour, known);
      return known;
    }
    this.#moveTo(hour);
    while (this.#scheduler.hour < hour) {
      this.#step();
    }
    return this.#step();
  }

  /** Something was done at a moment, in seconds since the start of the world: what came after it is void. */
  forgetFrom(seconds: number): void {
    const first = Math.floor(seconds / HOUR_SECONDS);
    for (const [hour, lives] of this.#hours) {
      if (hour >= first) {
        this.#hours.delete(hour);
        this.#remembered -= lives.pods.length;
      }
    }
    for (const hour of this.#checkpoints.keys()) {
      if (hour > first) {
        this.#checkpoints.delete(hour);
      }
    }
    if (this.#scheduler.hour > first) {
      this.#scheduler = this.#latestAt(first);
      this.#keepEdge(first);
    }
  }

  /** What is done is mostly done about now, again and again: the start of that hour is a checkpoint, until the next. */
  #keepEdge(hour: number): void {
    while (this.#scheduler.hour < hour) {
      this.#step();
    }
    if (this.#edge % this.#spacing !== 0) {
      this.#checkpoints.delete(this.#edge);
    }
    this.#edge = hour;
    this.#checkpoints.set(hour, this.#scheduler.copy());
  }

  /** Goes back to a checkpoint where an hour can't be reached from here, or is nearer from there. */
  #moveTo(hour: number): void {
    const { hour: current } = this.#scheduler;
    const checkpoints = [...this.#checkpoints.keys()];
    const nearer = checkpoints.some(at => at > current && at <= hour);
    if (current > hour || nearer) {
      this.#scheduler = this.#latestAt(hour);
    }
  }

  #latestAt(hour: number): Scheduler {
    const at = Math.max(
      ...[...this.#checkpoints.keys()].filter(each => each <= hour),
    );
    return this.#checkpoints.get(at)?.copy() ?? this.#begin();
  }

  #step(): HourLives {
    const { hour } = this.#scheduler;
    if (hour % this.#spacing === 0 && !this.#checkpoints.has(hour)) {
      this.#checkpoints.set(hour, this.#scheduler.copy());
      this.#thinOut();
    }
    const computed = this.#scheduler.next();
    const known = this.#hours.get(hour);
    const lives = known ?? computed;
    this.#hours.delete(hour);
    this.#hours.set(hour, lives);
    this.#remembered += known ? 0 : lives.pods.length;
    for (const [oldest, { pods }] of this.#hours) {
      if (this.#remembered <= this.#mostRemembered || oldest === hour) {
        break;
      }
      this.#hours.delete(oldest);
      this.#remembered -= pods.length;
    }
    return lives;
  }

  /** A long history has its checkpoints further apart. */
  #thinOut(): void {
    while (this.#checkpoints.size > MOST_CHECKPOINTS) {
      this.#spacing *= 2;
      for (const hour of this.#checkpoints.keys()) {
        if (hour % this.#spacing !== 0) {
          this.#checkpoints.delete(hour);
        }
      }
    }
  }
}
