import { createServer, Server } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';

/** Seconds between two readings of cAdvisor, which gives them times of its own. */
export const HOUSEKEEPING_SECONDS = 3;

const GIB = 2 ** 30;
const WEB = 'namespace="shop",pod="web-1"';

/** What kube-state-metrics says of a node and a pod, by series. */
const OBJECTS: Record<string, string> = {
  kube_namespace_created: 'namespace="kube-system"',
  kube_node_info: 'node="node-1",internal_ip="10.0.0.1"',
  kube_pod_info: `${WEB},node="node-1"`,
  kube_pod_status_phase: `${WEB},phase="Running"`,
  kube_pod_owner: `${WEB},owner_kind="ReplicaSet",owner_name="web"`,
  kube_pod_labels: `${WEB},label_app="web"`,
  kube_pod_container_resource_requests: `${WEB},container="web",resource="cpu",node="node-1"`,
  kube_pod_container_resource_limits: `${WEB},container="web",resource="cpu",node="node-1"`,
  kube_pod_container_info: `${WEB},container="web",image="web:1"`,
  kube_pod_container_status_restarts_total: `${WEB},container="web"`,
  kube_pod_container_state_started: `${WEB},container="web"`,
  kube_pod_init_container_resource_requests: `${WEB},container="init",resource="cpu"`,
  kube_pod_init_container_status_running: `${WEB},container="init"`,
  kube_pod_init_container_status_ready: `${WEB},container="init"`,
  kube_replicaset_owner: 'namespace="shop",replicaset="web"',
  kube_job_owner: 'namespace="shop",job_name="once"',
  kube_node_labels:
    'node="node-1",label_node_kubernetes_io_instance_type="m5.2xlarge",label_topology_kubernetes_io_region="us-west-2"',
};

function objects(without: string[]): string[] {
  return [
    ...Object.entries(OBJECTS)
      .filter(([name]) => !without.includes(name))
      .map(([name, labels]) => `${name}{${labels}} 1`),
    `kube_node_status_capacity{node="node-1",resource="cpu"} 8`,
    `kube_node_status_capacity{node="node-1",resource="memory"} ${32 * GIB}`,
  ];
}

function usage(): string[] {
  const step = HOUSEKEEPING_SECONDS * 1000;
  const at = Math.floor(Date.now() / step) * step;
  const container = `${WEB},container="web",id="/kubepods/pod1/a",name="a"`;
  return [
    `container_memory_working_set_bytes{${container}} ${GIB} ${at}`,
    `container_memory_working_set_bytes{id="/"} ${GIB} ${at}`,
    `container_cpu_usage_seconds_total{${container},cpu="total"} ${
      at / 1000
    } ${at}`,
    `container_cpu_cfs_periods_total{${container}} 1 ${at}`,
    `container_oom_events_total{${container}} 0 ${at}`,
  ];
}

/** Metrics of a small cluster by path; `?without=…` leaves series out. */
export async function startExporters(): Promise<{
  server: Server;
  target: string;
}> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const without = searchParams.getAll('without');
    const lines: Record<string, () => string[]> = {
      '/objects': () => objects(without),
      '/metrics/cadvisor': usage,
      '/metrics': () => ['kubelet_running_pods 1'],
      '/metrics/probes': () => ['prober_probe_total 1'],
      '/metrics/slis': () => ['kubernetes_healthcheck 1'],
    };
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(`${(lines[pathname]?.() ?? []).join('\n')}\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, target: `127.0.0.1:${port}` };
}

/** One job of four paths, as kube-prometheus and OpenShift have it, thirty times faster. */
export function kubeletJobs(target: string, cluster: string): string {
  const path = (metricsPath: string, seconds: number) => `
  - job_name: ${cluster}-kubelet${metricsPath.replace(/\//g, '-')}
    scrape_interval: ${seconds}s
    scrape_timeout: ${seconds}s
    honor_labels: true
    metrics_path: ${metricsPath}
    static_configs: [{ targets: ['${target}'], labels: { cluster: ${cluster} } }]
    relabel_configs:
      - { source_labels: [__metrics_path__], target_label: metrics_path }
      - { target_label: job, replacement: kubelet }`;
  return [
    path('/metrics', 2),
    path('/metrics/cadvisor', 2),
    path('/metrics/probes', 2),
    path('/metrics/slis', 1),
  ].join('');
}

export function objectsJob(
  target: string,
  cluster: string,
  options: { job?: string; without?: string[] } = {},
): string {
  const { job = 'kube-state-metrics', without = [] } = options;
  return `
  - job_name: ${cluster}-${job}
    scrape_interval: 2s
    scrape_timeout: 2s
    honor_labels: true
    metrics_path: /objects
    params: { without: [${without.join(', ')}] }
    static_configs: [{ targets: ['${target}'], labels: { cluster: ${cluster} } }]
    relabel_configs: [{ target_label: job, replacement: ${job} }]`;
}
