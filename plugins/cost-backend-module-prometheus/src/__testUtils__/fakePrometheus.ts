import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { http, HttpResponse } from 'msw';
import { SetupServer } from 'msw/node';

/** A series as Prometheus writes it: values by the time they are evaluated at. */
export interface FakeSeries {
  metric: Record<string, string>;
  values: Array<[seconds: number, value: string]>;
}

/** What each query of the source is answered with; absent = no series. */
export interface FakeAnswers {
  nodes?: FakeSeries[];
  pods?: FakeSeries[];
  phases?: FakeSeries[];
  podLabels?: FakeSeries[];
  requests?: FakeSeries[];
  owners?: FakeSeries[];
  volumes?: FakeSeries[];
  containers?: FakeSeries[];
  lastRead?: FakeSeries[];
  cpu?: FakeSeries[];
  memory?: FakeSeries[];
  samples?: FakeSeries[];
  gpu?: FakeSeries[];
  up?: FakeSeries[];
}

/** What tells the queries apart; the first that fits. */
const SIGNS: Array<[keyof FakeAnswers, RegExp]> = [
  ['nodes', /kube_node_info/],
  ['pods', /kube_pod_info/],
  ['phases', /kube_pod_status_phase/],
  ['podLabels', /kube_pod_labels/],
  ['requests', /kube_pod_container_resource_requests/],
  ['owners', /kube_replicaset_owner/],
  ['volumes', /kube_persistentvolumeclaim/],
  ['gpu', /DCGM/],
  ['up', /^up\{/],
  ['samples', /rate\(container_cpu/],
  ['lastRead', /timestamp\(/],
  ['cpu', /max_over_time\(container_cpu/],
  ['containers', /count_over_time\(container_cpu/],
  ['memory', /container_memory/],
];

export interface AskedQuery {
  kind: keyof FakeAnswers;
  query: string;
  params: URLSearchParams;
}

export const URL_OF_FAKE = 'http://prometheus.test';

/** Answers as the HTTP API of Prometheus does, and notes what it was asked. */
export function fakePrometheus(
  server: SetupServer,
  answers: FakeAnswers,
  warnings?: string[],
): AskedQuery[] {
  const asked: AskedQuery[] = [];
  const answer = (params: URLSearchParams) => {
    const query = params.get('query') ?? '';
    const kind = SIGNS.find(([, sign]) => sign.test(query))?.[0];
    if (!kind) {
      return HttpResponse.json({ status: 'error' }, { status: 400 });
    }
    asked.push({ kind, query, params });
    return HttpResponse.json({
      status: 'success',
      warnings,
      data: { resultType: 'matrix', result: answers[kind] ?? [] },
    });
  };
  server.use(
    http.get(`${URL_OF_FAKE}/api/v1/*`, ({ request }) =>
      answer(new URL(request.url).searchParams),
    ),
    http.post(`${URL_OF_FAKE}/api/v1/*`, async ({ request }) =>
      answer(new URLSearchParams(await request.text())),
    ),
  );
  return asked;
}

export function clusterOf(
  matchers: Record<string, string> = {},
): ClusterConfig {
  return {
    name: 'us-west',
    title: 'US West',
    region: 'us-west-2',
    labels: {},
    prometheus: {
      url: URL_OF_FAKE,
      auth: { type: 'none' },
      headers: {},
      timeoutMs: 5000,
      matchers,
    },
  };
}

/** 10:00 UTC. */
export const START = new Date('2026-03-02T10:00:00Z');
export const START_SECONDS = START.getTime() / 1000;
export const HOUR = '2026-03-02T10:00:00.000Z';

export function end(hours: number): Date {
  return new Date(START.getTime() + hours * 3_600_000);
}

/** A series with these values at the ends of consecutive hours; `undefined` = none. */
export function hourly(
  metric: Record<string, string>,
  ...values: Array<number | undefined>
): FakeSeries {
  return {
    metric,
    values: values.flatMap(
      (value, index): Array<[number, string]> =>
        value === undefined
          ? []
          : [[START_SECONDS + (index + 1) * 3600, String(value)]],
    ),
  };
}

/** When a counter was last read, at the start of the first hour, the second … */
export function readAt(
  metric: Record<string, string>,
  ...secondsFromStart: Array<number | undefined>
): FakeSeries {
  return {
    metric,
    values: secondsFromStart.flatMap(
      (seconds, index): Array<[number, string]> =>
        seconds === undefined
          ? []
          : [[START_SECONDS + index * 3600, String(START_SECONDS + seconds)]],
    ),
  };
}

/** Samples of `up` of a job, one every `interval` seconds for an hour. */
export function upOf(job: string, interval: number): FakeSeries {
  return {
    metric: { job },
    values: Array.from(
      { length: 3600 / interval },
      (_, index): [number, string] => [START_SECONDS + index * interval, '1'],
    ),
  };
}
