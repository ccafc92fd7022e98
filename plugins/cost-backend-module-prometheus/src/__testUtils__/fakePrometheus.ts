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
  scrapes?: FakeSeries[];
  /** As {@link FakeAnswers.scrapes} unless given. */
  podScrapes?: FakeSeries[];
  witnesses?: FakeSeries[];
  objectCounts?: FakeSeries[];
  nodes?: FakeSeries[];
  pods?: FakeSeries[];
  podLabels?: FakeSeries[];
  /** By hour, as held evenly through each, while the pod held its place. */
  requests?: FakeSeries[];
  states?: FakeSeries[];
  owners?: FakeSeries[];
  volumes?: FakeSeries[];
  usage?: FakeSeries[];
  unread?: FakeSeries[];
  gpu?: FakeSeries[];
  nodeCount?: FakeSeries[];
  failedScrapes?: FakeSeries[];
}

/** What tells the queries apart; the first that fits. */
const SIGNS: Array<[keyof FakeAnswers, RegExp]> = [
  ['failedScrapes', /avg_over_time\(up/],
  ['nodeCount', /^count\(kube_node_info/],
  ['scrapes', /timestamp\(kube_node_info/],
  ['podScrapes', /timestamp\(kube_pod_info/],
  ['witnesses', /^topk/],
  ['objectCounts', /node-told/],
  ['nodes', /kube_node_status_capacity/],
  ['volumes', /kube_persistentvolumeclaim_resource/],
  ['requests', /counts-requests/],
  ['states', /counts-restarts/],
  ['pods', /counts-phases/],
  ['podLabels', /kube_pod_labels/],
  ['owners', /kube_replicaset_owner/],
  ['unread', /by-cpu/],
  ['usage', /container_memory_working_set/],
  ['gpu', /DCGM/],
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
      data: {
        resultType: 'matrix',
        result: answerTo(kind, answers, params),
      },
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

function answerTo(
  kind: keyof FakeAnswers,
  answers: FakeAnswers,
  params: URLSearchParams,
): FakeSeries[] {
  if (kind === 'requests') {
    return requestsBySlot(answers);
  }
  if (kind !== 'podScrapes') {
    return answers[kind] ?? [];
  }
  const step = Number(params.get('step'));
  return (answers.podScrapes ?? answers.scrapes ?? []).map(
    ({ metric, values }) => ({
      metric,
      values: values.filter(([at]) => at % step === 0),
    }),
  );
}

/** Requests and places of whole hours, divided over their slots. */
function requestsBySlot({ requests = [], pods = [] }: FakeAnswers) {
  const places = pods.filter(({ metric }) => metric.headroom_part === 'place');
  return [...places, ...requests].map(({ metric, values }) => ({
    metric,
    values: values.flatMap(([at, value]) =>
      Array.from({ length: 12 }, (_, slot): [number, string] => [
        at - 3600 + (slot + 1) * 300,
        String(Number(value) / 12),
      ]),
    ),
  }));
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

/** Values at the ends of consecutive slots of five minutes; `undefined` = none. */
export function bySlot(
  metric: Record<string, string>,
  values: Array<number | undefined>,
  firstSlot = 0,
): FakeSeries {
  return {
    metric,
    values: values.flatMap(
      (value, index): Array<[number, string]> =>
        value === undefined
          ? []
          : [[START_SECONDS + (firstSlot + index + 1) * 300, String(value)]],
    ),
  };
}

/**
 * When a target was last scraped, as seen at regular instants, while it is scraped
 * every so many seconds and for five minutes after.
 */
export function scrapedEvery(
  metric: Record<string, string>,
  interval: number,
  from = -900,
  to = 3600,
): FakeSeries {
  const values: FakeSeries['values'] = [];
  for (let at = Math.ceil(from / 10) * 10; at <= to; at += 10) {
    const last = from + Math.floor((at - from) / interval) * interval;
    values.push([START_SECONDS + at, String(START_SECONDS + last)]);
  }
  return { metric, values };
}
