import { connect } from 'node:net';
import { Config } from '@backstage/config';
import { toError } from '@backstage/errors';

/** Somewhere that Backstage's modules send notifications on to. */
interface Channel {
  name: string;
  /** @throws Error when it does not answer. */
  ask(signal: AbortSignal): Promise<void>;
}

const ANSWER_MS = 5_000;
const SLACK = 'https://slack.com/api/api.test';

/**
 * Where notifications go on to. Backstage's e-mail module gives up a mail that its
 * server doesn't take, and its Slack module one that Slack doesn't take in half an hour:
 * they say nothing to who sent the notification. So that none is lost, nothing is sent
 * while one of them doesn't answer.
 */
export class Channels {
  readonly #channels: Channel[];

  /** Reads what the modules read of `notifications.processors`, but secrets. */
  static fromConfig(config: Config): Channels {
    const channels: Channel[] = [];
    const at = 'notifications.processors';
    const mail = config.getOptionalConfig(`${at}.email.transportConfig`);
    if (mail?.getOptionalString('transport') === 'smtp') {
      channels.push(
        mailServer({
          host: mail.getString('hostname'),
          port: mail.getNumber('port'),
          isSecure: mail.getOptionalBoolean('secure') ?? false,
        }),
      );
    }
    const slack = config.getOptionalConfigArray(`${at}.slack`) ?? [];
    if (slack.length > 0) {
      channels.push({ name: 'Slack', ask: askSlack });
    }
    return new Channels(channels);
  }

  private constructor(channels: Channel[]) {
    this.#channels = channels;
  }

  /** Which one doesn't answer, and why, as a sentence; undefined when all do. */
  async down(signal: AbortSignal): Promise<string | undefined> {
    const problems = await Promise.all(
      this.#channels.map(async ({ name, ask }) => {
        try {
          await ask(AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]));
          return undefined;
        } catch (error) {
          return `${name} does not answer (${toError(error).message})`;
        }
      }),
    );
    return problems.find(problem => problem !== undefined);
  }
}

function mailServer({
  host,
  port,
  isSecure,
}: {
  host: string;
  port: number;
  isSecure: boolean;
}): Channel {
  return {
    name: `The mail server ${host}:${port}`,
    ask: signal =>
      new Promise((resolve, reject) => {
        const socket = connect({ host, port, signal });
        const end = (error?: Error) => {
          socket.destroy();
          if (error) {
            reject(error);
          } else {
            resolve();
          }
        };
        socket.once('error', end);
        socket.once('close', () => end(new Error('it hung up')));
        // What speaks TLS from the first byte says nothing before the client does.
        socket.once('connect', () => isSecure && end());
        socket.once('data', data => {
          const said = data.toString('latin1');
          if (said.startsWith('220')) {
            socket.end('QUIT\r\n', () => end());
          } else {
            end(new Error(`it said ${said.slice(0, 3)}`));
          }
        });
      }),
  };
}

async function askSlack(signal: AbortSignal): Promise<void> {
  const answer = await fetch(SLACK, { method: 'POST', signal });
  if (!answer.ok) {
    throw new Error(`it answered ${answer.status}`);
  }
}
