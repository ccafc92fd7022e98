import express, { Request, Response, Router } from 'express';
import { Intervention } from '../world/interventions/Intervention';
import { SelfHealing } from '../gitops/SelfHealing';
import { ObjectName } from '../world/creations/CreatedObjects';
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
import { computedAt } from './objects';
import { ObjectContext } from './objects/context';
import { servedAt } from './objects/served';
import { ObjectStore } from './ObjectStore';
import { parsePath, ResourceRequest } from './request';
import { apiVersionOf, qualifiedPlural } from './resources';
import {
  methodNotAllowed,
  notFound,
  StatusError,
  tooLarge,
  unknownResource,
} from './status';
import { Watcher } from './watch';
import { checkIsJson } from './writes/bodies';
import { isCreatable } from './writes/changesOf';
import { createObject } from './writes/creation';
import { deleteObject } from './writes/deletion';
import { evict } from './writes/eviction';
import { ObjectWriter } from './writes/ObjectWriter';
import { resize } from './writes/resize';
import { scaleOf, writeScale } from './writes/scale';
import { parseWriteOptions } from './writes/writeOptions';

/** How often watches look for changes. */
const TICK_MS = 1000;

/** Most that a request may send: an API server's own limit. */
const MOST_BODY = '3mb';

/** How long it takes until a change of what Git has is put back. */
const SELF_HEAL_SECONDS = 8;

/** What the API of a cluster stands on. */
export interface KubernetesApiOptions {
  cluster: WorldCluster;
  now: () => Date;
  /** How long changes are kept for watches and pages, in milliseconds. */
  keepMs?: number;
  /** Throws what `intervene` would reject with, and changes nothing. */
  check: (entry: Intervention) => void;
  /** Changes the world, for good. */
  intervene: (entry: Intervention) => Promise<void>;
  /** Seconds from a change of what Git has until it is put back; Infinity = never. Default {@link SELF_HEAL_SECONDS}. */
  selfHealSeconds?: number;
}

/** The Kubernetes API of one cluster of the world. */
export class KubernetesApi {
  readonly #cluster: WorldCluster;
  readonly #now: () => Date;
  readonly #store: ObjectStore;
  readonly #writer: ObjectWriter;
  readonly #healing: SelfHealing;
  readonly #watchers = new Set<Watcher>();
  /** The last write: the next one waits for it. */
  #lastWrite: Promise<unknown> = Promise.resolve();
  #tick?: NodeJS.Timeout;

  static create(options: KubernetesApiOptions): KubernetesApi {
    return new KubernetesApi(options);
  }

  private constructor(options: KubernetesApiOptions) {
    const { cluster, now, check, intervene } = options;
    this.#cluster = cluster;
    this.#now = now;
    this.#store = ObjectStore.create({
      read: () => servedAt(cluster, now()),
      now: () => now().getTime(),
      keepMs: options.keepMs,
      done: () => cluster.interventions,
    });
    const writerAt = (clock: () => Date) =>
      ObjectWriter.create({
        cluster: cluster.name,
        store: this.#store,
        now: clock,
        isMade: object => this.#isMade(object),
        check,
        intervene,
      });
    this.#writer = writerAt(now);
    this.#healing = SelfHealing.create({
      cluster,
      writerAt: at => writerAt(() => at),
      afterSeconds: options.selfHealSeconds ?? SELF_HEAL_SECONDS,
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
    router.use(
      ['/api', '/apis'],
      express.text({ type: () => true, limit: MOST_BODY }),
      (req, res, next) => void this.#serve(req, res).catch(next),
    );
    router.use(
      (
        error: unknown,
        _req: Request,
        res: Response,
        next: (error: unknown) => void,
      ) => {
        const said = isTooLarge(error) ? tooLarge() : error;
        if (said instanceof StatusError) {
          res.status(said.status.code).json(said.status);
        } else {
          next(said);
        }
      },
    );
    return router;
  }

  /** Does what is due by now, before anything else is read or written. */
  async catchUp(): Promise<void> {
    await this.#inTurn(() => this.#healing.catchUp(this.#now()));
  }

  /** Ends every watch. */
  close(): void {
    this.#watchers.forEach(watcher => watcher.close());
  }

  async #serve(req: Request, res: Response): Promise<void> {
    const request = parsePath(req.baseUrl + req.path);
    if (!request) {
      throw unknownResource();
    }
    await this.catchUp();
    if (req.method !== 'GET') {
      await this.#write(req, res, request);
      return;
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

  async #write(
    req: Request,
    res: Response,
    request: ResourceRequest,
  ): Promise<void> {
    const { answer, isNew } = await this.#inTurn(() =>
      this.#writeNow(req, request),
    );
    res.status(isNew ? 201 : 200).json(answer);
  }

  #isMade(object: ObjectName): boolean {
    const seconds =
      (this.#now().getTime() - this.#cluster.start.getTime()) / 1000;
    return this.#cluster.createdAt(object, seconds) !== undefined;
  }

  /** One after the other, so that what a write was checked against still holds. */
  #inTurn<T>(write: () => Promise<T>): Promise<T> {
    const written = this.#lastWrite.then(write);
    this.#lastWrite = written.catch(() => {});
    return written;
  }

  async #writeNow(
    req: Request,
    request: ResourceRequest,
  ): Promise<{ answer: unknown; isNew: boolean }> {
    const { name, subresource } = request;
    const body = typeof req.body === 'string' ? req.body : '';
    const contentType = req.get('content-type');
    const optionsFor = (
      kind: Parameters<typeof parseWriteOptions>[1]['kind'],
      isApply = false,
    ) =>
      parseWriteOptions(req.query, {
        kind,
        isApply,
        userAgent: req.get('user-agent'),
      });
    const isPost = req.method === 'POST';
    const done = async (answer: Promise<unknown>) => ({
      answer: await answer,
      isNew: isPost,
    });
    if (name === undefined && !(isPost && isCreatable(request.resource))) {
      throw methodNotAllowed();
    }
    if (req.method !== 'PATCH') {
      checkIsJson(contentType);
    }
    if (name === undefined) {
      return done(
        createObject(this.#writer, request, body, optionsFor('CreateOptions')),
      );
    }
    switch (`${req.method} ${subresource ?? ''}`.trim()) {
      case 'PATCH': {
        const { object, isNew } = await this.#writer.patch(
          request,
          body,
          contentType,
          isApply => optionsFor('PatchOptions', isApply),
        );
        return { answer: object, isNew };
      }
      case 'PUT':
        return done(
          this.#writer.put(request, body, optionsFor('UpdateOptions')),
        );
      case 'DELETE':
        return done(
          deleteObject(
            this.#writer,
            request,
            body,
            optionsFor('DeleteOptions'),
          ),
        );
      case 'PATCH scale':
      case 'PUT scale': {
        const method = req.method as 'PATCH' | 'PUT';
        return done(
          writeScale(
            this.#writer,
            request,
            body,
            contentType,
            optionsFor(method === 'PATCH' ? 'PatchOptions' : 'UpdateOptions'),
            method,
          ),
        );
      }
      case 'PATCH resize':
      case 'PUT resize': {
        const method = req.method as 'PATCH' | 'PUT';
        return done(
          resize(
            this.#writer,
            request,
            body,
            contentType,
            optionsFor(method === 'PATCH' ? 'PatchOptions' : 'UpdateOptions'),
            method,
          ),
        );
      }
      case 'POST eviction':
        if (request.resource.plural !== 'pods') {
          throw unknownResource();
        }
        return done(
          evict(
            this.#writer,
            request,
            body,
            optionsFor('CreateOptions'),
            () =>
              new ObjectContext(
                this.#cluster,
                this.#cluster.stateAt(this.#now()),
              ),
          ),
        );
      default:
        throw methodNotAllowed();
    }
  }

  #get(request: ResourceRequest) {
    const { resource, namespace = '', name = '', subresource } = request;
    const readable = [undefined, 'status', 'scale'];
    if (
      !readable.includes(subresource) &&
      !(subresource === 'resize' && resource.plural === 'pods')
    ) {
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
    return subresource === 'scale' ? scaleOf(request, object) : object;
  }

  /** Watches are told of what has changed, and of what was due. */
  #tickNow(): void {
    this.catchUp().then(
      () => this.#store.sync(),
      // Said to whoever asks next.
      () => {},
    );
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
    this.#tick ??= setInterval(() => this.#tickNow(), TICK_MS);
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

/** What express says of a body that is larger than it reads. */
function isTooLarge(error: unknown): boolean {
  return (
    error instanceof Error &&
    'type' in error &&
    error.type === 'entity.too.large'
  );
}

function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw unknownResource();
  }
  return value;
}
