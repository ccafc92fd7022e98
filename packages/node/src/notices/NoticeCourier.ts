import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NoticeOutbox } from './NoticeOutbox';

/** @public */
export interface NoticeCourierOptions<TNotice extends object> {
  outbox: NoticeOutbox<TNotice>;
  /** Hands it on; what it throws is another attempt later. */
  send: (notice: TNotice) => Promise<void>;
  logger: LoggerService;
  /** Attempts after which a notice is given up. */
  mostAttempts: number;
}

/** Of a title and of a scope, as the notifications plugin keeps them. */
const MOST_CHARACTERS = 255;
/** Sent at a time. */
const MOST_SENT = 500;
/** Failures after which the others wait for the next time. */
const MOST_FAILURES = 3;

/**
 * Sends what is due of an outbox; what isn't taken is due again, later each time.
 *
 * @public
 */
export class NoticeCourier<TNotice extends object> {
  readonly #options: NoticeCourierOptions<TNotice>;
  #delivering: Promise<void> | undefined;
  #isSilent = false;

  static create<TNotice extends object>(
    options: NoticeCourierOptions<TNotice>,
  ): NoticeCourier<TNotice> {
    return new NoticeCourier<TNotice>(options);
  }

  private constructor(options: NoticeCourierOptions<TNotice>) {
    this.#options = options;
  }

  /** One round at a time; who asks meanwhile waits for that. */
  deliver(signal?: AbortSignal): Promise<void> {
    this.#delivering ??= this.#deliver(signal).finally(() => {
      this.#delivering = undefined;
    });
    return this.#delivering;
  }

  async #deliver(signal?: AbortSignal): Promise<void> {
    const { outbox, mostAttempts, logger } = this.#options;
    let failures = 0;
    for (
      let sent = 0;
      sent < MOST_SENT && failures < MOST_FAILURES && !signal?.aborted;
      sent += 1
    ) {
      const due = await outbox.take();
      if (!due) {
        return;
      }
      if (await this.#send(due.notice)) {
        await outbox.delete(due.key);
        continue;
      }
      failures += 1;
      if (due.attempt >= mostAttempts) {
        logger.warn(
          `A notice is given up, as nobody took it in ${due.attempt} attempts`,
        );
        await outbox.delete(due.key);
      } else {
        await outbox.postpone(due);
      }
    }
  }

  async #send(notice: TNotice): Promise<boolean> {
    const { send, logger } = this.#options;
    try {
      await send(notice);
      this.#isSilent = false;
      return true;
    } catch (error) {
      if (!this.#isSilent) {
        this.#isSilent = true;
        logger.info(
          `Owners are not notified, as the notifications plugin doesn't take it: ${
            toError(error).message
          }`,
        );
      }
      return false;
    }
  }
}

/** A title or a scope as the notifications plugin keeps it: 255 characters. @public */
export function shortened(text: string): string {
  return text.length > MOST_CHARACTERS
    ? `${text.slice(0, MOST_CHARACTERS - 1)}…`
    : text;
}
