import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { DueNotice, Notice, NoticeStore, Once } from '../database/NoticeStore';

/** The channel on which pages hear that something changed. */
export const CHANNEL = 'scaling';

/** @internal */
export interface NoticesOptions {
  signals: SignalsService;
  notifications: NotificationService;
  outbox: NoticeStore;
  logger: LoggerService;
}

/** Of a title and of a scope, as the notifications plugin keeps them. */
const MOST_CHARACTERS = 255;
/** Changes come in bursts; pages are told once. */
const SIGNAL_MS = 500;
/** Over some seventeen hours; a notice that nobody took by then is given up. */
const MOST_ATTEMPTS = 10;
/** Sent at a time. */
const MOST_SENT = 500;
/** Failures after which the others wait for the next time. */
const MOST_FAILURES = 3;

/**
 * Tells pages that something changed, and owners what they should know. A portal
 * without signals or notifications goes without.
 */
export class Notices {
  readonly #options: NoticesOptions;
  #signalling: NodeJS.Timeout | undefined;
  #delivering: Promise<void> | undefined;
  #isSilent = false;

  static create(options: NoticesOptions): Notices {
    return new Notices(options);
  }

  private constructor({
    signals,
    notifications,
    outbox,
    logger,
  }: NoticesOptions) {
    this.#options = { signals, notifications, outbox, logger };
  }

  /** Pages ask again; everybody hears it, so nothing is said. */
  changed(): void {
    if (this.#signalling) {
      return;
    }
    this.#signalling = setTimeout(() => {
      this.#signalling = undefined;
      this.#options.signals
        .publish({
          recipients: { type: 'broadcast' },
          channel: CHANNEL,
          message: { changed: true },
        })
        .catch(error =>
          this.#options.logger.debug(
            `Pages could not be told of a change: ${toError(error).message}`,
          ),
        );
    }, SIGNAL_MS).unref();
  }

  /**
   * Writes down what is told, and sends it soon.
   *
   * @param once - whether a key is told for the first time
   */
  async tell(notice: Notice, once: Once): Promise<void> {
    if (await this.#options.outbox.add(notice, once)) {
      setImmediate(() => {
        this.deliver().catch(error =>
          this.#options.logger.warn(
            `Notices to owners could not be read: ${toError(error).message}`,
          ),
        );
      });
    }
  }

  /** Sends what is due; what isn't taken is due again, later each time. */
  deliver(): Promise<void> {
    this.#delivering ??= this.#deliver().finally(() => {
      this.#delivering = undefined;
    });
    return this.#delivering;
  }

  async #deliver(): Promise<void> {
    const { outbox } = this.#options;
    let failures = 0;
    for (
      let sent = 0;
      sent < MOST_SENT && failures < MOST_FAILURES;
      sent += 1
    ) {
      const due = await outbox.take();
      if (!due) {
        return;
      }
      if (await this.#send(due)) {
        await outbox.delete(due.notice);
      } else {
        failures += 1;
      }
    }
  }

  /** @returns whether it is over: taken, or given up */
  async #send({ notice, attempt }: DueNotice): Promise<boolean> {
    const { notifications, logger } = this.#options;
    const { entityRef, title, description, severity, topic, scope } = notice;
    // What doesn't fit a title is said below it.
    const whole =
      shortened(title) === title
        ? description
        : [title, description].filter(Boolean).join('\n\n');
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: {
          title: shortened(title),
          ...(whole !== undefined && { description: whole }),
          severity,
          topic: `scaling-${topic}`,
          scope: shortened(`scaling:${scope}`),
          link: linkOf(entityRef),
        },
      });
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
      return attempt >= MOST_ATTEMPTS;
    }
  }
}

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS
    ? `${text.slice(0, MOST_CHARACTERS - 1)}…`
    : text;
}

/** The page of a service. */
function linkOf(entityRef: string): string {
  const [, kind, namespace, name] =
    /^([^:]+):([^/]+)\/(.+)$/.exec(entityRef) ?? [];
  return name ? `/catalog/${namespace}/${kind}/${name}/scaling` : '/scaling';
}
