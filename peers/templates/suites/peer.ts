import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';

/** A PostgreSQL with pg_partman and pg_cron. */
export interface Database {
  postgres: string;
  /** The oldest version of pg_partman that this server stands for. */
  partman: string;
  /** What psql needs to find itself and the server. */
  environment: Record<string, string>;
}

/**
 * What run.mjs says of what it rendered and found; what none of the chosen suites needs
 * isn't there.
 */
interface Peer {
  /** `<template>/<set>/<files>`. */
  rendered: string;
  /** A folder with schemas, where one was given. */
  data?: string;
  /** The program, and what comes before its arguments. */
  kubectl: [string, ...string[]];
  kubeScore: string;
  kubeconform: string;
  python: { command: string; version: string; pip: Record<string, string> };
  /** moto's server, and the folder in which moto is. */
  s3: { url: string; site: string };
  databases: readonly Database[];
  scratch: string;
}

const description = process.env.HEADROOM_PEER_TEMPLATES;
assert.ok(
  description,
  'HEADROOM_PEER_TEMPLATES is not set: start this with `yarn test:peers templates`',
);

export const peer: Peer = JSON.parse(description);

/** A folder of its own for what a suite writes. */
export function scratchFolder(name: string): string {
  mkdirSync(peer.scratch, { recursive: true });
  return mkdtempSync(path.join(peer.scratch, `${name}-`));
}

export interface Finished {
  code: number;
  output: string;
  errors: string;
}

/** Runs a program to its end, whatever that is. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<Finished> {
  const { input, ...more } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      args,
      { ...more, maxBuffer: 2 ** 28 },
      (error, output, errors) => {
        // A number is the exit code; a word, such as ENOENT, says it never ran.
        const code = error ? error.code : 0;
        if (typeof code === 'number') {
          resolve({ code, output, errors });
        } else {
          reject(error);
        }
      },
    );
    // Who ends without reading what is said says by its exit code how it went.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
