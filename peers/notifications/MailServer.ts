import { SMTPServer } from 'smtp-server';

/** A mail as it came. */
export interface Mail {
  to: string[];
  /** Headers and bodies, decoded. */
  text: string;
}

/** An SMTP server on loopback that can go and come again. */
export class MailServer {
  readonly mails: Mail[] = [];
  readonly #port: number;
  #server: SMTPServer | undefined;

  static create(port: number) {
    return new MailServer(port);
  }

  private constructor(port: number) {
    this.#port = port;
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, { envelope }, done) => {
        let source = '';
        stream.setEncoding('utf8');
        stream.on('data', chunk => {
          source += chunk;
        });
        stream.on('end', () => {
          this.mails.push({
            to: envelope.rcptTo.map(({ address }) => address),
            text: decoded(source),
          });
          done();
        });
      },
    });
    // Who only asks whether it is there hangs up.
    server.on('error', () => undefined);
    this.#server = server;
    await new Promise<void>(resolve =>
      server.listen(this.#port, '127.0.0.1', resolve),
    );
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      await new Promise<void>(resolve => server.close(resolve));
    }
  }
}

/** Encoded words of headers and quoted-printable bodies as text: what nodemailer writes. */
function decoded(source: string): string {
  const bytes = (text: string) =>
    Buffer.from(
      text.replace(/=([0-9A-F]{2})/g, (_, hex) =>
        String.fromCharCode(parseInt(hex, 16)),
      ),
      'latin1',
    ).toString('utf8');
  return bytes(
    source
      .replace(/\?=\r\n\s+=\?UTF-8\?Q\?/gi, '')
      .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, word) =>
        word.replaceAll('_', ' '),
      )
      .replace(/=\r\n/g, '')
      .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, word) =>
        Buffer.from(word, 'base64').toString('latin1'),
      ),
  );
}
