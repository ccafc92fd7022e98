import { setTimeout as sleep } from 'node:timers/promises';
import { Pacer } from '@headroom/node';

/**
 * Work of so many milliseconds is done before others of the process have their turn.
 * A request waits for its turn as many times as it asks a database, so that turns have
 * to be short.
 */
const TURN_MS = 5;
/** A turn that a busy machine made long is no reason for a longer rest. */
const LONGEST_REST_MS = 2 * TURN_MS;

/**
 * Has long work let others have their turn, by the time it takes, and then rest: after
 * a turn of work without rest, the next one would be at once.
 */
export class Breather {
  readonly #pacer: Pacer;
  #since = performance.now();

  /**
   * For work that somebody waits for, which rests as long as it works; or, `beside`
   * what people wait for, twice as long.
   */
  static create({ beside = false }: { beside?: boolean } = {}): Breather {
    return new Breather(Pacer.create({ share: beside ? 1 / 3 : 1 / 2 }));
  }

  private constructor(pacer: Pacer) {
    this.#pacer = pacer;
  }

  /** Between two pieces of work. */
  async breathe(): Promise<void> {
    const workedMs = performance.now() - this.#since;
    if (workedMs > TURN_MS) {
      await sleep(Math.min(LONGEST_REST_MS, this.#pacer.restMs(workedMs)));
      this.#since = performance.now();
    }
  }
}
