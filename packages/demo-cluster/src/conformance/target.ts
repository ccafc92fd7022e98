import { KubeConfig } from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, RequestOptions } from 'node:https';
import { Answer, WatchLine, WireList, WireStatus } from './wire';

/** A Kubernetes API to read from, and the few ways to make something happen in it. */
export interface ConformanceTarget {
  config: KubeConfig;
  fixture: {
    /** All of its pods run; `app` and `backstage.io/kubernetes-id` are its name. */
    deployment: {
      namespace: string;
      name: string;
      replicas: number;
      resources: {
        requests: Record<string, string>;
        limits: Record<string, string>;
      };
    };
    /** `app` of other pods. */
    otherApp: string;
    /** `app` of pods that have no `backstage.io/kubernetes-id`. */
    appWithoutId: string;
  };
  /** Makes pods come, go or change. */
  changePods(): Promise<void>;
  /** Makes every version that was read so far too old. */
  expireVersions(): Promise<void>;
  /** A pod that was pending first and runs now, and a version before it was there. */
  startPod(): Promise<{ name: string; since: string }>;
  /** Lets time go by, in which controllers do their work. */
  passTime(): Promise<void>;
}

/** One case: the same for every target. */
export interface ConformanceCase {
  name: string;
  run(target: ConformanceTarget): Promise<void>;
}

/** What is sent with a question; nothing with a GET. */
interface Sent {
  method?: string;
  body?: string;
  /** Media type of the body. */
  type?: string;
  signal?: AbortSignal;
}

async function send(
  config: KubeConfig,
  path: string,
  { method = 'GET', body, type, signal }: Sent = {},
): Promise<IncomingMessage> {
  const { server } = config.getCurrentCluster()!;
  const options: RequestOptions = { method, signal };
  await config.applyToHTTPSOptions(options);
  if (body !== undefined) {
    options.headers = {
      ...options.headers,
      'Content-Type': type,
      // Without it, a DELETE would have no body.
      'Content-Length': Buffer.byteLength(body),
    };
  }
  const request = server.startsWith('http:') ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    request(server + path, options)
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
}

/** Asks for a path as it is, without a client in between; the caller says what it is told. */
export function get<Body = WireList>(
  target: Pick<ConformanceTarget, 'config'>,
  path: string,
): Promise<Answer<Body>> {
  return ask<Body>(target, path);
}

/** Asks for a path, or sends something to it, without a client in between. */
export async function ask<Body>(
  { config }: Pick<ConformanceTarget, 'config'>,
  path: string,
  sent: Omit<Sent, 'signal'> = {},
): Promise<Answer<Body>> {
  const response = await send(config, path, sent);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  const isJson = /json/.test(response.headers['content-type'] ?? '');
  return {
    status: response.statusCode!,
    body: isJson ? JSON.parse(text) : text,
  };
}

/** The lines of a watch of all pods, until it ends or there are enough. */
export async function watchPods(
  { config }: Pick<ConformanceTarget, 'config'>,
  query: string,
  enough = Infinity,
  watch = 'true',
): Promise<WatchLine[]> {
  const path = `/api/v1/pods?watch=${watch}&${query}`;
  const aborting = new AbortController();
  const response = await send(config, path, { signal: aborting.signal });
  assert.equal(response.statusCode, 200);
  const lines: WatchLine[] = [];
  let rest = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      const parts = `${rest}${chunk}`.split('\n');
      rest = parts.pop()!;
      lines.push(...parts.map(part => JSON.parse(part)));
      if (lines.length >= enough) {
        aborting.abort();
      }
    }
  } catch (error) {
    if (!aborting.signal.aborted) {
      throw error;
    }
  }
  return lines;
}

/** Asserts that an answer is a failure `Status` with a code and a reason. */
export function assertStatus(
  { status, body }: Answer<WireStatus>,
  code: number,
  reason: string,
): void {
  assert.deepEqual(
    { status, kind: body.kind, code: body.code, reason: body.reason },
    { status: code, kind: 'Status', code, reason },
    JSON.stringify(body),
  );
}

/** Asks for a path that must be refused. */
export async function refused(
  target: Pick<ConformanceTarget, 'config'>,
  path: string,
  code: number,
  reason: string,
): Promise<WireStatus> {
  const answer = await get<WireStatus>(target, path);
  assertStatus(answer, code, reason);
  return answer.body;
}
