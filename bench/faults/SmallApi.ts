import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** What is kept of an object. */
interface Kept {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    annotations?: Record<string, string>;
  };
  spec: Record<string, unknown>;
}

/**
 * An API of Kubernetes that knows merge patches of HPAs, and of those what keeps
 * writes apart: uid and resourceVersion as preconditions, dry runs, and that a write
 * that changes nothing moves no version. Thousands of runs need one that answers at
 * once; the demo's, which computes a world, takes its share of them beside it.
 */
export class SmallApi {
  readonly #objects = new Map<string, Kept>();
  readonly #server: Server;
  #version = 100;

  static async start(): Promise<SmallApi> {
    const api = new SmallApi();
    await new Promise<void>(resolve => {
      api.#server.listen(0, '127.0.0.1', resolve);
    });
    return api;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(namespace: string, name: string, uid: string, minReplicas: number): void {
    this.#objects.set(pathOf(namespace, name), {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        name,
        namespace,
        uid,
        resourceVersion: String((this.#version += 1)),
      },
      spec: { minReplicas, maxReplicas: 30 },
    });
  }

  remove(namespace: string, name: string): void {
    this.#objects.delete(pathOf(namespace, name));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const object = this.#objects.get(pathname);
    if (!object) {
      return answer(response, 404, status(404, 'NotFound', { name: pathname }));
    }
    if (request.method === 'GET') {
      return answer(response, 200, object);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    // Nothing is awaited from here on: one write after the other.
    const current = this.#objects.get(pathname) ?? object;
    const patch = JSON.parse(Buffer.concat(chunks).toString());
    const { uid, resourceVersion } = patch.metadata ?? {};
    if (
      (uid !== undefined && uid !== current.metadata.uid) ||
      (resourceVersion !== undefined &&
        resourceVersion !== current.metadata.resourceVersion)
    ) {
      return answer(response, 409, status(409, 'Conflict', {}));
    }
    const patched = merged(current, patch) as Kept;
    if (JSON.stringify(patched) === JSON.stringify(current)) {
      return answer(response, 200, current);
    }
    const written = {
      ...patched,
      metadata: {
        ...patched.metadata,
        resourceVersion: String(this.#version + 1),
      },
    };
    if (searchParams.get('dryRun') !== 'All') {
      this.#version += 1;
      this.#objects.set(pathname, written);
    }
    return answer(response, 200, written);
  }
}

function pathOf(namespace: string, name: string): string {
  return `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers/${name}`;
}

/** RFC 7386. */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result: Record<string, unknown> =
    typeof target === 'object' && target !== null ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = merged(result[key], value);
    }
  }
  return result;
}

function status(code: number, reason: string, details: object) {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: reason,
    reason,
    details,
    code,
  };
}

function answer(response: ServerResponse, code: number, body: object) {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
