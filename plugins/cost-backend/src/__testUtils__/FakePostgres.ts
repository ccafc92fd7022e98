import net from 'node:net';
import tls from 'node:tls';

/** How a server turns away whoever connects. */
export type Refusal =
  | { sqlState: string; message: string }
  | { tls: 'none' }
  | { tls: { key: string; cert: string } };

const SSL_REQUEST = 80877103;

/** A PostgreSQL server that lets nobody in. */
export class FakePostgres {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  refusal: Refusal = { tls: 'none' };

  static async listen(port: number): Promise<FakePostgres> {
    const fake = new FakePostgres();
    await new Promise<void>(resolve =>
      fake.#server.listen(port, '127.0.0.1', resolve),
    );
    return fake;
  }

  private constructor() {
    this.#server = net.createServer(socket => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.once('data', message => this.#answer(socket, message));
    });
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  #answer(socket: net.Socket, message: Buffer): void {
    const { refusal } = this;
    if ('sqlState' in refusal) {
      socket.end(errorResponse(refusal));
    } else if (message.readInt32BE(4) !== SSL_REQUEST) {
      socket.destroy();
    } else if (refusal.tls === 'none') {
      socket.end('N');
    } else {
      socket.write('S');
      const secure = new tls.TLSSocket(socket, {
        isServer: true,
        ...refusal.tls,
      });
      secure.on('error', () => undefined);
    }
  }
}

function errorResponse(error: { sqlState: string; message: string }): Buffer {
  const fields = Buffer.from(
    `SFATAL\0VFATAL\0C${error.sqlState}\0M${error.message}\0\0`,
  );
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
