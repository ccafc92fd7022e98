import { NotificationService } from '@backstage/plugin-notifications-node';
import { inertText } from '@headroom/common';
import { shortened } from '@headroom/node';
import { CostNotice } from './toNotices';

/**
 * A request that was held this long was taken, and is worked at: the Slack module tries
 * again for half an hour before the notifications plugin answers. Sent once more, it
 * would be posted once more. Node's fetch gives up after five minutes.
 */
const HELD_MS = 240_000;

/** Hands notices on to the notifications plugin, as text that is no markup anywhere. */
export class NoticeSender {
  readonly #notifications: NotificationService;
  readonly #now: () => Date;

  static create(options: {
    notifications: NotificationService;
    now: () => Date;
  }) {
    return new NoticeSender(options);
  }

  private constructor(options: {
    notifications: NotificationService;
    now: () => Date;
  }) {
    this.#notifications = options.notifications;
    this.#now = options.now;
  }

  /** @throws Error when it was not taken. */
  async send({ users, channel, message }: CostNotice): Promise<void> {
    const { title, description, severity, topic, scope, link } = message;
    const begun = this.#now().getTime();
    try {
      await this.#notifications.send({
        recipients: {
          type: 'entity',
          // Of a group only its channel is told; its members are told by name.
          ...(channel === undefined
            ? { entityRef: users ?? [] }
            : { entityRef: channel, excludeEntityRef: channel }),
        },
        payload: {
          title: shortened(inertText(title)),
          description: inertText(description),
          severity,
          topic,
          scope: shortened(`cost:${scope}`),
          link,
        },
      });
    } catch (error) {
      if (this.#now().getTime() - begun < HELD_MS) {
        throw error;
      }
    }
  }
}
