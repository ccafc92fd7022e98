import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { signalGroup } from './processes.mjs';

const GRACE_MS = 10_000;
const TAIL_LINES = 15;
const TAIL_COLUMNS = 200;

/**
 * Processes that belong to this one. Each runs in a group of its own, so that
 * Ctrl-C reaches this process alone, which then stops them in order.
 */
export class Children {
  #reaper;
  #logDir;
  #running = [];
  #exitListeners = [];

  static create(logDir) {
    fs.mkdirSync(logDir, { recursive: true });
    return new Children(logDir);
  }

  constructor(logDir) {
    this.#logDir = logDir;
    this.#reaper = spawn(
      process.execPath,
      [fileURLToPath(new URL('./reaper.mjs', import.meta.url))],
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    this.#reaper.stdin.on('error', () => {}); // it was killed: nothing to tell it
    this.#reaper.unref();
    this.#reaper.stdin.unref?.();
  }

  /**
   * Starts a process whose output goes to `<logDir>/<name>.log`.
   *
   * @param {{ name: string, command: string, args: string[], cwd?: string, env?: object, ipc?: boolean, ends?: boolean, onLine?: (line: string) => void }} options
   *   `ends`: it has something to do and is done then
   */
  start({
    name,
    command,
    args,
    cwd,
    env,
    ipc = false,
    ends = false,
    onLine = () => {},
  }) {
    const logFile = path.join(this.#logDir, `${name}.log`);
    const log = fs.createWriteStream(logFile);
    log.on('error', () => {}); // a full disk is noticed by whoever needs it more
    const process_ = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc'] : [])],
    });
    const tail = [];
    for (const stream of [process_.stdout, process_.stderr]) {
      readline.createInterface({ input: stream }).on('line', coloured => {
        const line = stripVTControlCharacters(coloured);
        log.write(`${line}\n`);
        tail.push(line.slice(0, TAIL_COLUMNS));
        if (tail.length > TAIL_LINES) tail.shift();
        onLine(line);
      });
    }
    const exited = new Promise(resolve => {
      process_.once('error', error => {
        tail.push(error.message);
        resolve({ code: 1 });
      });
      process_.once('close', (code, signal) => resolve({ code, signal }));
    });
    const { pid } = process_;
    if (pid) {
      this.#reaper.stdin.write(`+${pid}\n`);
      exited.then(() => this.#reaper.stdin.write(`-${pid}\n`));
    }
    let stopping;
    const child = {
      name,
      ends,
      logFile,
      process: process_,
      exited,
      /** The last lines it wrote. */
      tail: () => tail.join('\n'),
      /** Asks it to end, waits, and insists after a while. */
      stop(ask = () => process_.kill('SIGTERM')) {
        stopping ??= (async () => {
          if (pid && process_.exitCode === null && !process_.signalCode) ask();
          const insist = setTimeout(
            () => pid && signalGroup(pid, 'SIGKILL'),
            GRACE_MS,
          );
          await exited;
          clearTimeout(insist);
          if (pid) signalGroup(pid, 'SIGKILL'); // what it may have left in its group
        })();
        return stopping;
      },
    };
    this.#running.push(child);
    exited.then(() => {
      this.#running = this.#running.filter(other => other !== child);
      for (const listener of this.#exitListeners) listener(child);
    });
    return child;
  }

  /** Calls back whenever a child has ended, asked to or not. */
  onExit(listener) {
    this.#exitListeners.push(listener);
  }

  /** Stops every child, the one named `last` after the others, and with them this object. */
  async stopAll({ last } = {}) {
    const isLast = child => child.name === last;
    const stop = child => child.stop();
    await Promise.all(this.#running.filter(c => !isLast(c)).map(stop));
    await Promise.all(this.#running.filter(isLast).map(stop));
    this.#reaper.stdin.end();
  }
}
