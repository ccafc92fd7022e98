import { SERVICE_METRICS } from '../serviceMetrics';
import { ServiceSpec } from '../ServiceSpec';
import { hpaNameOf, inPods } from './autoscaler';
import { isScaled, isServing, metadataOf, podsOf } from './names';

interface Panel {
  title: string;
  unit: string;
  queries: ReadonlyArray<readonly [expr: string, legend: string]>;
}

const WIDTH = 12;
const HEIGHT = 8;

/** A dashboard in a ConfigMap, as Grafana's sidecar picks it up by its label. */
export function dashboardOf(spec: ServiceSpec) {
  const metadata = metadataOf(spec, `${spec.name}-dashboard`);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, grafana_dashboard: '1' },
    },
    data: {
      [`${spec.name}.json`]: `${JSON.stringify(grafanaOf(spec), null, 2)}\n`,
    },
  };
}

function grafanaOf(spec: ServiceSpec) {
  return {
    title: `${spec.namespace} / ${spec.name}`,
    tags: ['headroom', spec.kind],
    timezone: 'browser',
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [
        {
          name: 'datasource',
          label: 'Prometheus',
          type: 'datasource',
          query: 'prometheus',
        },
      ],
    },
    panels: panelsOf(spec).map(({ title, unit, queries }, index) => ({
      id: index + 1,
      type: 'timeseries',
      title,
      datasource: { type: 'prometheus', uid: '${datasource}' },
      fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
      gridPos: {
        x: (index % 2) * WIDTH,
        y: Math.floor(index / 2) * HEIGHT,
        w: WIDTH,
        h: HEIGHT,
      },
      targets: queries.map(([expr, legendFormat], of) => ({
        refId: String.fromCharCode('A'.charCodeAt(0) + of),
        expr,
        legendFormat,
      })),
    })),
  };
}

function panelsOf(spec: ServiceSpec): Panel[] {
  const containers = `namespace="${spec.namespace}",pod=~"${podsOf(
    spec,
  )}",container="${spec.name}"`;
  const requested = (resource: string) =>
    `sum(kube_pod_container_resource_requests{${containers},resource="${resource}"})`;
  return [
    ...(isServing(spec) ? requestPanels(spec) : []),
    ...workPanels(spec),
    ...(isScaled(spec) ? [replicasPanel(spec)] : []),
    {
      title: 'CPU, used and requested',
      unit: 'none',
      queries: [
        [
          `sum(rate(container_cpu_usage_seconds_total{${containers}}[5m]))`,
          'used',
        ],
        [requested('cpu'), 'requested'],
      ],
    },
    {
      title: 'Memory, used and requested',
      unit: 'bytes',
      queries: [
        [`sum(container_memory_working_set_bytes{${containers}})`, 'used'],
        [requested('memory'), 'requested'],
      ],
    },
    ...(spec.gpu
      ? [
          {
            title: 'GPU, computing and memory',
            unit: 'percentunit',
            queries: [
              [
                `avg(DCGM_FI_PROF_SM_ACTIVE{${containers}})`,
                'streaming multiprocessors that compute',
              ],
              [
                `sum(DCGM_FI_DEV_FB_USED{${containers}}) / sum(DCGM_FI_DEV_FB_USED{${containers}} + DCGM_FI_DEV_FB_FREE{${containers}})`,
                'memory held',
              ],
            ] as const,
          },
        ]
      : []),
  ];
}

function requestPanels(spec: ServiceSpec): Panel[] {
  const requests = inPods(SERVICE_METRICS.requests, spec);
  const buckets = inPods(`${SERVICE_METRICS.requestSeconds}_bucket`, spec);
  const quantile = (of: number): readonly [string, string] => [
    `histogram_quantile(${of}, sum by (le) (rate(${buckets}[5m])))`,
    `${of * 100} %`,
  ];
  return [
    {
      title: 'Requests a second',
      unit: 'reqps',
      queries: [[`sum by (status) (rate(${requests}[5m]))`, '{{status}}']],
    },
    {
      title: 'How long answers take',
      unit: 's',
      queries: [quantile(0.5), quantile(0.95), quantile(0.99)],
    },
  ];
}

function workPanels(spec: ServiceSpec): Panel[] {
  switch (spec.kind) {
    case 'gpu-inference':
      return [
        {
          title: 'Requests that wait and that run',
          unit: 'none',
          queries: [
            [`sum(${inPods(SERVICE_METRICS.queueDepth, spec)})`, 'wait'],
            [`sum(${inPods(SERVICE_METRICS.runningRequests, spec)})`, 'run'],
          ],
        },
      ];
    case 'batch-inference':
      return [
        {
          title: 'Messages a second, by their end',
          unit: 'none',
          queries: [
            [
              `sum by (outcome) (rate(${inPods(
                SERVICE_METRICS.messages,
                spec,
              )}[5m]))`,
              '{{outcome}}',
            ],
          ],
        },
      ];
    case 'training-job':
      return [
        {
          title: 'Since the last checkpoint',
          unit: 's',
          queries: [
            [
              `time() - max(${inPods(SERVICE_METRICS.checkpointAt, spec)} > 0)`,
              'seconds',
            ],
          ],
        },
      ];
    default:
      return [];
  }
}

function replicasPanel(spec: ServiceSpec): Panel {
  const of = (metric: string) =>
    `${metric}{namespace="${
      spec.namespace
    }",horizontalpodautoscaler="${hpaNameOf(spec)}"}`;
  return {
    title: 'Replicas',
    unit: 'none',
    queries: [
      [of('kube_horizontalpodautoscaler_status_current_replicas'), 'run'],
      [of('kube_horizontalpodautoscaler_spec_min_replicas'), 'at least'],
      [of('kube_horizontalpodautoscaler_spec_max_replicas'), 'at most'],
    ],
  };
}
