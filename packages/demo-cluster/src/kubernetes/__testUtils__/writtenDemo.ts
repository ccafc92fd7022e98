import { DemoCluster, startDemoCluster } from '../../startDemoCluster';

export const START = new Date('2026-01-05T00:00:00Z');

/** An answer of the API; `body` is of whatever kind was asked for. */
export interface Answered {
  status: number;
  body: any;
}

/** A demo whose clock stands still until it is moved. */
export interface WrittenDemo {
  demo: DemoCluster;
  /** Moves the clock. */
  pass(seconds: number): void;
  get(path: string): Promise<Answered>;
  send(
    method: string,
    path: string,
    body?: unknown,
    type?: string,
  ): Promise<Answered>;
  /** A merge patch. */
  merge(path: string, patch: unknown): Promise<Answered>;
}

/** Starts `us-west` on a Thursday afternoon. */
export async function startWrittenDemo(
  options: { interventionFile?: string; now?: Date } = {},
): Promise<WrittenDemo> {
  let now = options.now ?? new Date('2026-02-12T20:10:00Z');
  const demo = await startDemoCluster({
    start: START,
    now: () => now,
    ports: { 'us-west': 0, 'eu-central': 0 },
    interventionFile: options.interventionFile,
  });
  const send: WrittenDemo['send'] = async (
    method,
    path,
    body,
    type = 'application/json',
  ) => {
    const response = await fetch(demo.urls['us-west'] + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': type, authorization: 'Bearer any' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    demo,
    pass: seconds => {
      now = new Date(now.getTime() + seconds * 1000);
    },
    get: path => send('GET', path),
    send,
    merge: (path, patch) =>
      send('PATCH', path, patch, 'application/merge-patch+json'),
  };
}
