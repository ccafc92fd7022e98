import net from 'node:net';
import knexFactory, { Knex } from 'knex';

/** A way to a database that a test can block: as when it hangs, or is not there. */
export class DatabaseProxy {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  readonly database: Knex;
  #frozen = false;
  #port = 0;

  static async create(database: Knex): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(database);
    await proxy.#listen();
    return proxy;
  }

  private constructor(database: Knex) {
    this.database = database;
    const { host, port } = database.client.connectionSettings;
    this.#server = net.createServer(client => {
      const server = net.connect({ host, port: Number(port) });
      for (const [from, to] of [
        [client, server],
        [server, client],
      ]) {
        this.#sockets.add(from);
        from.on('data', data => {
          to.write(data);
        });
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
        if (this.#frozen) {
          from.pause();
        }
      }
    });
  }

  get port(): number {
    return this.#port;
  }

  /** A pool of connections this way. */
  knex(): Knex {
    const { connectionSettings } = this.database.client;
    return knexFactory({
      client: 'pg',
      connection: {
        ...connectionSettings,
        password: connectionSettings.password, // knex hides it from the spread
        host: '127.0.0.1',
        port: this.#port,
      },
    });
  }

  /** Connections stay, and nothing comes through. */
  freeze(): void {
    this.#frozen = true;
    this.#sockets.forEach(socket => socket.pause());
  }

  /** As when a gateway forgets: on connections that are there nothing comes through any more, on new ones everything. */
  forget(): void {
    this.#sockets.forEach(socket => socket.pause());
  }

  thaw(): void {
    this.#frozen = false;
    this.#sockets.forEach(socket => socket.resume());
  }

  /** Connections are cut, and new ones refused. */
  async refuse(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  async accept(): Promise<void> {
    await this.#listen();
  }

  async #listen(): Promise<void> {
    await new Promise<void>(resolve =>
      this.#server.listen(this.#port, '127.0.0.1', resolve),
    );
    this.#port = (this.#server.address() as net.AddressInfo).port;
  }
}
