import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Children } from './children.mjs';
import { untilCosts } from './costs.mjs';
import { playDemoPast, tellDemoPast } from './demoPast.mjs';
import { needDisk, saysDiskFull } from './disk.mjs';
import { backstageCli, nodeTransform, root } from './paths.mjs';
import { claimPortal } from './portalLock.mjs';
import { portsEnv } from './portalPorts.mjs';
import { startPostgres } from './postgres.mjs';
import { firstScriptOf, untilAnswers } from './readiness.mjs';
import { Sentence, say } from './say.mjs';
import { refuseTakenPorts } from './takenPorts.mjs';

const START_MIB = 500;
const DATABASE_USER = 'headroom';
/** How long the ready line waits for something to show; the page says what is missing. */
const FIRST_COSTS_MS = 20_000;
const FIRST_SOCKET_MS = 1000;

/**
 * Starts PostgreSQL, the demo cluster, the back end and the front end, and
 * waits until the page can be opened.
 *
 * @param {{ ports: ReturnType<import('./portalPorts.mjs').portalPorts>, dataDir: string, logDir: string, watch?: boolean, signal: AbortSignal }} options
 *   aborting `signal` stops everything, at any time; `watch` restarts the back
 *   end when its source changes
 * @returns {Promise<{ url: string, backendUrl: string, ended: Promise<void> } | undefined>} undefined
 *   when it was told to stop before it was ready; `ended` settles when
 *   everything has stopped and rejects with a Sentence when a part died
 */
export async function startPortal({
  ports,
  dataDir,
  logDir,
  watch = false,
  signal,
}) {
  const lock = claimPortal(path.dirname(dataDir), ports);
  const children = Children.create(logDir);
  const stopAll = async () => {
    await children.stopAll({ last: 'postgres' });
    lock.release();
  };
  const aborted = new Promise(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let death;

  try {
    await refuseTakenPorts(ports);
    needDisk(START_MIB, 'a start');
    await Promise.race([aborted, startDatabase({ ports, dataDir, children })]);
    death = unexpectedEnd(children, signal);
    await Promise.race([
      aborted,
      death,
      startServers({ ports, dataDir, watch, children, signal }),
    ]);
  } catch (error) {
    await stopAll();
    throw error;
  }
  if (signal.aborted) {
    await stopAll();
    return undefined;
  }
  return {
    url: `http://localhost:${ports.portal}`,
    backendUrl: `http://localhost:${ports.backend}`,
    ended: Promise.race([aborted, death]).finally(stopAll),
  };
}

/** Rejects with a Sentence when a part ends that nobody asked to. */
function unexpectedEnd(children, signal) {
  const death = new Promise((_, reject) => {
    children.onExit(part => {
      if (!signal.aborted && !part.ends) {
        reject(new Sentence(whyItDied(part)));
      }
    });
  });
  death.catch(() => {}); // told through the races it takes part in
  return death;
}

async function startDatabase({ ports, dataDir, children }) {
  say('Starting PostgreSQL …');
  await startPostgres(children, {
    dir: dataDir,
    port: ports.database,
    user: DATABASE_USER,
    password: databasePassword(dataDir),
  });
}

async function startServers({ ports, dataDir, watch, children, signal }) {
  if (signal.aborted) return;
  const env = {
    ...process.env,
    ...portsEnv(ports),
    HEADROOM_DATABASE_HOST: '127.0.0.1',
    HEADROOM_DATABASE_USER: DATABASE_USER,
    HEADROOM_DATABASE_PASSWORD: databasePassword(dataDir),
    NODE_ENV: 'development',
    BROWSER: 'none',
    FORCE_COLOR: '0',
  };
  const stateDir = path.dirname(dataDir);
  const start = (name, args, cwd, options) =>
    children.start({
      name,
      command: process.execPath,
      args,
      cwd,
      env,
      onLine: line => isError(line) && say(`${name}: ${line.trim()}`),
      ...options,
    });

  say('Starting the demo cluster, the back end and the front end …');
  // It takes longest, and asks nobody before a page is opened.
  const app = start(
    'app',
    [backstageCli, 'package', 'start'],
    path.join(root, 'packages/app'),
  );
  await playDemoPast({
    stateDir,
    env,
    run: args => start('demo-past', args, root, { ends: true }),
  });
  if (signal.aborted) return;
  start(
    'demo-cluster',
    [
      '--enable-source-maps',
      '--require',
      nodeTransform,
      'packages/demo-cluster/src/main.ts',
      `--us-west-port=${ports.usWest}`,
      `--eu-central-port=${ports.euCentral}`,
      `--forge-port=${ports.forge}`,
      // Beside the costs that were ingested from it: the past stays the same.
      `--state=${stateDir}`,
    ],
    root,
  );
  start(
    'backend',
    watch
      ? [backstageCli, 'package', 'start']
      : ['--enable-source-maps', '--require', nodeTransform, 'src/index.ts'],
    path.join(root, 'packages/backend'),
  );
  tellDemoPast({
    stateDir,
    connection: {
      host: env.HEADROOM_DATABASE_HOST,
      port: ports.database,
      user: DATABASE_USER,
      password: env.HEADROOM_DATABASE_PASSWORD,
    },
    signal,
  }).catch(error => {
    if (!signal.aborted) {
      say(
        `The demo's past could not be put into the ledger, and is at the next start: ${error.message}`,
      );
    }
  });

  await Promise.all([
    untilAnswers(`http://127.0.0.1:${ports.usWest}/version`, signal).then(() =>
      say('The demo cluster answers.'),
    ),
    backendReady(ports, signal),
    pageReady(ports, app, signal),
  ]);
}

async function backendReady(ports, signal) {
  const backend = `http://localhost:${ports.backend}`;
  await untilAnswers(`${backend}/.backstage/health/v1/readiness`, signal);
  if (!signal.aborted) await takeFirstSocket(ports);
  say('The back end answers; the first costs come in …');
  await untilCosts(backend, { whole: false, limitMs: FIRST_COSTS_MS, signal });
}

/**
 * The signals back end never answers the first WebSocket after its start (it only
 * begins to listen to upgrades), and a browser that opened it gets no other one
 * through: pages would not be live until they are loaded anew. So the first is ours.
 */
async function takeFirstSocket(ports) {
  const socket = new WebSocket(`ws://localhost:${ports.backend}/api/signals`);
  await new Promise(resolve => {
    socket.onopen = resolve;
    socket.onerror = resolve;
    setTimeout(resolve, FIRST_SOCKET_MS);
  });
  socket.close();
}

async function pageReady(ports, app, signal) {
  const page = `http://localhost:${ports.portal}/`;
  await untilAnswers(page, signal);
  if (signal.aborted) return;
  await untilAnswers(await firstScriptOf(page), signal);
  refuseBrokenBuild(app);
  say('The front end is built.');
}

/** The front end's server answers also when the page can't work. */
function refuseBrokenBuild(app) {
  if (/compiled with \d+ error/.test(app.tail())) {
    throw new Sentence(
      `The front end does not compile:\n\n${app.tail()}\n\nThe whole log is ${
        app.logFile
      }.`,
    );
  }
}

/** Made at the first start, kept beside the data. */
function databasePassword(dataDir) {
  const file = `${dataDir}.password`;
  if (!fs.existsSync(file)) {
    if (fs.existsSync(dataDir)) {
      throw new Sentence(
        `${file}, the password of the database in ${dataDir}, is missing. Put it back, or delete ${dataDir} to start with an empty database.`,
      );
    }
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, randomBytes(16).toString('hex'), { mode: 0o600 });
  }
  return fs.readFileSync(file, 'utf8').trim();
}

const isError = line => /^\S+ \S+ error /.test(line) || line.includes('ENOSPC');

function whyItDied(part) {
  if (saysDiskFull(part.tail())) {
    return `${part.name} ended because the disk is full. Make room and start again.`;
  }
  return `${
    part.name
  } ended unexpectedly, so everything was stopped. Its last words:\n\n${part.tail()}\n\nThe whole log is ${
    part.logFile
  }.`;
}
