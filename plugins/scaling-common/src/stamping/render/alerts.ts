import { Json } from '@headroom/common';
import { SERVICE_METRICS } from '../serviceMetrics';
import { ServiceSpec } from '../ServiceSpec';
import { TRAINING_CRON } from '../trainingCron';
import { hpaNameOf, inPods } from './autoscaler';
import { longestPause } from './longestPause';
import { isScaled, isServing, metadataOf } from './names';

/** An alert, as Prometheus' rules write it. */
interface Alert {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: 'warning' | 'critical' };
  annotations: { summary: string; description: string };
}

/** Part of requests that may fail before somebody is called. */
const ERROR_SHARE = 0.02;
const DAY_SECONDS = 24 * 3600;
/** Where nobody said how long answers may take. */
const LATENCY_MILLISECONDS = 1000;

/**
 * Alerts of one service.
 *
 * @param labels - what the Prometheus operator's `ruleSelector` wants
 */
export function alertsOf(
  spec: ServiceSpec,
  labels: Readonly<Record<string, string>>,
) {
  const metadata = metadataOf(spec);
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadata, labels: { ...metadata.labels, ...labels } },
    spec: {
      groups: [
        {
          name: `${spec.namespace}.${spec.name}`,
          rules: rulesOf(spec) as unknown as Json,
        },
      ],
    },
  };
}

function rulesOf(spec: ServiceSpec): Alert[] {
  return [
    ...podRules(spec),
    ...(isScaled(spec) ? scalingRules(spec) : []),
    ...(isServing(spec) ? requestRules(spec) : []),
    ...workRules(spec),
  ];
}

function podRules(spec: ServiceSpec): Alert[] {
  const of = (metric: string, more?: string) => inPods(metric, spec, more);
  return [
    rule('OutOfMemory', 'warning', '0m', {
      // Both, as the reason stays there until the next end of the container.
      expr: `sum by (namespace, pod) (increase(${of(
        'kube_pod_container_status_restarts_total',
      )}[10m])) > 0 and on (namespace, pod) max by (namespace, pod) (${of(
        'kube_pod_container_status_last_terminated_reason',
        'reason="OOMKilled"',
      )}) == 1`,
      summary:
        'A container of {{ $labels.pod }} needed more memory than its limit',
      description:
        'Look at the advice on its memory in Headroom before the limit is raised by hand.',
    }),
    rule('Restarting', 'warning', '10m', {
      expr: `sum by (namespace, pod) (increase(${of(
        'kube_pod_container_status_restarts_total',
      )}[30m])) > 3`,
      summary: '{{ $labels.pod }} starts again and again',
      description: 'It restarted {{ $value | humanize }} times in 30 minutes.',
    }),
    rule('Pending', 'warning', '15m', {
      expr: `max by (namespace, pod) (${of(
        'kube_pod_status_phase',
        'phase="Pending"',
      )}) == 1`,
      summary: '{{ $labels.pod }} finds no node',
      description:
        'There is no room for its requests, or nothing that its tolerations and affinity allow.',
    }),
  ].map(each => named(spec, each));
}

function scalingRules(spec: ServiceSpec): Alert[] {
  const of = (metric: string, more = '') =>
    `${metric}{namespace="${
      spec.namespace
    }",horizontalpodautoscaler="${hpaNameOf(spec)}"${more}}`;
  return [
    rule('AtMaximum', 'warning', '15m', {
      expr: `${of(
        'kube_horizontalpodautoscaler_status_current_replicas',
      )} >= ${of('kube_horizontalpodautoscaler_spec_max_replicas')}`,
      summary: `${spec.name} runs as many replicas as it may`,
      description:
        'More load would make it slower. Raise the maximum, or look at what the load is.',
    }),
    rule('CannotScale', 'warning', '15m', {
      expr: `${of(
        'kube_horizontalpodautoscaler_status_condition',
        ',condition="ScalingActive",status="false"',
      )} == 1`,
      summary: `The autoscaler of ${spec.name} knows nothing of its load`,
      description:
        'It keeps the number of replicas that there is. Look at the events of the HorizontalPodAutoscaler.',
    }),
  ].map(each => named(spec, each));
}

function requestRules(spec: ServiceSpec): Alert[] {
  const requests = inPods(SERVICE_METRICS.requests, spec);
  const failed = inPods(SERVICE_METRICS.requests, spec, 'status=~"5.."');
  const buckets = inPods(`${SERVICE_METRICS.requestSeconds}_bucket`, spec);
  const seconds =
    (spec.scaling.latencyMilliseconds ?? LATENCY_MILLISECONDS) / 1000;
  return [
    rule('Errors', 'critical', '10m', {
      expr: `sum(rate(${failed}[5m])) / sum(rate(${requests}[5m])) > ${ERROR_SHARE}`,
      summary: `${spec.name} fails {{ $value | humanizePercentage }} of its requests`,
      description: `More than ${
        ERROR_SHARE * 100
      } % of its answers of five minutes say 5xx.`,
    }),
    rule('Slow', 'warning', '10m', {
      expr: `histogram_quantile(0.95, sum by (le) (rate(${buckets}[5m]))) > ${seconds}`,
      summary: `${spec.name} takes {{ $value | humanizeDuration }} for one of twenty requests`,
      description: `It should take at most ${seconds} s at the 95th percentile.`,
    }),
  ].map(each => named(spec, each));
}

function workRules(spec: ServiceSpec): Alert[] {
  switch (spec.kind) {
    case 'gpu-inference':
      return [
        rule('Queueing', 'warning', '10m', {
          expr: `avg(${inPods(SERVICE_METRICS.queueDepth, spec)}) > ${
            2 * (spec.scaling.target ?? 4)
          }`,
          summary: `Requests of ${spec.name} wait for a GPU`,
          description:
            'Twice as many wait for each replica as it is scaled for; see whether there are GPUs to be had.',
        }),
      ].map(each => named(spec, each));
    case 'batch-inference':
      return [
        rule('Rejecting', 'warning', '10m', {
          expr: `sum(rate(${inPods(
            SERVICE_METRICS.messages,
            spec,
            'outcome=~"rejected|lost"',
          )}[10m])) > 0`,
          summary: `${spec.name} can't do some of its messages`,
          description: `They are in the queue ${spec.name}.dead; look at one of them.`,
        }),
      ].map(each => named(spec, each));
    case 'training-job':
      return [
        rule('NoCheckpoint', 'warning', '5m', {
          expr: `time() - max by (namespace, pod) (${inPods(
            SERVICE_METRICS.checkpointAt,
            spec,
          )} > 0) > 3600`,
          summary: '{{ $labels.pod }} has left no checkpoint for an hour',
          description:
            'What it has computed since is lost when its node is taken back.',
        }),
        ...lateRules(spec),
      ].map(each => named(spec, each));
    default:
      return [];
  }
}

/** What a training that has not ended well in time looks like; one that is suspended waits. */
function lateRules(spec: ServiceSpec): Alert[] {
  const late = longestPause(spec.cron ?? TRAINING_CRON) + DAY_SECONDS;
  const hours = Math.round(late / 3600);
  const labels = `{namespace="${spec.namespace}",cronjob="${spec.name}"}`;
  const succeeded = `kube_cronjob_status_last_successful_time${labels}`;
  const on = 'unless on (namespace, cronjob)';
  const suspended = `(kube_cronjob_spec_suspend${labels} == 1)`;
  const description =
    'Look at its last Job, and whether it waits in the queue of the team.';
  return [
    rule('NotDone', 'warning', '15m', {
      expr: `time() - ${succeeded} > ${late} ${on} ${suspended}`,
      summary: `${spec.name} has not ended well for ${hours} hours`,
      description,
    }),
    // One that never did has no such time.
    rule('NeverDone', 'warning', '15m', {
      expr: `time() - kube_cronjob_created${labels} > ${late} ${on} ${succeeded} ${on} ${suspended}`,
      summary: `${spec.name} has never ended well, ${hours} hours after it was made`,
      description,
    }),
  ];
}

function rule(
  alert: string,
  severity: 'warning' | 'critical',
  lasts: string,
  { expr, summary, description }: { expr: string } & Alert['annotations'],
): Alert {
  return {
    alert,
    expr,
    for: lasts,
    labels: { severity },
    annotations: { summary, description },
  };
}

/** Alerts of all services stand in one list at the end, so each says whose it is. */
function named({ name }: ServiceSpec, each: Alert): Alert {
  const whose = name
    .split('-')
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return { ...each, alert: `${whose}${each.alert}` };
}
