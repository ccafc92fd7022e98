import { Request, Response, Router } from 'express';
import { WorldCluster } from '../world/WorldCluster';
import {
  apiGroup,
  coreVersions,
  groupList,
  hasGroup,
  resourceList,
  versionInfo,
} from './discovery';
import { listComputed, listObjects } from './list';
import { parseListOptions } from './listOptions';
import { computedAt, inventoryAt } from './objects';
import { ObjectStore } from './ObjectStore';
import { parsePath, ResourceRequest } from './request';
import { apiVersionOf, qualifiedPlural } from './resources';
import {
  methodNotAllowed,
  notFound,
  StatusError,
  unknownResource,
} from './status';
import { Watcher } from './watch';

/** How often watches look for changes. */
const TICK_MS = 1000;

/** The Kubernetes API of one cluster of the world, for reads. */
export class KubernetesApi {
  readonly #cluster: WorldCluster;
  readonly #now: () => Date;
  readonly #store: ObjectStore;
  readonly #watchers = new Set<Watcher>();
  #tick?: NodeJS.Timeout;

  static create(options: {
    cluster: WorldCluster;
    now: () => Date;
    /** How long changes are kept for watches and pages, in milliseconds. */
    keepMs?: number;
  }): KubernetesApi {
    return new KubernetesApi(options.cluster, options.now, options.keepMs);
  }

  private constructor(
    cluster: WorldCluster,
    now: () => Date,
    keepMs: number | undefined,
  ) {
    this.#cluster = cluster;
    this.#now = now;
    this.#store = ObjectStore.create({
      read: () => inventoryAt(cluster, now()),
      now: () => now().getTime(),
      keepMs,
    });
  }

  /** Routes of the API; every error is answered with a `Status`. */
  router(): Router {
    const router = Router();
    for (const path of ['/livez', '/readyz', '/healthz']) {
      router.get(path, (_req, res) => {
        res.type('text/plain').send('ok');
      });
    }
    router.get('/version', (_req, res) => void res.json(versionInfo()));
    router.get('/api', (req, res) => {
      res.json(coreVersions(req.get('host') ?? ''));
    });
    router.get('/apis', (_req, res) => void res.json(groupList()));
    // Nobody is there to answer for another group with a Status.
    router.use('/apis/:group', (req, res, next) => {
      if (hasGroup(req.params.group)) {
        next();
      } else {
        res.status(404).type('text/plain').send('404 page not found\n');
      }
    });
    router.get('/apis/:group', (req, res) => {
      res.json(found(apiGroup(req.params.group)));
    });
    router.get(['/api/v1', '/apis/:group/:version'], (req, res) => {
      const { group, version } = req.params;
      res.json(found(resourceList(group ? `${group}/${version}` : 'v1')));
    });
    router.use(['/api', '/apis'], (req, res) => this.#serve(req, res));
    router.use(
      (
        error: unknown,
        _req: Request,
        res: Response,
        next: (error: unknown) => void,
      ) => {
        if (error instanceof StatusError) {
          res.status(error.status.code).json(error.status);
        } else {
          next(error);
        }
      },
    );
    return router;
  }

  /** Ends every watch. */
  close(): void {
    this.#watchers.forEach(watcher => watcher.close());
  }

  #serve(req: Request, res: Response): void {
    const request = parsePath(req.baseUrl + req.path);
    if (!request) {
      throw unknownResource();
    }
    if (req.method !== 'GET') {
      throw methodNotAllowed();
    }
    this.#store.sync();
    if (request.name !== undefined) {
      res.json(this.#get(request));
      return;
    }
    const options = parseListOptions(req.query, request.resource);
    if (request.resource.computed) {
      if (options.watch) {
        throw methodNotAllowed();
      }
      res.json(listComputed(this.#computed(request), request, options));
    } else if (options.watch) {
      this.#watch(request, options, res);
    } else {
      res.json(listObjects(this.#store, request, options));
    }
  }

  #get({ resource, namespace = '', name = '', subresource }: ResourceRequest) {
    if (subresource !== undefined && subresource !== 'status') {
      throw unknownResource();
    }
    const object = resource.computed
      ? this.#computed({ resource }).find(
          ({ metadata }) =>
            metadata.name === name && (metadata.namespace ?? '') === namespace,
        )
      : this.#store.get(
          `${apiVersionOf(resource)}/${resource.plural}`,
          namespace,
          name,
        );
    if (!object) {
      throw notFound(resource, qualifiedPlural(resource), name);
    }
    return object;
  }

  #computed({ resource }: ResourceRequest) {
    return computedAt(this.#cluster, this.#now(), resource.plural);
  }

  #watch(
    request: ResourceRequest,
    options: ReturnType<typeof parseListOptions>,
    res: Response,
  ): void {
    res.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache, private',
    });
    res.flushHeaders();
    const watcher = Watcher.start({
      store: this.#store,
      request,
      options,
      send: event => void res.write(`${JSON.stringify(event)}\n`),
      onEnd: () => res.end(),
    });
    if (res.writableEnded) {
      return;
    }
    this.#watchers.add(watcher);
    this.#tick ??= setInterval(() => this.#store.sync(), TICK_MS);
    res.on('close', () => {
      watcher.close();
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) {
        clearInterval(this.#tick);
        this.#tick = undefined;
      }
    });
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw unknownResource();
  }
  return value;
}
