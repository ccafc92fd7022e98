/**
 * What the services are scaled by, as it is told where they run: usage by the metrics
 * API, requests and queues of each pod by a Prometheus that scrapes them, the length
 * of a queue by what RabbitMQ's management API answers.
 */
import { V1Pod } from '@kubernetes/client-node';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { feed } from '../../kubernetes/suites/cluster';
import { PrometheusServer } from '../../prometheus/PrometheusServer';
import { getJson } from './apiServer';
import { scratchFolder } from './peer';

const FEED_EVERY_MS = 500;
/** Messages that wait: more than one replica's share, less than two's. */
export const WAITING_MESSAGES = 25;
const REQUESTS_PER_SECOND = 2;

export interface Signals {
  prometheusUrl: string;
  /** With credentials, as the Secret of a service has it. */
  queueUrl: string;
  stop(): Promise<void>;
}

async function runningPods(): Promise<V1Pod[]> {
  const { items } = await getJson('/api/v1/pods');
  return items.filter(({ status }: V1Pod) => status?.phase === 'Running');
}

/** What an exporter says of pods, as a PodMonitor has it labelled. */
function expose(pods: readonly V1Pod[], seconds: number): string {
  const requests = Math.round(seconds * REQUESTS_PER_SECOND);
  return pods
    .map(({ metadata }) => {
      const of = `namespace="${metadata!.namespace}",pod="${metadata!.name}"`;
      return [
        `http_requests_total{${of},status="200"} ${requests}`,
        ...['0.1', '+Inf'].map(
          le =>
            `http_request_duration_seconds_bucket{${of},le="${le}"} ${requests}`,
        ),
        `inference_queue_depth{${of}} 2`,
        `inference_running_requests{${of}} 3`,
        '',
      ].join('\n');
    })
    .join('');
}

async function listen(
  answer: (url: string) => Promise<string>,
): Promise<{ server: Server; address: string }> {
  const server = createServer(async (request, response) => {
    response.end(await answer(request.url!).catch(String));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, address: `127.0.0.1:${port}` };
}

export async function startSignals(): Promise<Signals> {
  const began = Date.now();
  const exporter = await listen(async () =>
    expose(await runningPods(), (Date.now() - began) / 1000),
  );
  const queues = await listen(async url =>
    JSON.stringify({
      name: decodeURIComponent(url.split('/').pop()!),
      messages: WAITING_MESSAGES,
      messages_ready: WAITING_MESSAGES,
      messages_unacknowledged: 0,
    }),
  );
  const prometheus = await PrometheusServer.create(
    scratchFolder('prometheus'),
    {
      config: JSON.stringify({
        global: { scrape_interval: '2s', scrape_timeout: '2s' },
        scrape_configs: [
          {
            job_name: 'pods',
            honor_labels: true,
            static_configs: [{ targets: [exporter.address] }],
          },
        ],
      }),
    },
  );
  await prometheus.start();
  const stopping = new AbortController();
  const feeding = feedUsage(stopping.signal);
  return {
    prometheusUrl: prometheus.url,
    queueUrl: `http://guest:guest@${queues.address}/`,
    async stop() {
      stopping.abort();
      await feeding;
      await prometheus.stop();
      for (const { server } of [exporter, queues]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

/** Each pod uses little of what it requests, so that nothing has to be scaled. */
async function feedUsage(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pods = await runningPods();
    await feed(
      pods.map(({ metadata, spec }) => ({
        namespace: metadata!.namespace!,
        name: metadata!.name!,
        labels: metadata!.labels,
        containers: spec!.containers.map(({ name }) => ({
          name,
          cpuCores: 0.02,
          memoryBytes: 5e7,
        })),
      })),
    );
    await sleep(FEED_EVERY_MS);
  }
}
