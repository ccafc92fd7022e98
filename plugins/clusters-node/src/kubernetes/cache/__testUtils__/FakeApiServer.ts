import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesAccess } from '../../KubernetesAccess';
import { status } from '../../client/__testUtils__/access';
import { KubernetesReader } from '../../client/KubernetesReader';

export interface FakeObject {
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
  };
  [field: string]: unknown;
}

interface FakeEvent {
  path: string;
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: FakeObject;
}

/** Where a list goes on. */
interface Continued {
  version: string;
  from: number;
  items: FakeObject[];
}

interface Watching {
  path: string;
  /** All up to this version was sent. */
  sent: number;
  response: ServerResponse;
}

/**
 * As much of an API server as caches ask of one, over real connections, which can be
 * made to break, forget and refuse.
 */
export class FakeApiServer {
  /** What was asked, e.g. `list /apis/apps/v1/deployments`. */
  readonly asked: string[] = [];
  /** Answers that take the place of the real ones, by path. */
  readonly refused = new Map<string, { code: number; reason: string }>();
  /** Called before each page of a list; what it throws is not answered at all. */
  beforePage: (path: string, page: number) => Promise<'expired' | void> =
    async () => {};
  /** Events are kept back until they are released. */
  holding = false;
  /** Most lists that were read at the same time. */
  mostLists = 0;
  #lists = 0;
  #version = 100;
  #forgotten = 0;
  #uids = 0;
  readonly #objects = new Map<string, Map<string, FakeObject>>();
  readonly #events: FakeEvent[] = [];
  readonly #watching = new Set<Watching>();
  readonly #continued = new Map<string, Continued>();
  readonly #server: Server;

  static async start(): Promise<FakeApiServer> {
    const fake = new FakeApiServer();
    await new Promise<void>(resolve => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  get version(): string {
    return String(this.#version);
  }

  access(timeoutMs = 2000): KubernetesAccess {
    const { port } = this.#server.address() as AddressInfo;
    const kubeConfigFor = () => {
      const config = new KubeConfig();
      config.loadFromClusterAndUser(
        {
          name: 'fake',
          server: `http://127.0.0.1:${port}`,
          skipTLSVerify: true,
        },
        { name: 'reads', token: 'reads' },
      );
      return config;
    };
    return {
      kubeConfigFor: name => (name === 'fake' ? kubeConfigFor() : undefined),
      actingKubeConfigFor: () => undefined,
      timeoutMsFor: () => timeoutMs,
    };
  }

  reader(timeoutMs?: number): KubernetesReader {
    return KubernetesReader.of(this.access(timeoutMs), 'fake')!;
  }

  /** Makes or changes an object. */
  set(
    path: string,
    name: string,
    fields: object = {},
    namespace: string | undefined = 'shop',
  ): FakeObject {
    const objects = this.#objects.get(path) ?? new Map<string, FakeObject>();
    this.#objects.set(path, objects);
    const before = objects.get(name);
    this.#version += 1;
    if (!before) {
      this.#uids += 1;
    }
    const { metadata, ...rest } = fields as { metadata?: object };
    const object: FakeObject = {
      ...rest,
      metadata: {
        ...metadata,
        name,
        ...(namespace && { namespace }),
        uid: before?.metadata.uid ?? `uid-${this.#uids}`,
        resourceVersion: this.version,
      },
    };
    objects.set(name, object);
    this.#tell(path, before ? 'MODIFIED' : 'ADDED', object);
    return object;
  }

  delete(path: string, name: string): void {
    const objects = this.#objects.get(path)!;
    const before = objects.get(name)!;
    objects.delete(name);
    this.#version += 1;
    this.#tell(path, 'DELETED', {
      ...before,
      metadata: { ...before.metadata, resourceVersion: this.version },
    });
  }

  names(path: string): string[] {
    return [...(this.#objects.get(path)?.keys() ?? [])].sort();
  }

  /** Breaks all connections. */
  cut(): void {
    this.#watching.forEach(({ response }) => response.destroy());
    this.#watching.clear();
  }

  /** Older versions can't be watched from any more. */
  forget(): void {
    this.#version += 1;
    this.#forgotten = this.#version;
  }

  bookmark(): void {
    for (const { response } of this.#watching) {
      write(response, 'BOOKMARK', {
        metadata: { resourceVersion: this.version },
      });
    }
  }

  release(): void {
    this.holding = false;
    this.#watching.forEach(watching => this.#send(watching));
  }

  get watches(): number {
    return this.#watching.size;
  }

  count(what: string): number {
    return this.asked.filter(each => each === what).length;
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #tell(path: string, type: FakeEvent['type'], object: FakeObject): void {
    // What happened is told as it was then.
    this.#events.push({
      path,
      type,
      version: this.#version,
      object: structuredClone(object),
    });
    this.#watching.forEach(watching => this.#send(watching));
  }

  #send(watching: Watching): void {
    if (this.holding) {
      return;
    }
    for (const event of this.#events) {
      if (event.version > watching.sent && event.path === watching.path) {
        write(watching.response, event.type, event.object);
      }
    }
    watching.sent = this.#version;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '', 'http://fake');
    const { pathname, searchParams } = url;
    const watches = searchParams.has('watch');
    const refusal = this.refused.get(pathname);
    const token = searchParams.get('continue');
    if (!token) {
      this.asked.push(`${watches ? 'watch' : 'list'} ${pathname}`);
    }
    if (refusal) {
      json(response, refusal.code, status(refusal.code, refusal.reason));
    } else if (watches) {
      this.#watch(
        pathname,
        Number(searchParams.get('resourceVersion')),
        response,
      );
    } else {
      await this.#list(pathname, searchParams, token, response);
    }
  }

  #watch(path: string, version: number, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (version < this.#forgotten) {
      write(response, 'ERROR', status(410, 'Expired'));
      response.end();
      return;
    }
    response.flushHeaders();
    const watching = { path, sent: version, response };
    this.#watching.add(watching);
    response.on('close', () => this.#watching.delete(watching));
    this.#send(watching);
  }

  async #list(
    path: string,
    query: URLSearchParams,
    token: string | null,
    response: ServerResponse,
  ): Promise<void> {
    const { version, from, items }: Continued = (token &&
      this.#continued.get(token)) || {
      version: this.version,
      from: 0,
      items: [...(this.#objects.get(path)?.values() ?? [])],
    };
    const limit = Number(query.get('limit'));
    if (from === 0) {
      this.#lists += 1;
      this.mostLists = Math.max(this.mostLists, this.#lists);
    }
    const said = await this.beforePage(path, from / limit);
    if (said === 'expired') {
      this.#lists -= 1;
      json(response, 410, status(410, 'Expired'));
      return;
    }
    const rest = from + limit < items.length;
    if (!rest) {
      this.#lists -= 1;
    }
    const next = `${path} ${version} ${from + limit}`;
    this.#continued.set(next, { version, from: from + limit, items });
    json(response, 200, {
      metadata: { resourceVersion: version, ...(rest && { continue: next }) },
      items: items.slice(from, from + limit),
    });
  }
}

function json(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function write(response: ServerResponse, type: string, object: object): void {
  response.write(`${JSON.stringify({ type, object })}\n`);
}
