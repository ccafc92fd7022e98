import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** A back end in a process of its own, so that load doesn't share its event loop. */
export interface PortalProcess {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  return await new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

/** Runs a TypeScript file of the workspace in a child process; its logs go to stderr. */
export function spawnTypeScript(file: string, args: string[]): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(ROOT, file),
      ...args,
    ],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'warn' },
      stdio: ['ignore', process.stderr, process.stderr],
    },
  );
}

/** Starts `bench/lib/serveBackend.ts` with a configuration and waits until it is ready. */
export async function startPortal(
  config: (port: number) => object,
): Promise<PortalProcess> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'headroom-bench-'));
  const file = join(folder, 'app-config.yaml');
  await writeFile(file, JSON.stringify(config(port))); // JSON is YAML
  const child = spawnTypeScript('bench/lib/serveBackend.ts', [
    '--config',
    file,
  ]);
  const url = `http://127.0.0.1:${port}`;
  await until('the back end is ready', 120_000, async () => {
    if (child.exitCode !== null) {
      throw new Error(`the back end stopped with code ${child.exitCode}`);
    }
    const response = await fetch(`${url}/.backstage/health/v1/readiness`).catch(
      () => undefined,
    );
    return response?.ok ?? false;
  });
  return {
    url,
    pid: child.pid!,
    async stop() {
      await stopChild(child);
      await rm(folder, { recursive: true });
    },
  };
}

/** Ends a child process and waits for it. */
export async function stopChild(child: ChildProcess) {
  if (child.exitCode !== null) return;
  const ended = new Promise(done => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}

/** Asks again and again until the answer is yes; throws when time is up. */
export async function until(
  what: string,
  timeoutMs: number,
  check: () => Promise<boolean>,
) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await check()) return;
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutMs / 1000} s until ${what}, in vain`);
    }
    await new Promise(done => setTimeout(done, 500));
  }
}
