/** Programs of peers: started with their log, waited for, stopped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 120_000;

/**
 * @param {string[]} words the command and its arguments
 * @param {NodeJS.ProcessEnv} env
 * @param {string} log where its output goes
 */
export function start([command, ...args], env, log) {
  const output = fs.openSync(log, 'w');
  const child = spawn(command, args, {
    env,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  return Object.assign(child, { log });
}

/**
 * @param {string} name
 * @param {ReturnType<typeof start>} child
 * @param {() => boolean | Promise<boolean>} answers
 * @throws {Error} with the end of its log when it does not start.
 */
export async function ready(name, child, answers) {
  const until = Date.now() + READY_WITHIN_MS;
  let failed;
  child.once('error', error => {
    failed = error.message;
  });
  while (Date.now() < until && !failed && child.exitCode === null) {
    try {
      if (await answers()) return;
    } catch {
      // Not yet.
    }
    await sleep(200);
  }
  child.kill('SIGKILL');
  throw new Error(
    `${name} did not start: ${
      failed ?? fs.readFileSync(child.log, 'utf8').slice(-2000)
    }`,
  );
}

/**
 * @param {ReturnType<typeof start>} child
 * @param {NodeJS.Signals} signal
 */
export async function stop(child, signal) {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
}
