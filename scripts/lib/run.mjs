import { spawn } from 'node:child_process';
import path from 'node:path';
import { Children } from './children.mjs';
import { onParentGone } from './parentGone.mjs';
import { root, stateDir } from './paths.mjs';
import { startThrowawayPostgres } from './postgres.mjs';

/** The running commands, stopped with this process. */
const commands = new Set();
let interrupted = false;

function interrupt() {
  interrupted = true;
  for (const command of commands) command.kill('SIGTERM');
}

/**
 * Runs a command in the checkout with this terminal.
 *
 * @returns {Promise<number>} its exit code
 */
export async function run(command, args, env = process.env) {
  if (interrupted) return 130;
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
  commands.add(child);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', code => resolve(code ?? 1));
    });
  } finally {
    commands.delete(child);
  }
}

/**
 * Does something while a PostgreSQL runs that is deleted afterwards, also when
 * interrupted.
 *
 * @template T
 * @param {(url: string) => Promise<T>} work gets the URL of a server whose user may create databases
 * @returns {Promise<T>}
 */
export async function withPostgres(work) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, interrupt);
  }
  onParentGone(interrupt);
  const children = Children.create(path.join(stateDir, 'logs', 'throwaway'));
  try {
    const postgres = await startThrowawayPostgres(children);
    try {
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await children.stopAll();
  }
}
