/** What Prometheus sees when each alert has to fire, and when nothing is wrong. */

/** Of whom the series are. */
export interface Subject {
  namespace: string;
  name: string;
  pod: string;
  hpa: string;
}

/** A series as promtool's unit tests write it, with a sample each interval. */
export type Series = readonly [series: string, values: string];

export interface Scenario {
  /** What has to be seen before the alert's own `for` begins. */
  warmUpMinutes: number;
  /** Minutes between samples; a series is stale after five. */
  everyMinutes?: number;
  series: readonly Series[];
}

/** More samples than any alert waits for. */
const LONG = 3000;
const always = (value: number) => `${value}x${LONG}`;
const growing = (by: number) => `0+${by}x${LONG}`;

function labels(of: Record<string, string>): string {
  const pairs = Object.entries(of).map(([key, value]) => `${key}="${value}"`);
  return `{${pairs.join(',')}}`;
}

const buckets = (
  of: Record<string, string>,
  quick: number,
  slow: number,
): Series[] =>
  (
    [
      ['0.05', quick],
      ['60', quick + slow],
      ['+Inf', quick + slow],
    ] as const
  ).map(([le, by]) => [
    `http_request_duration_seconds_bucket${labels({ ...of, le })}`,
    growing(by),
  ]);

/** Scenarios of the alerts of a service, by their name without that of the service. */
export function serviceScenarios(of: Subject): Record<string, Scenario> {
  const { namespace, name, pod, hpa } = of;
  const own = { namespace, pod };
  const scaler = { namespace, horizontalpodautoscaler: hpa };
  const restarts = `kube_pod_container_status_restarts_total${labels(own)}`;
  const at = (warmUpMinutes: number, ...series: Series[]): Scenario => ({
    warmUpMinutes,
    series,
  });
  const cronJob = { namespace, cronjob: name };
  const late = (series: Series): Scenario => ({
    warmUpMinutes: 2 * 24 * 60 + 5,
    everyMinutes: 2,
    series: [
      series,
      [`kube_cronjob_spec_suspend${labels(cronJob)}`, always(0)],
    ],
  });
  return {
    OutOfMemory: at(
      8,
      [restarts, `0x5 ${always(1)}`],
      [
        `kube_pod_container_status_last_terminated_reason${labels({
          ...own,
          reason: 'OOMKilled',
        })}`,
        always(1),
      ],
    ),
    Restarting: at(30, [restarts, growing(1)]),
    Pending: at(1, [
      `kube_pod_status_phase${labels({ ...own, phase: 'Pending' })}`,
      always(1),
    ]),
    AtMaximum: at(
      1,
      [
        `kube_horizontalpodautoscaler_status_current_replicas${labels(scaler)}`,
        always(10),
      ],
      [
        `kube_horizontalpodautoscaler_spec_max_replicas${labels(scaler)}`,
        always(10),
      ],
    ),
    CannotScale: at(1, [
      `kube_horizontalpodautoscaler_status_condition${labels({
        ...scaler,
        condition: 'ScalingActive',
        status: 'false',
      })}`,
      always(1),
    ]),
    Errors: at(
      10,
      [`http_requests_total${labels({ ...own, status: '200' })}`, growing(95)],
      [`http_requests_total${labels({ ...own, status: '503' })}`, growing(5)],
    ),
    Slow: at(10, ...buckets(own, 10, 90)),
    Queueing: at(1, [`inference_queue_depth${labels(own)}`, always(100)]),
    Rejecting: at(12, [
      `batch_messages_total${labels({ ...own, outcome: 'rejected' })}`,
      growing(1),
    ]),
    NoCheckpoint: at(62, [
      `training_last_checkpoint_timestamp_seconds${labels(own)}`,
      always(1),
    ]),
    NotDone: late([
      `kube_cronjob_status_last_successful_time${labels(cronJob)}`,
      always(0),
    ]),
    NeverDone: late([`kube_cronjob_created${labels(cronJob)}`, always(0)]),
  };
}

/** A service that is well; and one whose name begins with its name isn't. */
export function wellService(of: Subject): Series[] {
  const { namespace, name, pod, hpa } = of;
  const own = { namespace, pod };
  const scaler = { namespace, horizontalpodautoscaler: hpa };
  const elsewhere = { namespace: `${namespace}-2`, pod };
  const fresh = `0+60x${LONG}`;
  return [
    [`kube_pod_container_status_restarts_total${labels(own)}`, always(2)],
    // It was killed once, long ago.
    [
      `kube_pod_container_status_last_terminated_reason${labels({
        ...own,
        reason: 'OOMKilled',
      })}`,
      always(1),
    ],
    [`kube_pod_status_phase${labels({ ...own, phase: 'Pending' })}`, always(0)],
    [
      `kube_pod_status_phase${labels({ ...elsewhere, phase: 'Pending' })}`,
      always(1),
    ],
    [
      `kube_horizontalpodautoscaler_status_current_replicas${labels(scaler)}`,
      always(3),
    ],
    [
      `kube_horizontalpodautoscaler_spec_max_replicas${labels(scaler)}`,
      always(10),
    ],
    [
      `kube_horizontalpodautoscaler_status_condition${labels({
        ...scaler,
        condition: 'ScalingActive',
        status: 'false',
      })}`,
      always(0),
    ],
    [`http_requests_total${labels({ ...own, status: '200' })}`, growing(1000)],
    [`http_requests_total${labels({ ...own, status: '500' })}`, growing(1)],
    [
      `http_requests_total${labels({ ...elsewhere, status: '500' })}`,
      growing(1000),
    ],
    ...buckets(own, 1000, 1),
    [`inference_queue_depth${labels(own)}`, always(1)],
    [
      `batch_messages_total${labels({ ...own, outcome: 'done' })}`,
      growing(100),
    ],
    [`training_last_checkpoint_timestamp_seconds${labels(own)}`, fresh],
    [
      `kube_cronjob_status_last_successful_time${labels({
        namespace,
        cronjob: name,
      })}`,
      fresh,
    ],
    [`kube_cronjob_created${labels({ namespace, cronjob: name })}`, always(0)],
  ];
}

/** As exporters label what they tell, and as Prometheus does where it renames that. */
const told = (of: { namespace: string; pod?: string }) => ({
  ...of,
  exported_namespace: of.namespace,
  ...(of.pod !== undefined && { exported_pod: of.pod }),
});

const HPA = { namespace: 'shop', horizontalpodautoscaler: 'web' };
const hpaSeries = (what: string, values: string): Series => [
  `kube_horizontalpodautoscaler_${what}${labels(HPA)}`,
  values,
];
const blind = (value: number): Series => [
  `kube_horizontalpodautoscaler_status_condition${labels({
    ...HPA,
    condition: 'ScalingActive',
    status: 'false',
  })}`,
  always(value),
];
const quota = (type: string, value: number): Series => [
  `kube_resourcequota${labels({
    namespace: 'shop',
    resourcequota: 'team',
    resource: 'requests.cpu',
    type,
  })}`,
  always(value),
];
const nodePool = (what: string, value: number): Series => [
  `karpenter_nodepools_${what}${labels({
    nodepool: 'gpu',
    resource_type: 'cpu',
  })}`,
  always(value),
];
const budget = (what: string, value: number): Series => [
  `kube_poddisruptionbudget_status_${what}${labels({
    namespace: 'shop',
    poddisruptionbudget: 'web',
  })}`,
  always(value),
];
const scaledObjectErrors = (values: string): Series => [
  `keda_scaler_detail_errors_total${labels({
    ...told({ namespace: 'shop' }),
    scaledObject: 'web',
  })}`,
  values,
];
const unschedulable = (pods: number): Series[] =>
  Array.from({ length: pods }, (_, i) => [
    `kube_pod_status_unschedulable${labels({
      namespace: 'shop',
      pod: `web-${i}`,
    })}`,
    always(1),
  ]);
const gpu = (percent: number): Series => [
  `DCGM_FI_DEV_GPU_UTIL${labels(told({ namespace: 'shop', pod: 'web-0' }))}`,
  always(percent),
];
const waiting = (count: number): Series => [
  `kueue_pending_workloads${labels({
    cluster_queue: 'ml',
    status: 'active',
  })}`,
  always(count),
];

/** Scenarios of the alerts of the whole cluster. */
export const CLUSTER_SCENARIOS: Readonly<Record<string, Scenario>> = {
  AutoscalerAtMaximum: {
    warmUpMinutes: 1,
    series: [
      hpaSeries('status_desired_replicas', always(10)),
      hpaSeries('spec_max_replicas', always(10)),
      hpaSeries('spec_min_replicas', always(2)),
    ],
  },
  AutoscalerWithoutSignal: {
    warmUpMinutes: 1,
    series: [blind(1), hpaSeries('status_desired_replicas', always(3))],
  },
  AutoscalerFlapping: {
    warmUpMinutes: 60,
    series: [
      hpaSeries(
        'status_desired_replicas',
        Array.from({ length: 300 }, (_, i) => 2 + (i % 2)).join(' '),
      ),
    ],
  },
  ScaledObjectErrors: {
    warmUpMinutes: 12,
    series: [scaledObjectErrors(growing(1))],
  },
  PodsWithoutNode: { warmUpMinutes: 1, series: unschedulable(20) },
  QuotaAlmostUsed: {
    warmUpMinutes: 1,
    series: [quota('used', 99), quota('hard', 100)],
  },
  NodePoolAlmostAtLimit: {
    warmUpMinutes: 1,
    series: [nodePool('usage', 99), nodePool('limit', 100)],
  },
  DisruptionBudgetBlocks: {
    warmUpMinutes: 1,
    series: [budget('pod_disruptions_allowed', 0), budget('expected_pods', 2)],
  },
  TrainingsWait: { warmUpMinutes: 1, series: [waiting(1)] },
  GpuUnused: { warmUpMinutes: 125, series: [gpu(1)] },
};

/** A cluster that is well; nothing runs there that scales to zero by a signal. */
export const WELL_CLUSTER: readonly Series[] = [
  hpaSeries('status_desired_replicas', always(3)),
  hpaSeries('spec_max_replicas', always(10)),
  hpaSeries('spec_min_replicas', always(2)),
  blind(0),
  scaledObjectErrors(always(3)),
  ...unschedulable(1),
  quota('used', 50),
  quota('hard', 100),
  nodePool('usage', 50),
  nodePool('limit', 100),
  budget('pod_disruptions_allowed', 1),
  budget('expected_pods', 2),
  waiting(0),
  gpu(80),
];
