import { setTimeout as sleep } from 'node:timers/promises';
import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { isUnavailable } from '@headroom/node';

/** @internal */
export interface RoundsOptions {
  /** @returns undefined when another process has the turn. */
  round: (signal: AbortSignal) => Promise<unknown>;
  everyMs: number;
  lifecycle: LifecycleService;
  logger: LoggerService;
}

/** A round that was asked for while another process had the turn is tried again after this. */
const AGAIN_MS = 1500;
const MOST_AGAIN = 10;

/** Rounds one after the other, and at once when somebody has changed something. */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #stopping = new AbortController();
  #wanted = false;
  #wake = new AbortController();
  #running: Promise<void> | undefined;

  static create(options: RoundsOptions): Rounds {
    const rounds = new Rounds(options);
    options.lifecycle.addStartupHook(() => rounds.#start());
    options.lifecycle.addShutdownHook(() => rounds.#stop());
    return rounds;
  }

  private constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** Has a round begin at once, here or where the turn is. */
  soon(): void {
    this.#wanted = true;
    this.#wake.abort();
  }

  #start(): void {
    this.#running = this.#run();
  }

  async #stop(): Promise<void> {
    this.#stopping.abort(new Error('The back end is being stopped'));
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { everyMs } = this.#options;
    const { signal } = this.#stopping;
    let again = 0;
    while (!signal.aborted) {
      const wasWanted = this.#wanted || again > 0;
      this.#wanted = false;
      this.#wake = new AbortController();
      const isDone = await this.#round(signal);
      again = wasWanted && !isDone && again < MOST_AGAIN ? again + 1 : 0;
      if (!this.#wanted) {
        await sleep(again > 0 ? AGAIN_MS : everyMs, undefined, {
          signal: this.#wake.signal,
          ref: false,
        }).catch(() => undefined); // somebody wants the next one now
      }
    }
  }

  async #round(signal: AbortSignal): Promise<boolean> {
    const { round, logger } = this.#options;
    try {
      return (await round(signal)) !== undefined;
    } catch (error) {
      if (!signal.aborted) {
        const { message } = toError(error);
        logger[isUnavailable(error) ? 'info' : 'warn'](
          `A round of schedules ended early, and the next one goes on: ${message}`,
        );
      }
      return false;
    }
  }
}
