import { Socket } from 'node:net';

/** What is used of a connection of the driver. */
export interface WatchedConnection {
  query(sql: string): Promise<unknown>;
  on(event: 'drain' | 'end', listener: () => void): unknown;
  /** The driver's own, which holds the socket. */
  readonly connection: { readonly stream: Socket };
}

/** So long may a network say nothing before the kernel asks whether anybody is there. */
const KEEP_ALIVE_MS = 30_000;
/** A connection that was in use when the database was lost may stay silent for so long. */
const SUSPECT_MS = 60_000;

const watches = new WeakMap<WatchedConnection, ConnectionWatch>();
const pools = new WeakMap<object, Set<ConnectionWatch>>();

/**
 * Listens to a pooled connection while an answer is owed. A server keeps to its
 * time-out of statements; whoever stays silent for longer is cut off, by a
 * network that drops packets, a gateway that forgot, or a frozen machine. Such a
 * connection is cut here, too: whatever waits for it fails, and its pool makes
 * another, where TCP alone takes a quarter of an hour and longer to give up.
 */
export class ConnectionWatch {
  readonly #connection: WatchedConnection;
  #limitMs = Infinity;
  #heardAt = performance.now();
  #isOwed = false;
  #isSuspect = false;
  #isLent = true;
  #timer: NodeJS.Timeout | undefined;
  /** Milliseconds of the time-outs that the server was told; undefined when it was told none. */
  told: string | undefined;

  /** The one watch of a connection of a pool. */
  static of(pool: object, connection: WatchedConnection): ConnectionWatch {
    const watch = watches.get(connection) ?? new ConnectionWatch(connection);
    if (!watches.has(connection)) {
      watches.set(connection, watch);
      const all = pools.get(pool) ?? new Set();
      pools.set(pool, all.add(watch));
      connection.on('end', () => all.delete(watch));
    }
    return watch;
  }

  /** Every connection of a pool that was lent once and is still there. */
  static all(pool: object): Iterable<ConnectionWatch> {
    return [...(pools.get(pool) ?? [])];
  }

  private constructor(connection: WatchedConnection) {
    this.#connection = connection;
    connection.connection.stream.setKeepAlive(true, KEEP_ALIVE_MS);
    const { query } = connection;
    // Also what streams pass, which ask in ways of their own.
    connection.query = (...asked) => {
      this.#isOwed = true;
      this.#arm();
      return query.apply(connection, asked);
    };
    connection.on('drain', () => {
      this.#isOwed = false;
      this.#heard();
      clearTimeout(this.#timer);
    });
    connection.on('end', () => {
      this.#isOwed = false;
      clearTimeout(this.#timer);
    });
  }

  get isLent(): boolean {
    return this.#isLent;
  }

  /** When something came over it last, as of `performance.now()`. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Whether its database was lost since something came over it. */
  get isSuspect(): boolean {
    return this.#isSuspect;
  }

  /** @param limitMs - of silence while an answer is owed */
  lend(limitMs: number): void {
    this.#isLent = true;
    this.#limitMs = limitMs;
  }

  giveBack(): void {
    this.#isLent = false;
    this.#limitMs = Infinity;
  }

  /** It may be dead: it is asked before it is lent, and not waited for as long. */
  suspect(): void {
    if (!this.#isSuspect) {
      this.#isSuspect = true;
      this.#arm();
    }
  }

  /** Whatever waits for it fails, and the pool does not lend it again. */
  cut(reason: string): void {
    clearTimeout(this.#timer);
    this.#connection.connection.stream.destroy(
      Object.assign(new Error(reason), { code: 'ETIMEDOUT' }),
    );
  }

  #heard(): void {
    this.#heardAt = performance.now();
    this.#isSuspect = false;
  }

  /** Of a connection that is lent; the limit of one that isn't is infinite. */
  #arm(): void {
    clearTimeout(this.#timer);
    const limitMs = this.#isSuspect
      ? Math.min(SUSPECT_MS, this.#limitMs)
      : this.#limitMs;
    if (!this.#isOwed || limitMs === Infinity) {
      return;
    }
    const { stream } = this.#connection.connection;
    const { bytesRead } = stream;
    const timer = setTimeout(() => {
      // A process that was busy itself reads what has come before it judges.
      setImmediate(() => {
        if (timer !== this.#timer || !this.#isOwed) {
          return;
        }
        // Part of an answer is a sign of life, too. The stream has one reader only: its count is asked.
        if (stream.bytesRead > bytesRead) {
          this.#heard();
          this.#arm();
        } else {
          const seconds = Math.round(limitMs / 1000);
          this.cut(`The database was silent on a connection for ${seconds} s`);
        }
      });
    }, limitMs).unref();
    this.#timer = timer;
  }
}
