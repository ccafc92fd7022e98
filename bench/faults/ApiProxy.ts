import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with one request that writes. */
export type ApiFault =
  /** It is done, and the connection is cut before the answer. */
  | 'lost'
  /** The connection is cut, and nothing is done. */
  | 'cut'
  /** It is done long after whoever asked has given up. */
  | 'late'
  /** Somebody else changes the object right before it. */
  | 'human'
  | 'busy'
  /** It is done, and the answer is a 500. */
  | 'failed';

/** A write that the API server accepted. */
export interface AcceptedWrite {
  path: string;
  /** The action whose mark it carries; absent = it only fenced something off. */
  actionId?: string;
  /** Fencing token of who wrote it. */
  token: number;
}

/** Where requests of one run go, and what goes wrong with them. */
export interface ProxyTenant {
  /** Of the API behind it. */
  upstream: string;
  /** Writes are made whatever uid and version they are for: to see that this is told. */
  blind: boolean;
  /** Asked for each write; undefined = nothing goes wrong. */
  fault(dryRun: boolean): ApiFault | undefined;
  /** Milliseconds by which `late` is late. */
  lateMs(): number;
  /** Changes the object at a path as somebody else would. */
  human(path: string): Promise<void>;
}

/**
 * Stands before the API of Kubernetes and sees what it accepts: the truth that
 * databases and ledgers are held to. Requests come at `/<run>/<token>/…`.
 */
export class ApiProxy {
  readonly #server: Server;
  readonly #tenants = new Map<string, ProxyTenant>();
  readonly #accepted = new Map<string, AcceptedWrite[]>();
  /** Requests that are under way, by run. */
  readonly #pending = new Map<string, number>();

  static async start(): Promise<ApiProxy> {
    const proxy = new ApiProxy();
    await new Promise<void>(resolve => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
    });
  }

  /** The base URL of requests of a run under a token. */
  url(run: string, token: number | string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${run}/${token}`;
  }

  enter(run: string, tenant: ProxyTenant): void {
    this.#tenants.set(run, tenant);
    this.#accepted.set(run, []);
  }

  /** What was accepted of a run so far. */
  accepted(run: string): readonly AcceptedWrite[] {
    return this.#accepted.get(run) ?? [];
  }

  isIdle(run: string): boolean {
    return (this.#pending.get(run) ?? 0) === 0;
  }

  leave(run: string): void {
    this.#tenants.delete(run);
    this.#accepted.delete(run);
    this.#pending.delete(run);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const [, run, token, ...rest] = (request.url ?? '').split('/');
    const tenant = this.#tenants.get(run);
    if (!tenant) {
      response.destroy();
      return;
    }
    this.#pending.set(run, (this.#pending.get(run) ?? 0) + 1);
    try {
      await this.#forward(request, response, {
        tenant,
        run,
        token,
        path: `/${rest.join('/')}`,
      });
    } finally {
      this.#pending.set(run, (this.#pending.get(run) ?? 1) - 1);
    }
  }

  async #forward(
    request: IncomingMessage,
    response: ServerResponse,
    to: { tenant: ProxyTenant; run: string; token: string; path: string },
  ) {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const writes = request.method === 'PATCH';
    const dryRun = to.path.includes('dryRun=All');
    const fault = writes ? to.tenant.fault(dryRun) : undefined;
    if (fault === 'busy') {
      response.writeHead(429, {
        'content-type': 'application/json',
        'retry-after': '0',
      });
      response.end(
        JSON.stringify({ kind: 'Status', reason: 'TooManyRequests' }),
      );
      return;
    }
    if (fault === 'cut') {
      response.destroy();
      return;
    }
    if (fault === 'human') {
      await to.tenant.human(to.path.split('?')[0]);
    }
    if (fault === 'late') {
      await sleep(to.tenant.lateMs());
    }
    const answer = await fetch(to.tenant.upstream + to.path, {
      method: request.method,
      ...(writes && {
        body: to.tenant.blind ? withoutPreconditions(body) : body,
        headers: { 'content-type': request.headers['content-type'] ?? '' },
      }),
    });
    const text = await answer.text();
    if (writes && !dryRun && answer.ok) {
      this.#note(to, body.toString());
    }
    if (fault === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(fault === 'failed' ? 500 : answer.status, {
      'content-type': 'application/json',
    });
    response.end(fault === 'failed' ? '{}' : text);
  }

  #note(
    { run, token, path }: Record<'run' | 'token' | 'path', string>,
    body: string,
  ) {
    const { annotations = {} } = JSON.parse(body).metadata ?? {};
    const actionId = annotations['headroom.io/action'];
    this.#accepted.get(run)?.push({
      path: path.split('?')[0],
      token: Number(token),
      ...(actionId && { actionId }),
    });
  }
}

function withoutPreconditions(body: Buffer): string {
  const { metadata, ...patch } = JSON.parse(body.toString());
  const { uid: _uid, resourceVersion: _version, ...rest } = metadata ?? {};
  return JSON.stringify({ ...patch, metadata: rest });
}
