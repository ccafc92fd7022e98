import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Children } from '../../../scripts/lib/children.mjs';

const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 200;

/** The processes of a cluster by name, which a suite may have end and come again. */
export class Processes {
  #children;
  #running = new Map();

  /** @param {string} dir an empty folder, for logs */
  constructor(dir) {
    this.#children = Children.create(path.join(dir, 'logs'));
  }

  /**
   * @param {{ name: string, command: string, args: string[], env?: object, isReady?: () => Promise<unknown> }} program
   *   `isReady` throws until it is
   */
  start(program) {
    const times = (this.#running.get(program.name)?.times ?? 0) + 1;
    const { isReady, ...options } = program;
    const child = this.#children.start({
      ...options,
      // A later start doesn't write over an earlier one's log.
      name: times === 1 ? program.name : `${program.name}-${times}`,
    });
    this.#running.set(program.name, { program, child, times });
    return child;
  }

  /** Waits until a program is ready. @throws {Error} with the end of its log. */
  async ready(name) {
    const { program, child } = this.#running.get(name);
    await this.until(name, child, program.isReady);
  }

  /** @throws {Error} that names what wasn't ready, with the end of the log of whose work it is. */
  async until(what, child, isReady) {
    const deadline = Date.now() + READY_WITHIN_MS;
    let reason;
    while (Date.now() < deadline) {
      const { exitCode, signalCode } = child.process;
      if (exitCode !== null || signalCode !== null) {
        throw new Error(`${child.name} ended:\n${child.tail()}`);
      }
      try {
        return await isReady();
      } catch (error) {
        reason = error;
      }
      await sleep(ASK_EVERY_MS);
    }
    throw new Error(
      `${what} was not ready within ${READY_WITHIN_MS / 1000} s: ${
        reason.message
      }\n${child.tail()}`,
    );
  }

  /** Waits until a program has ended by itself. @throws {Error} with the end of its log. */
  async ended(name) {
    const { child } = this.#running.get(name);
    const timeout = new AbortController();
    const tooLong = sleep(READY_WITHIN_MS, true, { signal: timeout.signal });
    try {
      if ((await Promise.race([child.exited, tooLong])) === true) {
        throw new Error(
          `${name} goes on after ${READY_WITHIN_MS / 1000} s:\n${child.tail()}`,
        );
      }
    } finally {
      timeout.abort();
      tooLong.catch(() => {});
    }
  }

  has(name) {
    return this.#running.has(name);
  }

  /** Ends a program, at once when `abruptly`, as a machine that fails ends it. */
  async end(name, { abruptly = false } = {}) {
    const { child } = this.#running.get(name);
    await child.stop(() =>
      child.process.kill(abruptly ? 'SIGKILL' : 'SIGTERM'),
    );
  }

  /** Starts again what was ended, and waits until it is ready. */
  async startAgain(name) {
    this.start(this.#running.get(name).program);
    await this.ready(name);
  }

  /** A program that stands still answers nobody and keeps its connections. */
  signal(name, signal) {
    this.#running.get(name).child.process.kill(signal);
  }

  async stopAll(options) {
    await this.#children.stopAll(options);
  }
}
