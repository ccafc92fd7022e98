import { CreatedObject } from '../../world/creations/CreatedObjects';
import { readScaler } from '../../world/creations/scalers';
import {
  cpuOfAll,
  isScaledByKeda,
  replicaBounds,
  targetOf,
} from '../../world/scaling';
import { WorkloadSpec } from '../../world/types';
import { cpuQuantity } from '../quantities';
import { KubeObject } from '../types';
import { autoscalerStatus } from './autoscalers';
import { ObjectContext } from './context';
import { fixedZone } from './jobs';

interface Bounds {
  min: number;
  max: number;
}

const NAME_LABEL = 'scaledobject.keda.sh/name';

/** Follows CPU, or a timetable when the workload does. */
function triggerOf(context: ObjectContext, spec: WorkloadSpec) {
  const { schedule } = spec;
  if (schedule.type !== 'burst') {
    return {
      type: 'cpu',
      metricType: 'Utilization',
      metadata: { value: String(targetOf(spec)) },
    };
  }
  const { fromHour, hours, weekday, loud } = schedule;
  return {
    type: 'cron',
    metadata: {
      timezone: fixedZone(context.cluster.spec.utcOffsetHours),
      start: `0 ${fromHour} * * ${weekday}`,
      end: `0 ${fromHour + hours} * * ${weekday}`,
      desiredReplicas: String(loud),
    },
  };
}

/** Name KEDA gives the metric of a timetable. */
function cronMetric(spec: WorkloadSpec): string {
  return `s0-cron-${spec.name}`;
}

function scaledObject(
  context: ObjectContext,
  spec: WorkloadSpec,
  { min, max }: Bounds,
): KubeObject {
  const trigger = triggerOf(context, spec);
  const at = context.born(spec);
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    message: '',
  });
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: context.meta('ScaledObject', spec.namespace, spec.name, {
      bornAt: at,
      generation: 1,
      finalizers: ['finalizer.keda.sh'],
      labels: { ...spec.labels, [NAME_LABEL]: spec.name },
    }),
    spec: {
      scaleTargetRef: { name: spec.name },
      pollingInterval: 30,
      cooldownPeriod: 300,
      minReplicaCount: min,
      maxReplicaCount: max,
      triggers: [trigger],
    },
    status: {
      scaleTargetKind: `apps/v1.${spec.kind}`,
      scaleTargetGVKR: {
        group: 'apps',
        version: 'v1',
        kind: spec.kind,
        resource: `${spec.kind.toLocaleLowerCase('en-US')}s`,
      },
      originalReplicaCount: min,
      ...(spec.paused && {
        pausedReplicaCount: spec.paused.replicas,
      }),
      hpaName: `keda-hpa-${spec.name}`,
      ...(trigger.type === 'cpu'
        ? { resourceMetricNames: ['cpu'] }
        : { externalMetricNames: [cronMetric(spec)] }),
      conditions: [
        condition('Ready', 'True', 'ScaledObjectReady'),
        spec.paused
          ? condition('Active', 'False', 'ScalerNotActive')
          : condition('Active', 'True', 'ScalerActive'),
        condition('Fallback', 'False', 'NoFallbackFound'),
        spec.paused
          ? condition('Paused', 'True', 'ScaledObjectPaused')
          : condition('Paused', 'Unknown', ''),
      ],
    },
  };
}

/** The HPA that KEDA makes of a ScaledObject. */
function kedaAutoscaler(
  context: ObjectContext,
  spec: WorkloadSpec,
  { min, max }: Bounds,
): KubeObject {
  const desired = context.cluster.wishes.replicas(spec, context.state.hour);
  const { used } = cpuOfAll(spec, 0);
  const resource = {
    type: 'Resource',
    resource: {
      name: 'cpu',
      target: { type: 'Utilization', averageUtilization: targetOf(spec) },
    },
  };
  const external = {
    type: 'External',
    external: {
      metric: {
        name: cronMetric(spec),
        selector: { matchLabels: { [NAME_LABEL]: spec.name } },
      },
      target: { type: 'AverageValue', averageValue: '1' },
    },
  };
  const timed = spec.schedule.type === 'burst';
  const name = `keda-hpa-${spec.name}`;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: context.meta('HorizontalPodAutoscaler', spec.namespace, name, {
      bornAt: context.born(spec),
      labels: {
        ...spec.labels,
        'app.kubernetes.io/managed-by': 'keda-operator',
        [NAME_LABEL]: spec.name,
      },
      ownerReferences: [
        context.owner(
          'keda.sh/v1alpha1',
          'ScaledObject',
          spec.namespace,
          spec.name,
        ),
      ],
    }),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: spec.kind,
        name: spec.name,
      },
      minReplicas: min,
      maxReplicas: max,
      metrics: [timed ? external : resource],
    },
    status: {
      currentReplicas: context.podsOf(spec).length,
      desiredReplicas: desired,
      ...(!timed && {
        currentMetrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              current: {
                averageUtilization: targetOf(spec),
                averageValue: cpuQuantity(used),
              },
            },
          },
        ],
      }),
      conditions: [
        {
          type: 'AbleToScale',
          status: 'True',
          reason: 'ReadyForNewScale',
          lastTransitionTime: context.time(0),
        },
      ],
    },
  };
}

/** ScaledObjects, and the HPAs KEDA makes of them. */
export function keda(context: ObjectContext) {
  const scaled = context.state.workloads.flatMap(spec => {
    const bounds = replicaBounds(spec);
    return bounds && isScaledByKeda(spec) && !spec.scaledBy
      ? [{ spec, bounds }]
      : [];
  });
  return {
    scaledObjects: scaled.map(({ spec, bounds }) =>
      scaledObject(context, spec, bounds),
    ),
    // KEDA takes its HPA away while it is paused.
    autoscalers: scaled
      .filter(({ spec }) => !spec.paused)
      .map(({ spec, bounds }) => kedaAutoscaler(context, spec, bounds)),
  };
}

const FINALIZER = 'finalizer.keda.sh';

function isPaused(spec: WorkloadSpec | undefined): boolean {
  return spec?.paused !== undefined;
}

/** A ScaledObject that somebody made, with what KEDA says of it. */
export function createdScaledObject(
  context: ObjectContext,
  object: KubeObject,
  spec: WorkloadSpec | undefined,
): KubeObject {
  const { name, labels, finalizers } = object.metadata;
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    message: '',
  });
  const kept = Array.isArray(finalizers) ? (finalizers as string[]) : [];
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...labels, [NAME_LABEL]: name },
      finalizers: [...new Set([...kept, FINALIZER])],
    },
    status: spec
      ? {
          scaleTargetKind: `apps/v1.${spec.kind}`,
          scaleTargetGVKR: {
            group: 'apps',
            version: 'v1',
            kind: spec.kind,
            resource: `${spec.kind.toLocaleLowerCase('en-US')}s`,
          },
          ...(spec.paused && { pausedReplicaCount: spec.paused.replicas }),
          hpaName: `keda-hpa-${name}`,
          conditions: [
            condition('Ready', 'True', 'ScaledObjectReady'),
            isPaused(spec) || context.podsOf(spec).length === 0
              ? condition('Active', 'False', 'ScalerNotActive')
              : condition('Active', 'True', 'ScalerActive'),
            condition('Fallback', 'False', 'NoFallbackFound'),
            isPaused(spec)
              ? condition('Paused', 'True', 'ScaledObjectPaused')
              : condition('Paused', 'Unknown', ''),
          ],
        }
      : {
          conditions: [
            condition('Ready', 'False', 'ScaledObjectCheckFailed'),
            condition('Active', 'Unknown', ''),
          ],
        },
  };
}

/** The HPA that KEDA makes of a ScaledObject that somebody made; undefined while there is none. */
export function createdKedaAutoscaler(
  context: ObjectContext,
  made: CreatedObject,
  spec: WorkloadSpec | undefined,
): KubeObject | undefined {
  const bounds = spec && replicaBounds(spec);
  const { namespace = '', name } = made;
  if (!bounds || spec.scaledBy?.name !== name || isPaused(spec)) {
    return undefined;
  }
  const hpa = `keda-hpa-${name}`;
  const kind = 'HorizontalPodAutoscaler';
  const cpuTarget = readScaler(made)?.cpuTarget;
  return {
    apiVersion: 'autoscaling/v2',
    kind,
    metadata: context.meta(kind, namespace, hpa, {
      bornAt: made.createdAt,
      generation: made.generation,
      labels: {
        ...made.manifest.metadata.labels,
        'app.kubernetes.io/managed-by': 'keda-operator',
        [NAME_LABEL]: name,
      },
      ownerReferences: [
        context.owner('keda.sh/v1alpha1', 'ScaledObject', namespace, name),
      ],
    }),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: spec.kind,
        name: spec.name,
      },
      // An HPA has one at least; KEDA itself goes to nothing.
      minReplicas: Math.max(1, bounds.min),
      maxReplicas: bounds.max,
      metrics: [
        cpuTarget
          ? {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: cpuTarget },
              },
            }
          : {
              type: 'External',
              external: {
                metric: {
                  name: `s0-${name}`,
                  selector: { matchLabels: { [NAME_LABEL]: name } },
                },
                target: { type: 'AverageValue', averageValue: '1' },
              },
            },
      ],
    },
    status: autoscalerStatus(context, spec, made),
  };
}
