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
}

/** One case: the same for every target. */
export interface ConformanceCase {
  name: string;
  run(target: ConformanceTarget): Promise<void>;
}

async function send(
  config: KubeConfig,
  path: string,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  const { server } = config.getCurrentCluster()!;
  const options: RequestOptions = { signal };
  await config.applyToHTTPSOptions(options);
  const request = server.startsWith('http:') ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    request(server + path, options)
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

/** Asks for a path as it is, without a client in between; the caller says what it is told. */
export async function get<Body = WireList>(
  { config }: Pick<ConformanceTarget, 'config'>,
  path: string,
): Promise<Answer<Body>> {
  const response = await send(config, path);
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
  const response = await send(config, path, aborting.signal);
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
