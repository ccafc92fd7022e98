import { SERVICE_DEFAULTS } from '../serviceDefaults';
import { SERVICE_METRICS } from '../serviceMetrics';
import { ServiceSpec } from '../ServiceSpec';
import {
  isScaled,
  isScaledByKeda,
  metadataOf,
  podsOf,
  queueSecretOf,
  workloadKindOf,
} from './names';

/** Where KEDA asks, as the Prometheus operator calls it in its usual home. */
const PROMETHEUS = 'http://prometheus-operated.monitoring.svc:9090';
/** Requests that one device computes at a time before another replica is worth it. */
const RUNNING_A_REPLICA = 8;
/** Part of five minutes that devices compute, beyond which replicas are added. */
const BUSY_DEVICE = '0.95';

/** The HPA, or the ScaledObject and what it signs in with; nothing where nothing scales. */
export function autoscalersOf(spec: ServiceSpec): object[] {
  if (!isScaled(spec)) {
    return [];
  }
  return isScaledByKeda(spec)
    ? [scaledObjectOf(spec), ...authenticationOf(spec)]
    : [hpaOf(spec)];
}

/** What the HPA is called: KEDA makes one under a name of its own. */
export function hpaNameOf(spec: ServiceSpec): string {
  return isScaledByKeda(spec) ? `keda-hpa-${spec.name}` : spec.name;
}

function hpaOf(spec: ServiceSpec) {
  const { replicas, scaling } = spec;
  const target = scaling.target ?? SERVICE_DEFAULTS[spec.kind].target ?? 70;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(spec),
    spec: {
      scaleTargetRef: { ...workloadKindOf(spec), name: spec.name },
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: scaling.signal === 'memory' ? 'memory' : 'cpu',
            target: { type: 'Utilization', averageUtilization: target },
          },
        },
      ],
      behavior: behaviorOf(spec),
    },
  };
}

function scaledObjectOf(spec: ServiceSpec) {
  const { replicas } = spec;
  const { apiVersion, kind } = workloadKindOf(spec);
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadataOf(spec),
    spec: {
      scaleTargetRef: { apiVersion, kind, name: spec.name },
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      pollingInterval: 15,
      // Only about the last step to zero.
      ...(replicas.min === 0 && { cooldownPeriod: 300 }),
      ...(replicas.min > 0 && {
        // Where nothing is known of the load, nothing is taken away.
        fallback: {
          failureThreshold: 5,
          replicas: replicas.min,
          behavior: 'currentReplicasIfHigher',
        },
      }),
      advanced: {
        restoreToOriginalReplicaCount: false,
        horizontalPodAutoscalerConfig: { behavior: behaviorOf(spec) },
      },
      triggers: triggersOf(spec),
    },
  };
}

function triggersOf(spec: ServiceSpec): object[] {
  const { kind, scaling } = spec;
  const target = scaling.target ?? SERVICE_DEFAULTS[kind].target ?? 10;
  if (kind === 'batch-inference') {
    return [
      {
        type: 'rabbitmq',
        name: 'queue',
        metadata: {
          // By AMQP only what waits is counted, and busy workers would be taken away.
          protocol: 'http',
          queueName: spec.name,
          mode: 'QueueLength',
          value: String(target),
          activationValue: '0',
        },
        authenticationRef: { name: queueSecretOf(spec) },
      },
    ];
  }
  if (scaling.signal === 'queueDepth') {
    return [
      prometheusTrigger(
        'queue',
        `sum(${inPods(SERVICE_METRICS.queueDepth, spec)})`,
        target,
      ),
      prometheusTrigger(
        'running',
        `sum(${inPods(SERVICE_METRICS.runningRequests, spec)})`,
        RUNNING_A_REPLICA,
      ),
    ];
  }
  return [
    prometheusTrigger(
      'requests',
      `sum(rate(${inPods(SERVICE_METRICS.requests, spec)}[2m]))`,
      target,
    ),
    ...(scaling.latencyMilliseconds !== undefined
      ? [latencyGuard(spec, scaling.latencyMilliseconds)]
      : []),
    ...(spec.gpu ? [deviceGuard(spec)] : []),
  ];
}

/** A number that all replicas share: KEDA divides it by how many there are. */
function prometheusTrigger(name: string, query: string, threshold: number) {
  return {
    type: 'prometheus',
    name,
    metricType: 'AverageValue',
    metadata: {
      serverAddress: PROMETHEUS,
      query,
      threshold: String(threshold),
      // Nothing is told = nothing is known, which is no zero.
      ignoreNullValues: 'false',
    },
  };
}

/** More replicas when answers take too long, whatever the rate says. */
function latencyGuard(spec: ServiceSpec, milliseconds: number) {
  const buckets = inPods(`${SERVICE_METRICS.requestSeconds}_bucket`, spec);
  return {
    type: 'prometheus',
    name: 'latency',
    metricType: 'Value',
    metadata: {
      serverAddress: PROMETHEUS,
      // No requests have no latency: that asks for nothing.
      query: `(1000 * histogram_quantile(0.95, sum by (le) (rate(${buckets}[2m]))) >= 0) or vector(0)`,
      threshold: String(milliseconds),
      ignoreNullValues: 'false',
    },
  };
}

/**
 * More replicas when devices do nothing else; never the signal itself, as one request
 * makes a device as busy as a hundred do.
 */
function deviceGuard(spec: ServiceSpec) {
  const busy = inPods('DCGM_FI_PROF_GR_ENGINE_ACTIVE', spec);
  return {
    type: 'prometheus',
    name: 'gpu',
    metricType: 'Value',
    metadata: {
      serverAddress: PROMETHEUS,
      // Devices whose exporter is silent ask for nothing: requests are the signal.
      query: `avg(avg_over_time(${busy}[5m])) or vector(0)`,
      threshold: BUSY_DEVICE,
      ignoreNullValues: 'false',
    },
  };
}

/**
 * A series of the pods of a service.
 *
 * @param more - further matchers, such as `phase="Pending"`
 */
export function inPods(metric: string, spec: ServiceSpec, more?: string) {
  const matchers = [
    `namespace="${spec.namespace}"`,
    `pod=~"${podsOf(spec)}"`,
    ...(more === undefined ? [] : [more]),
  ];
  return `${metric}{${matchers.join(',')}}`;
}

function authenticationOf(spec: ServiceSpec): object[] {
  return spec.kind === 'batch-inference'
    ? [
        {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'TriggerAuthentication',
          metadata: metadataOf(spec, queueSecretOf(spec)),
          spec: {
            secretTargetRef: [
              {
                parameter: 'host',
                name: queueSecretOf(spec),
                key: 'management-url',
              },
            ],
          },
        },
      ]
    : [];
}

/** Quick up, careful down: a replica that serves a model takes minutes to be back. */
function behaviorOf({ kind }: ServiceSpec) {
  const { scaleDown, scaleDownAfterSeconds } = SERVICE_DEFAULTS[kind];
  return {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [
        { type: 'Percent', value: 100, periodSeconds: 60 },
        { type: 'Pods', value: 4, periodSeconds: 60 },
      ],
    },
    scaleDown: {
      stabilizationWindowSeconds: scaleDownAfterSeconds,
      selectPolicy: 'Max',
      policies: [
        scaleDown.pods !== undefined
          ? {
              type: 'Pods',
              value: scaleDown.pods,
              periodSeconds: scaleDown.seconds,
            }
          : {
              type: 'Percent',
              value: scaleDown.percent ?? 100,
              periodSeconds: scaleDown.seconds,
            },
      ],
    },
  };
}
