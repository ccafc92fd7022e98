import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EngineChange, EngineListener } from './types';

/** Tells a listener what was committed; what goes wrong with it is logged and goes no further. */
export class Changes {
  readonly #logger: LoggerService;
  readonly #listener?: EngineListener;

  static create(options: { logger: LoggerService; listener?: EngineListener }) {
    return new Changes(options);
  }

  private constructor({
    logger,
    listener,
  }: Parameters<typeof Changes.create>[0]) {
    this.#logger = logger;
    this.#listener = listener;
  }

  tell(...changes: EngineChange[]): void {
    if (changes.length === 0 || !this.#listener) {
      return;
    }
    const listener = this.#listener;
    void (async () => listener(changes))().catch(error =>
      this.#logger.warn(
        `Changes of actions could not be told: ${toError(error).message}`,
      ),
    );
  }
}
