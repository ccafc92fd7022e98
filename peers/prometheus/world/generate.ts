import { NODES, WorldNode } from './nodes';
import { DCGM_OFFSETS, gpuSeries } from './gpus';
import { lifeSeries } from './lives';
import { PODS, WorldContainer, WorldPod } from './pods';
import { noise, seedOf } from './random';
import { GAP, KSM_RESTART, MINUTES } from './time';

/** One generated series: a value a scrape, NaN where there is none. */
export interface GeneratedSeries {
  metric: string;
  labels: Record<string, string>;
  /** Seconds after each full minute at which the job scrapes. */
  offsetSeconds: number;
  /** Index = full minutes since the start. */
  values: Float64Array;
}

const SCRAPES = MINUTES + 1;
export const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** kube-state-metrics scrapes exactly on the minute, also on the hour: the fence post. */
const KSM_OFFSET = 0;
const KUBELET_OFFSET = 11;
const SECOND_CADVISOR_OFFSET = 41;

/** Nodes that a second job scrapes cAdvisor of. */
const SCRAPED_TWICE = ['general-1', 'gpu-1'];

/** Everything a Prometheus with the usual jobs would have recorded. */
export function generate(): GeneratedSeries[] {
  return [
    ...NODES.flatMap(nodeSeries),
    ...PODS.flatMap(podSeries),
    ...claims().flatMap(claimSeries),
    ...owners(),
    ...PODS.flatMap(pod =>
      pod.containers.flatMap(container => usageSeries(pod, container)),
    ),
    ...sandboxes(),
    ...lifeSeries(),
    ...gpuSeries(),
    ...up(),
  ];
}

function inGap(minute: number): boolean {
  return minute > GAP.from && minute <= GAP.to;
}

export function series(
  metric: string,
  labels: Record<string, string | undefined>,
  offsetSeconds: number,
  value: (minute: number) => number | undefined,
): GeneratedSeries {
  const values = new Float64Array(SCRAPES).fill(NaN);
  for (let minute = 0; minute < SCRAPES; minute++) {
    if (!inGap(minute)) {
      values[minute] = value(minute) ?? NaN;
    }
  }
  const present = Object.entries(labels).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { metric, labels: Object.fromEntries(present), offsetSeconds, values };
}

/**
 * kube-state-metrics: gone for a while, then back as another pod. A sample at
 * minute m is about the minute that ends there.
 */
export function ksm(
  metric: string,
  labels: Record<string, string | undefined>,
  from: number,
  to: number,
  value = 1,
): GeneratedSeries[] {
  const target = { job: 'kube-state-metrics' };
  const part = (instance: string, first: number, last: number) =>
    series(metric, { ...target, instance, ...labels }, KSM_OFFSET, minute =>
      minute > Math.max(from, first) && minute <= Math.min(to, last)
        ? value
        : undefined,
    );
  return [
    part('10.0.0.7:8080', -1, KSM_RESTART.from),
    part('10.0.0.8:8080', KSM_RESTART.to, SCRAPES),
  ].filter(({ values }) => values.some(one => !Number.isNaN(one)));
}

function nodeSeries(node: WorldNode): GeneratedSeries[] {
  const to = node.leaves ?? SCRAPES;
  const capacity = (resource: string, unit: string, value: number) =>
    ksm(
      'kube_node_status_capacity',
      { node: node.name, resource, unit },
      -1,
      to,
      value,
    );
  return [
    ...ksm(
      'kube_node_info',
      { node: node.name, kernel_version: '6.1', kubelet_version: 'v1.34.1' },
      -1,
      to,
    ),
    ...ksm(
      'kube_node_labels',
      {
        node: node.name,
        label_node_kubernetes_io_instance_type: node.instanceType,
        label_topology_kubernetes_io_region: 'us-west-2',
        label_topology_kubernetes_io_zone: 'us-west-2a',
        label_karpenter_sh_capacity_type: node.capacityType,
        label_karpenter_sh_nodepool: node.pool,
        ...node.gpuLabels,
      },
      -1,
      to,
    ),
    ...capacity('cpu', 'core', node.cpuCores),
    ...capacity('memory', 'byte', node.memoryGib * GIB),
    ...Object.entries(node.gpuUnits).flatMap(([resource, { units }]) =>
      capacity(resource, 'integer', units),
    ),
  ];
}

function podSeries(pod: WorldPod): GeneratedSeries[] {
  const { namespace, name, node, from, to, owner } = pod;
  const runsTo = pod.completes ?? to;
  const identity = { namespace, pod: name, uid: uidOf(pod) };
  const requests = pod.containers.flatMap(container =>
    (
      [
        ['cpu', 'core', container.cpuRequest],
        [
          'memory',
          'byte',
          container.memoryRequestMib && container.memoryRequestMib * MIB,
        ],
        [
          container.gpuResource ?? 'nvidia_com_gpu',
          'integer',
          container.gpuRequest,
        ],
      ] as const
    ).flatMap(([resource, unit, value]) =>
      value === undefined
        ? []
        : ksm(
            'kube_pod_container_resource_requests',
            { ...identity, container: container.name, node, resource, unit },
            from,
            to,
            value,
          ),
    ),
  );
  return [
    ...ksm(
      'kube_pod_info',
      {
        ...identity,
        node,
        created_by_kind: owner?.kind ?? '<none>',
        created_by_name: owner?.name ?? '<none>',
      },
      from,
      to,
    ),
    ...ksm(
      'kube_pod_status_phase',
      { ...identity, phase: 'Running' },
      from,
      runsTo,
    ),
    ...(pod.completes
      ? ksm(
          'kube_pod_status_phase',
          { ...identity, phase: 'Succeeded' },
          pod.completes,
          to,
        )
      : []),
    ...ksm(
      'kube_pod_labels',
      { ...identity, label_backstage_io_kubernetes_id: pod.service },
      from,
      to,
    ),
    ...requests,
    ...pod.claims.flatMap(claim =>
      ksm(
        'kube_pod_spec_volumes_persistentvolumeclaims_info',
        { ...identity, persistentvolumeclaim: claim, volume: 'data' },
        from,
        to,
      ),
    ),
  ];
}

export function uidOf({ namespace, name, node, from }: WorldPod): string {
  return seedOf(`${namespace}/${name}/${node}/${from}`).toString(16);
}

/** Every claim once, with the size of the data set it keeps. */
export function claims(): Array<{
  namespace: string;
  claim: string;
  gib: number;
}> {
  const names = new Map<
    string,
    { namespace: string; claim: string; gib: number }
  >();
  for (const { namespace, claims: mounted } of PODS) {
    for (const claim of mounted) {
      const gib = claim.includes('search') ? 200 : 50;
      names.set(`${namespace}/${claim}`, { namespace, claim, gib });
    }
  }
  return [...names.values()];
}

function claimSeries({
  namespace,
  claim,
  gib,
}: ReturnType<typeof claims>[number]) {
  const labels = { namespace, persistentvolumeclaim: claim };
  return [
    ...ksm(
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      labels,
      -1,
      SCRAPES,
      gib * GIB,
    ),
    ...ksm(
      'kube_persistentvolumeclaim_info',
      { ...labels, storageclass: 'gp3', volumename: `pv-${claim}` },
      -1,
      SCRAPES,
    ),
  ];
}

function owners(): GeneratedSeries[] {
  const seen = new Set<string>();
  return PODS.flatMap(({ namespace, owner, top, from, to }) => {
    if (!owner || !top || seen.has(`${namespace}/${owner.name}`)) {
      return [];
    }
    seen.add(`${namespace}/${owner.name}`);
    const job = owner.kind === 'Job';
    return ksm(
      job ? 'kube_job_owner' : 'kube_replicaset_owner',
      {
        namespace,
        [job ? 'job_name' : 'replicaset']: owner.name,
        owner_kind: top.kind,
        owner_name: top.name,
        owner_is_controller: 'true',
      },
      job ? from : -1,
      job ? to : SCRAPES,
    );
  });
}

/** A day's swing and noise around 1. */
function swing(seed: number, minute: number): number {
  const day = Math.sin((2 * Math.PI * (minute - 540)) / 1440);
  return 1 + 0.45 * day + 0.2 * (noise(seed, minute) - 0.5);
}

/** cAdvisor's counter and gauge of a container; a restart begins new series. */
function usageSeries(
  pod: WorldPod,
  container: WorldContainer,
): GeneratedSeries[] {
  const seed = seedOf(`${pod.namespace}/${pod.name}/${container.name}`);
  const end = pod.completes ?? pod.to;
  const starts = [pod.from, ...pod.restarts];
  const scrapers = [
    { job: 'kubelet', offset: KUBELET_OFFSET },
    ...(SCRAPED_TWICE.includes(pod.node)
      ? [{ job: 'cadvisor', offset: SECOND_CADVISOR_OFFSET }]
      : []),
  ];
  return starts.flatMap((start, run) =>
    scrapers.flatMap(({ job, offset }) => {
      const labels = {
        job,
        instance: `${pod.node}:10250`,
        namespace: pod.namespace,
        pod: pod.name,
        container: container.name,
        id: `/kubepods/pod${uidOf(pod)}/${seed.toString(16)}-${run}`,
      };
      const to = starts[run + 1] ?? end;
      const counter = counterOf(pod, container, seed, start, to, offset);
      const alive = (minute: number) =>
        minute >= Math.max(start, 0) && minute < to;
      return [
        series(
          'container_cpu_usage_seconds_total',
          { ...labels, cpu: 'total' },
          offset,
          minute => (alive(minute) ? counter[minute] : undefined),
        ),
        series('container_memory_working_set_bytes', labels, offset, minute =>
          alive(minute)
            ? Math.round(
                container.memoryMib *
                  MIB *
                  (0.9 + 0.2 * noise(seed + 7, Math.floor(minute / 30))),
              )
            : undefined,
        ),
      ];
    }),
  );
}

/** Core-seconds since the container started, at each scrape. */
function counterOf(
  pod: WorldPod,
  container: WorldContainer,
  seed: number,
  start: number,
  to: number,
  offset: number,
): Float64Array {
  const values = new Float64Array(SCRAPES);
  let value = start > 0 ? 0 : 1000 + (seed % 5000);
  for (
    let minute = Math.max(0, start);
    minute < Math.min(to, SCRAPES);
    minute++
  ) {
    const cores = container.cpuCores * swing(seed, minute);
    if (pod.counterResets.includes(minute)) {
      value = 0;
    }
    // The scrape sees the part of this minute that is over.
    values[minute] = round(value + cores * offset);
    value += cores * 60;
  }
  return values;
}

export function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** What must not be counted: pod sandboxes and the cgroup of the pod. */
function sandboxes(): GeneratedSeries[] {
  return PODS.slice(0, 3).flatMap(pod =>
    [undefined, 'POD'].map(container =>
      series(
        'container_cpu_usage_seconds_total',
        {
          job: 'kubelet',
          instance: `${pod.node}:10250`,
          namespace: pod.namespace,
          pod: pod.name,
          container,
          id: `/kubepods/pod${uidOf(pod)}/${container ?? ''}`,
          cpu: 'total',
        },
        KUBELET_OFFSET,
        minute => minute * 1000,
      ),
    ),
  );
}

/** `up` of every target. */
function up(): GeneratedSeries[] {
  const always = (
    job: string,
    instance: string,
    offset: number,
    to = SCRAPES,
  ) =>
    series('up', { job, instance }, offset, minute =>
      minute < to ? 1 : undefined,
    );
  return [
    ...ksm('up', {}, -1, SCRAPES),
    ...NODES.flatMap(({ name, gpus, leaves }) => [
      always('kubelet', `${name}:10250`, KUBELET_OFFSET, leaves),
      ...(SCRAPED_TWICE.includes(name)
        ? [always('cadvisor', `${name}:10250`, SECOND_CADVISOR_OFFSET)]
        : []),
      ...(gpus > 0
        ? Object.entries(DCGM_OFFSETS).map(([job, offset]) =>
            always(job, `${name}:9400`, offset),
          )
        : []),
    ]),
  ];
}
