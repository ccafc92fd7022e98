/**
 * Fake API servers in a process of their own: lists in pages and watches on which
 * nothing happens. Prints their URLs as one JSON line, and how much was asked of them
 * at `/asked`.
 */
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { numericOptions } from '../options';
import { objectsOf, Served } from './objects';

const VERSION = '900000';
/** As a real one tells now and then that nothing has changed. */
const BOOKMARK_MS = 10_000;

let asked = 0;

function answer(
  served: ReadonlyMap<string, Served>,
  url: URL,
  response: ServerResponse,
): void {
  if (url.pathname === '/asked') {
    json(response, 200, { asked });
    return;
  }
  asked += 1;
  const kind = served.get(url.pathname);
  if (!kind) {
    json(response, 404, {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'NotFound',
      code: 404,
      message: 'the server could not find the requested resource',
    });
    return;
  }
  const { apiVersion } = kind;
  if (url.searchParams.has('watch')) {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const tell = () =>
      response.write(
        `${JSON.stringify({
          type: 'BOOKMARK',
          object: {
            kind: kind.kind,
            apiVersion,
            metadata: { resourceVersion: VERSION },
          },
        })}\n`,
      );
    tell();
    const timer = setInterval(tell, BOOKMARK_MS);
    response.on('close', () => clearInterval(timer));
    return;
  }
  const start = Number(url.searchParams.get('continue') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? kind.items.length);
  const end = start + limit;
  json(response, 200, {
    kind: `${kind.kind}List`,
    apiVersion,
    metadata: {
      resourceVersion: VERSION,
      ...(end < kind.items.length && { continue: String(end) }),
    },
    items: kind.items.slice(start, end),
  });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function main() {
  const { clusters, objects } = numericOptions({
    clusters: 5,
    objects: 50_000,
  });
  const urls: string[] = [];
  for (let index = 0; index < clusters; index += 1) {
    const served = new Map(
      objectsOf(`cluster-${index}`, Math.floor(objects / clusters)).map(
        kind => [kind.path, kind],
      ),
    );
    const server = createServer((request, response) =>
      answer(served, new URL(request.url ?? '', 'http://fake'), response),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    urls.push(`http://127.0.0.1:${port}`);
  }
  process.stdout.write(`${JSON.stringify({ urls })}\n`);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
