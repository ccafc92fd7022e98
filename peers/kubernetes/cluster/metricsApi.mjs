/**
 * `metrics.k8s.io` as metrics-server has it, answering what a test feeds it.
 * The API server asks it over TLS; tests feed it over plain HTTP on loopback:
 * `PUT / {"pods": [{namespace, name, labels, containers: [{name, cpuCores, memoryBytes}]}]}`.
 * What KEDA is to measure is fed there too: `PUT /values/<name> {"value": 12}`, which
 * its trigger `metrics-api` gets from the same place.
 */
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';

const GROUP_VERSION = 'metrics.k8s.io/v1beta1';
const PODS = new RegExp(
  `^/apis/${GROUP_VERSION}(?:/namespaces/([^/]+))?/pods(?:/([^/]+))?$`,
);
/** What a kubelet averages over. */
const WINDOW = '15s';

/**
 * @param {{ cert: Buffer, key: Buffer }} tls
 * @returns {Promise<{ port: number, feedUrl: string, close: () => void }>}
 */
export async function startMetricsApi(tls) {
  let pods = [];
  const values = new Map();
  const api = https.createServer(tls, (request, response) => {
    const { pathname, searchParams } = new URL(
      request.url,
      'https://localhost',
    );
    const answer = answerTo(pathname, searchParams.get('labelSelector'), pods);
    response.writeHead(answer.code ?? 200, {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify(answer));
  });
  const feed = http.createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (request.method === 'PUT' && request.url === '/') {
      pods = JSON.parse(text).pods;
    } else if (request.method === 'PUT') {
      values.set(request.url, text);
    } else if (!values.has(request.url)) {
      response.writeHead(404);
    }
    response.end(values.get(request.url));
  });
  for (const server of [api, feed]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return {
    port: api.address().port,
    feedUrl: `http://127.0.0.1:${feed.address().port}/`,
    close() {
      for (const server of [api, feed]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function answerTo(pathname, selector, pods) {
  if (pathname === `/apis/${GROUP_VERSION}`) {
    return {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: GROUP_VERSION,
      resources: [
        {
          name: 'pods',
          singularName: '',
          namespaced: true,
          kind: 'PodMetrics',
          verbs: ['get', 'list'],
        },
      ],
    };
  }
  const [match, namespace, name] = PODS.exec(pathname) ?? [];
  const found = pods.filter(
    pod =>
      (!namespace || pod.namespace === namespace) &&
      (!name || pod.name === name) &&
      isSelected(selector, pod.labels),
  );
  if (!match || (name && found.length === 0)) {
    return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 };
  }
  const items = found.map(toPodMetrics);
  const list = {
    kind: 'PodMetricsList',
    apiVersion: GROUP_VERSION,
    metadata: {},
    items,
  };
  return name ? items[0] : list;
}

/** Equality is all that a Deployment's selector becomes. */
function isSelected(selector, labels = {}) {
  return (selector ?? '')
    .split(',')
    .filter(Boolean)
    .every(term => {
      const [key, value] = term.split(/==?/);
      return labels[key] === value;
    });
}

function toPodMetrics({ namespace, name, labels, containers }) {
  const now = new Date().toISOString();
  return {
    kind: 'PodMetrics',
    apiVersion: GROUP_VERSION,
    metadata: { namespace, name, labels, creationTimestamp: now },
    timestamp: now,
    window: WINDOW,
    containers: containers.map(container => ({
      name: container.name,
      usage: {
        cpu: `${Math.round(container.cpuCores * 1e9)}n`,
        memory: `${Math.round(container.memoryBytes)}`,
      },
    })),
  };
}
