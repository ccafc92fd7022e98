import { Knex } from 'knex';

/** What is used of the driver's connection. */
interface Connection {
  connect(): Promise<unknown>;
  query(sql: string): Promise<unknown>;
  end(): Promise<unknown>;
  on(event: 'error' | 'end', listener: () => void): unknown;
}

/**
 * One connection to the database of a pool that is none of the pool's: it can be
 * had when all of those are lent.
 */
export class OwnConnection {
  readonly #knex: Knex;
  readonly #timeoutMs: number;
  #connection: Connection | undefined;

  /** `timeoutMs`: milliseconds for connecting, and for an answer */
  static create(options: { knex: Knex; timeoutMs: number }) {
    return new OwnConnection(options);
  }

  private constructor({
    knex,
    timeoutMs,
  }: Parameters<typeof OwnConnection.create>[0]) {
    this.#knex = knex;
    this.#timeoutMs = timeoutMs;
  }

  /** Connects where there is no connection yet. A connection that fails is not used again. */
  async query(sql: string): Promise<void> {
    const connection = this.#connection ?? (await this.#connect());
    this.#connection = connection;
    try {
      await connection.query(sql);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Ends the connection; the next query makes a new one. */
  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    // A server that hangs says no goodbye.
    void connection?.end().catch(() => undefined);
  }

  async #connect(): Promise<Connection> {
    const { config, driver } = this.#knex.client;
    const settings =
      typeof config.connection === 'function'
        ? await config.connection()
        : config.connection;
    const connection: Connection = new driver.Client({
      ...settings,
      password: settings.password, // knex hides it from the spread
      connectionTimeoutMillis: this.#timeoutMs,
      query_timeout: this.#timeoutMs,
    });
    for (const event of ['error', 'end'] as const) {
      connection.on(event, () => {
        if (this.#connection === connection) {
          this.#connection = undefined;
        }
      });
    }
    await connection.connect();
    return connection;
  }
}
