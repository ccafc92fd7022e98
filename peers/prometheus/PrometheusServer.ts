import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;

/** How a Prometheus is set up. */
export interface PrometheusOptions {
  /** Text of `prometheus.yml`; it scrapes nothing unless this says so. */
  config?: string;
  /** Path below which it serves, e.g. `/prometheus`. */
  routePrefix?: string;
}

/** A Prometheus on a loopback port. */
export class PrometheusServer {
  readonly #directory: string;
  readonly #port: number;
  readonly #options: PrometheusOptions;
  #process: ChildProcess | undefined;

  static async create(
    directory: string,
    options: PrometheusOptions = {},
  ): Promise<PrometheusServer> {
    return new PrometheusServer(directory, await freePort(), options);
  }

  private constructor(
    directory: string,
    port: number,
    options: PrometheusOptions,
  ) {
    this.#directory = directory;
    this.#port = port;
    this.#options = options;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}${this.#options.routePrefix ?? ''}`;
  }

  async start(): Promise<void> {
    const config = join(this.#directory, 'prometheus.yml');
    writeFileSync(config, this.#options.config ?? 'global: {}\n');
    const server = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${this.#directory}`,
        '--storage.tsdb.retention.time=100y',
        // Leaves the blocks as promtool made them.
        '--storage.tsdb.min-block-duration=2h',
        '--storage.tsdb.max-block-duration=2h',
        `--web.listen-address=127.0.0.1:${this.#port}`,
        `--web.route-prefix=${this.#options.routePrefix ?? '/'}`,
        '--log.level=error',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    this.#process = server;
    await this.#ready(server);
  }

  /** As a power failure would. */
  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    const server = this.#process;
    if (server && server.exitCode === null && server.signalCode === null) {
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      await exit;
    }
  }

  async exited(): Promise<void> {
    const server = this.#process;
    if (server && server.exitCode === null && server.signalCode === null) {
      await once(server, 'exit');
    }
  }

  /** Requests the query API has answered since it was started, by the server's own count. */
  async queriesAnswered(): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const counts = text.matchAll(
      /^prometheus_http_requests_total\{.*handler="\/api\/v1\/query(?:_range)?"\} (\S+)$/gm,
    );
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  async #ready(server: ChildProcess): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (server.exitCode !== null) {
        throw new Error(`prometheus exited with ${server.exitCode}`);
      }
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await sleep(100);
    }
    throw new Error(`prometheus was not ready in ${READY_WITHIN_MS} ms`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no loopback port');
  }
  return address.port;
}
