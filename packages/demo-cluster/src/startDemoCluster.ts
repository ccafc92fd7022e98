import { createServer, Server } from 'node:http';
import express, { Express, Request, Response } from 'express';
import { DAY_MS } from '@headroom/common';
import {
  KubernetesApi,
  KubernetesApiOptions,
} from './kubernetes/KubernetesApi';
import { followGit } from './git/followGit';
import { manifestsOf } from './git/manifestsOf';
import { startForge } from './git/startForge';
import { appendIntervention, readInterventions } from './interventionFile';
import { PortTakenError } from './PortTakenError';
import { telemetryRouter } from './telemetry/telemetryRouter';
import { createWorld } from './world/createWorld';
import { Intervention } from './world/interventions/Intervention';
import { startOfDay } from './world/time';
import { WorldCluster } from './world/WorldCluster';

export { PortTakenError } from './PortTakenError';

/** Where each cluster listens when nothing else is said. @public */
export const DEFAULT_PORTS: Record<string, number> = {
  'us-west': 7008,
  'eu-central': 7009,
};

/** The repository with the manifests of what runs from the beginning. */
const DEPLOYMENTS = 'headroom/deployments';

/** Days of history a new demo has. @public */
export const HISTORY_DAYS = 60;

/** @public */
export interface DemoClusterOptions {
  /** Same seed and start, same world. Default 1. */
  seed?: number | string;
  /** First hour of the history. Default midnight UTC, 60 days ago. */
  start?: Date;
  /** When it ran for the first time: soon after, the provider restates the last month. Default now. */
  shownSince?: Date;
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
  /** Seconds until Argo CD, as it is simulated, puts back what somebody else changed of `catalog-search`; Infinity = never. Default 8. */
  selfHealSeconds?: number;
  /** Serves the manifests of what runs from a forge; 0 = any free port. Without it there is none. */
  forge?: { port: number; directory: string };
}

/** @public */
export interface DemoCluster {
  /** Base URL by cluster name, e.g. `http://127.0.0.1:7008`. */
  urls: Record<string, string>;
  /** Of the forge, where there is one; its repository is `headroom/deployments`. */
  forgeUrl?: string;
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
  options: Omit<KubernetesApiOptions, 'cluster'> & { shownSince: Date },
) {
  const api = KubernetesApi.create({ cluster, ...options });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(loopbackOnly);
  const catchUp = () => api.catchUp();
  const { now, shownSince } = options;
  app.use(
    '/telemetry/v1',
    telemetryRouter({ cluster, now, shownSince, catchUp }),
  );
  app.use(api.router());
  app.use(lastResort);
  const server = await listen(app, cluster.name, port);
  const address = server.address() as { port: number };
  // What is due is done in time, whether anybody asks or not.
  const timer = setInterval(() => void catchUp().catch(() => {}), 1000);
  timer.unref();
  return {
    url: `http://127.0.0.1:${address.port}`,
    catchUp,
    stop: async () => {
      clearInterval(timer);
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
  const { shownSince = now() } = options;
  const start =
    options.start ??
    startOfDay(new Date(now().getTime() - HISTORY_DAYS * DAY_MS));
  const world = createWorld({ seed, start, scale });
  const skipped = file ? await readInterventions(file, world) : [];

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
  const urls: Record<string, string> = {};
  const catchUps = new Map<string, () => Promise<void>>();
  const stops: Array<() => Promise<void>> = [];
  const stop = async () => {
    await Promise.all(stops.map(each => each()));
  };
  let forgeUrl: string | undefined;
  try {
    for (const cluster of world.clusters) {
      const port = options.ports?.[cluster.name] ?? DEFAULT_PORTS[cluster.name];
      const running = await serve(cluster, port, {
        now,
        shownSince,
        keepMs,
        check: entry => world.check(entry),
        intervene,
        selfHealSeconds: options.selfHealSeconds,
      });
      urls[cluster.name] = running.url;
      catchUps.set(cluster.name, running.catchUp);
      stops.push(running.stop);
    }
    if (options.forge) {
      const forge = await startForge({
        ...options.forge,
        now,
        repositories: [
          {
            name: DEPLOYMENTS,
            files: world.clusters.flatMap(each => manifestsOf(each, now())),
          },
        ],
        onMerged: merged =>
          merged.repository === DEPLOYMENTS
            ? followGit(merged, urls)
            : Promise.resolve(),
        clusters: urls,
      });
      forgeUrl = forge.url;
      stops.push(forge.stop);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls,
    ...(forgeUrl && { forgeUrl }),
    start: world.start,
    skipped,
    intervene: async entry => {
      await catchUps.get(entry.object.cluster)?.();
      await intervene(entry);
    },
    stop,
  };
}
