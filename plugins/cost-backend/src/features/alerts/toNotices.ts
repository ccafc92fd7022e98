import {
  AlertMessage,
  mergeAlerts,
  ReadAlert,
} from '@headroom/plugin-cost-common';
import { WaitingAlert } from '../../database/alerts/AlertStore';
import { Reached } from './Audience';

/** A notification on its way. */
export interface CostNotice {
  key: string;
  /** Users; absent = the channel of a group. */
  users?: string[];
  channel?: string;
  message: AlertMessage;
  /** When it was written down, ISO 8601 UTC. */
  since: string;
}

/** An alert and who is told it. */
export interface ToldAlert {
  alert: WaitingAlert;
  reached: Reached;
}

/** Users that one request tells. */
const AT_A_TIME = 200;

/** One reader, or all that read the same. */
interface Readers {
  users: string[];
  channel?: string;
  read: ReadAlert[];
}

/**
 * Notifications by which readers are told alerts, those of a kind as one. Who reads the
 * same is told by the same.
 *
 * @param key - tells these from others
 */
export function toNotices(
  told: readonly ToldAlert[],
  key: string,
  since: string,
): CostNotice[] {
  return groupReaders(told).flatMap(({ users, channel, read }, reader) =>
    mergeAlerts(read, key).flatMap((message, page): CostNotice[] => {
      const of = (part: number) => `${key}:${reader}:${page}:${part}`;
      if (channel !== undefined) {
        return [{ key: of(0), channel, message, since }];
      }
      return chunks(users).map((some, part) => ({
        key: of(part),
        users: some,
        message,
        since,
      }));
    }),
  );
}

/** Users first: what a channel is told may take long. */
function groupReaders(told: readonly ToldAlert[]): Readers[] {
  const users = new Map<string, Array<ReadAlert & { alert: WaitingAlert }>>();
  const channels = new Map<string, ReadAlert[]>();
  for (const { alert, reached } of told) {
    const { teams } = reached;
    for (const [user, withAmounts] of reached.users) {
      push(users, user, { alert, withAmounts, teams });
    }
    for (const channel of reached.channels) {
      push(channels, channel, { alert, withAmounts: false, teams });
    }
  }
  const numbers = new Map(told.map(({ alert }, number) => [alert, number]));
  const same = new Map<string, Readers>();
  for (const [user, read] of users) {
    const what = read
      .map(({ alert, withAmounts }) => `${numbers.get(alert)} ${withAmounts}`)
      .join();
    const readers = same.get(what) ?? { users: [], read };
    readers.users.push(user);
    same.set(what, readers);
  }
  return [
    ...same.values(),
    ...[...channels].map(([channel, read]) => ({ users: [], channel, read })),
  ];
}

function push<T>(into: Map<string, T[]>, key: string, value: T): void {
  const known = into.get(key);
  if (known) {
    known.push(value);
  } else {
    into.set(key, [value]);
  }
}

function chunks(users: string[]): string[][] {
  const all: string[][] = [];
  for (let start = 0; start < users.length; start += AT_A_TIME) {
    all.push(users.slice(start, start + AT_A_TIME));
  }
  return all;
}
