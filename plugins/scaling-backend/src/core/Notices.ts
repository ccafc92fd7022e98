import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { inertText } from '@headroom/common';
import { NoticeCourier, shortened } from '@headroom/node';
import { Notice, NoticeStore, Once } from '../database/NoticeStore';

/** The channel on which pages hear that something changed. */
export const CHANNEL = 'scaling';

/** @internal */
export interface NoticesOptions {
  signals: SignalsService;
  notifications: NotificationService;
  outbox: NoticeStore;
  logger: LoggerService;
}

/** Changes come in bursts; pages are told once. */
const SIGNAL_MS = 500;
/** Over some seventeen hours; a notice that nobody took by then is given up. */
const MOST_ATTEMPTS = 10;
/**
 * Tells pages that something changed, and owners what they should know. A portal
 * without signals or notifications goes without.
 */
export class Notices {
  readonly #options: NoticesOptions;
  #signalling: NodeJS.Timeout | undefined;
  readonly #courier: NoticeCourier<Notice>;

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
    this.#courier = NoticeCourier.create({
      outbox: outbox.outbox,
      send: notice => this.#send(notice),
      logger,
      mostAttempts: MOST_ATTEMPTS,
    });
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
    return this.#courier.deliver();
  }

  async #send(notice: Notice): Promise<void> {
    const { entityRef, title, description, severity, topic, scope } = notice;
    // What doesn't fit a title is said below it.
    const whole =
      shortened(title) === title
        ? description
        : [title, description].filter(Boolean).join('\n\n');
    await this.#options.notifications.send({
      recipients: { type: 'entity', entityRef },
      payload: {
        title: inertText(shortened(title)),
        ...(whole !== undefined && { description: inertText(whole) }),
        severity,
        topic: `scaling-${topic}`,
        scope: shortened(`scaling:${scope}`),
        link: linkOf(entityRef),
      },
    });
  }
}

/** The page of a service. */
function linkOf(entityRef: string): string {
  const [, kind, namespace, name] =
    /^([^:]+):([^/]+)\/(.+)$/.exec(entityRef) ?? [];
  return name ? `/catalog/${namespace}/${kind}/${name}/scaling` : '/scaling';
}
