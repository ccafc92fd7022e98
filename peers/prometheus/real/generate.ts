import {
  CADVISOR,
  Exporter,
  KSM,
  node,
  phases,
  said,
} from '../oddities/cluster';
import { sampled, Series, series } from '../oddities/series';
import { HOURS_OF_DAY, PHASE, PODS, RealContainer, RealPod } from './workloads';

const BEGIN = -3600;
const END = HOURS_OF_DAY * 3600 + 900;
/** kube-state-metrics is replaced, with a minute of both. */
const ROLL_OVER = 13.5 * 3600;

const exporters: Exporter[] = [
  { ...KSM, phase: PHASE, from: BEGIN, to: ROLL_OVER + 30 },
  {
    ...KSM,
    phase: PHASE + 12,
    from: ROLL_OVER - 30,
    to: END,
    labels: { job: 'kube-state-metrics', instance: '10.0.0.8:8080' },
  },
];

/** As each of the two kube-state-metrics says it. */
const byBoth = (of: (exporter: Exporter) => Series[]) =>
  exporters.flatMap(of).filter(({ samples }) => samples.length > 0);

/** The kubelet's paths as kube-prometheus and OpenShift scrape them. */
const PATHS = {
  '/metrics': 30,
  '/metrics/cadvisor': 30,
  '/metrics/probes': 30,
  '/metrics/slis': 5,
};

export function generate(): Series[] {
  return [
    ...['node-1', 'node-2'].flatMap(name =>
      byBoth(exporter => node({ exporter, name, from: BEGIN - 1, to: END })),
    ),
    ...Object.entries(PATHS).map(([path, every]) =>
      series(
        'up',
        { job: 'kubelet', metrics_path: path, instance: '10.0.1.1:10250' },
        sampled({ every, from: BEGIN, to: END }, 1),
      ),
    ),
    ...PODS.flatMap(pod => byBoth(exporter => podSeries(exporter, pod))),
    ...PODS.flatMap(pod =>
      pod.containers.flatMap(container => usageSeries(pod, container)),
    ),
  ];
}

function podSeries(exporter: Exporter, pod: RealPod): Series[] {
  const { from, to, listedUntil = to, owner } = pod;
  const ofPod = { namespace: 'shop', pod: pod.name };
  const listed = (
    metric: string,
    labels: Record<string, string>,
    value = 1,
    [first, last] = [from, listedUntil],
  ) => said(exporter, metric, { ...ofPod, ...labels }, value, first, last);
  return [
    listed('kube_pod_info', {
      node: pod.node,
      created_by_kind: owner.kind,
      created_by_name: owner.name,
    }),
    ...(owner.kind === 'Job'
      ? [
          said(
            exporter,
            'kube_job_owner',
            {
              namespace: 'shop',
              job_name: owner.name,
              owner_kind: '<none>',
              owner_name: '<none>',
              owner_is_controller: '<none>',
            },
            1,
            from,
            listedUntil,
          ),
        ]
      : []),
    listed('kube_pod_labels', pod.labels),
    ...phases(exporter, ofPod, 'Running', from, to),
    ...(listedUntil > to
      ? phases(exporter, ofPod, 'Failed', to, listedUntil)
      : []),
    ...(pod.killed
      ? pod.containers.map(({ name }) =>
          listed(
            'kube_pod_container_status_terminated_reason',
            { container: name, reason: 'OOMKilled' },
            1,
            [to, listedUntil],
          ),
        )
      : []),
    ...pod.containers.flatMap(({ name, role, requests, memoryLimit }) => {
      const kind = role === 'sidecar' ? 'init_container' : 'container';
      return [
        ...Object.entries(requests).map(([resource, value]) =>
          listed(
            `kube_pod_${kind}_resource_requests`,
            { container: name, node: pod.node, resource },
            value,
          ),
        ),
        ...(memoryLimit
          ? [
              listed(
                `kube_pod_${kind}_resource_limits`,
                { container: name, node: pod.node, resource: 'memory' },
                memoryLimit,
              ),
            ]
          : []),
        ...(role === 'sidecar'
          ? [
              listed('kube_pod_init_container_status_running', {
                container: name,
              }),
            ]
          : []),
        listed(
          `kube_pod_${kind}_status_restarts_total`,
          { container: name },
          0,
        ),
      ];
    }),
  ];
}

/** Runs of a container: one, or one after each crash. */
function runsOf({ from, to, crashesEvery }: RealPod): Array<[number, number]> {
  if (!crashesEvery) {
    return [[from, to]];
  }
  const starts = [from];
  for (
    let at = crashesEvery.from;
    at < crashesEvery.to;
    at += crashesEvery.seconds
  ) {
    starts.push(at);
  }
  return starts.map((start, index) => [start, starts[index + 1] ?? to]);
}

/** Seconds an ended run is still listed. */
const GHOST = 240;

function usageSeries(pod: RealPod, container: RealContainer): Series[] {
  return runsOf(pod).flatMap(([from, to], run) => {
    const isLast = to === pod.to;
    const labels = {
      ...CADVISOR.labels,
      instance: `${pod.node}:10250`,
      namespace: 'shop',
      pod: pod.name,
      container: container.name,
      id: `/kubepods/burstable/pod${pod.name}/${container.name}-${run}`,
    };
    const times = ownClock(from, isLast ? to : to + GHOST, run);
    const used = cumulated(container.cores, from);
    // A run that has ended stays as it was last looked at.
    const lastLook = times.findLast(at => at <= to) ?? from;
    const alive = (at: number) => Math.min(at, lastLook);
    return [
      series(
        'container_cpu_usage_seconds_total',
        { ...labels, cpu: 'total' },
        times.map(at => [at, used(alive(at))]),
      ),
      series(
        'container_memory_working_set_bytes',
        labels,
        times.map(at => [at, container.bytes(alive(at))]),
      ),
    ];
  });
}

/**
 * When cAdvisor last looked before each scrape: housekeeping every 10 to 20
 * seconds, and no second sample of one look.
 */
function ownClock(from: number, to: number, seed: number): number[] {
  const times: number[] = [];
  let look = from;
  for (let scrape = Math.ceil(from / 30) * 30; scrape < to; scrape += 30) {
    let next = look;
    for (let count = 0; next <= scrape; count++) {
      look = next;
      next += 15 + 5 * Math.sin(look * 12.9898 + seed + count);
    }
    if (look > from && look !== times.at(-1)) {
      times.push(look);
    }
  }
  return times;
}

/** Core-seconds since a time, by the second. */
function cumulated(
  cores: (second: number) => number,
  from: number,
): (at: number) => number {
  const sums = [0];
  return at => {
    const whole = Math.floor(at - from);
    for (let second = sums.length; second <= whole; second++) {
      sums.push(sums[second - 1] + cores(from + second - 0.5));
    }
    const rest = at - from - whole;
    return sums[whole] + rest * cores(from + whole + rest / 2);
  };
}
