import { createServer, Server } from 'node:http';
import express, { Express, Request, Response } from 'express';
import { DAY_MS } from '@headroom/common';
import { KubernetesApi } from './kubernetes/KubernetesApi';
import { appendIntervention, readInterventions } from './interventionFile';
import { telemetryRouter } from './telemetry/telemetryRouter';
import { createWorld } from './world/createWorld';
import { Intervention } from './world/interventions/Intervention';
import { startOfDay } from './world/time';
import { WorldCluster } from './world/WorldCluster';

/** Where each cluster listens when nothing else is said. @public */
export const DEFAULT_PORTS: Record<string, number> = {
  'us-west': 7008,
  'eu-central': 7009,
};

/** Days of history a new demo has. @public */
export const HISTORY_DAYS = 60;

/** @public */
export interface DemoClusterOptions {
  /** Same seed and start, same world. Default 1. */
  seed?: number | string;
  /** First hour of the history. Default midnight UTC, 60 days ago. */
  start?: Date;
  /** Copies of every workload. Default 1. */
  scale?: number;
  /** Port by cluster; 0 = any free one. Defaults {@link DEFAULT_PORTS}. */
  ports?: Record<string, number>;
  /** The clock; for tests. */
  now?: () => Date;
  /** How long changes are kept for watches and pages, in milliseconds. Default five minutes. */
  keepMs?: number;
  /** JSON lines: what was done to the clusters. It is done again at the start, and what is done is added. Without it, it is forgotten at the end. */
  interventionFile?: string;
}

/** @public */
export interface DemoCluster {
  /** Base URL by cluster name, e.g. `http://127.0.0.1:7008`. */
  urls: Record<string, string>;
  /** First hour of the history. */
  start: Date;
  /** A sentence for each line of the file of interventions that could not be done. */
  skipped: string[];
  /**
   * Changes an object from an instant on, and writes it down first. Rejects
   * with an {@link InterventionError} when it can't be.
   */
  intervene(entry: Intervention): Promise<void>;
  /** Stops listening, ends watches and connections. */
  stop(): Promise<void>;
}

/** A port that can't be listened on. @public */
export class PortTakenError extends Error {
  constructor(cluster: string, port: number) {
    super(
      `Port ${port} for the demo cluster ${cluster} is taken: stop what listens there, or choose another with --${cluster}-port.`,
    );
    this.name = 'PortTakenError';
  }
}

/** There is no sign-in, so that only this machine may ask: names that could be rebound by DNS are refused. */
function loopbackOnly(req: Request, res: Response, next: () => void): void {
  if (/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(req.get('host') ?? '')) {
    next();
  } else {
    res
      .status(403)
      .json({ error: 'The demo cluster answers on loopback only.' });
  }
}

function lastResort(
  error: unknown,
  _req: Request,
  res: Response,
  _next: unknown,
): void {
  const message = error instanceof Error ? error.message : String(error);
  res.status(500).json({ error: message });
}

function listen(app: Express, cluster: string, port: number): Promise<Server> {
  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new PortTakenError(cluster, port) : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function serve(
  cluster: WorldCluster,
  port: number,
  options: { now: () => Date; keepMs?: number },
) {
  const api = KubernetesApi.create({ cluster, ...options });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(loopbackOnly);
  app.use('/telemetry/v1', telemetryRouter({ cluster, now: options.now }));
  app.use(api.router());
  app.use(lastResort);
  const server = await listen(app, cluster.name, port);
  const address = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      api.close();
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/**
 * Starts both clusters of the demo on loopback: the Kubernetes API at `/`, and
 * `/telemetry/v1` beside it. Throws {@link PortTakenError} when a port is
 * taken; nothing is left listening then.
 *
 * @public
 */
export async function startDemoCluster(
  options: DemoClusterOptions = {},
): Promise<DemoCluster> {
  const { seed = 1, scale, keepMs, interventionFile: file } = options;
  const { now = () => new Date() } = options;
  const start =
    options.start ??
    startOfDay(new Date(now().getTime() - HISTORY_DAYS * DAY_MS));
  const world = createWorld({ seed, start, scale });
  const skipped = file ? await readInterventions(file, world) : [];

  const urls: Record<string, string> = {};
  const stops: Array<() => Promise<void>> = [];
  const stop = async () => {
    await Promise.all(stops.map(each => each()));
  };
  try {
    for (const cluster of world.clusters) {
      const port = options.ports?.[cluster.name] ?? DEFAULT_PORTS[cluster.name];
      const running = await serve(cluster, port, { now, keepMs });
      urls[cluster.name] = running.url;
      stops.push(running.stop);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  // One after the other, so that the file has them in the order they were done.
  let last: Promise<unknown> = Promise.resolve();
  const intervene = (entry: Intervention) => {
    const done = last.then(async () => {
      world.check(entry);
      if (file) {
        await appendIntervention(file, entry);
      }
      world.intervene(entry);
    });
    last = done.catch(() => {});
    return done;
  };
  return { urls, start: world.start, skipped, intervene, stop };
}
