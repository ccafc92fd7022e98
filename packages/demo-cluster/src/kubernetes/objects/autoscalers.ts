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
import { ObjectContext } from './context';

function autoscaler(
  context: ObjectContext,
  spec: WorkloadSpec,
  { min, max }: { min: number; max: number },
): KubeObject {
  const target = targetOf(spec);
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: context.meta(
      'HorizontalPodAutoscaler',
      spec.namespace,
      spec.name,
      { labels: spec.labels },
    ),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: spec.kind,
        name: spec.name,
      },
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: target },
          },
        },
      ],
    },
    status: statusOf(context, spec, target),
  };
}

/** What an HPA says of the workload that it scales. */
function statusOf(
  context: ObjectContext,
  spec: WorkloadSpec,
  target: number | undefined,
) {
  const { wishes } = context.cluster;
  const { hour } = context.state;
  const desired = wishes.replicas(spec, hour);
  const { asked } = cpuOfAll(spec, wishes.revision(spec, hour));
  const mean = spec.schedule.type === 'elastic' ? spec.schedule.mean : desired;
  const { pull = 1 } = spec;
  const utilization =
    target === undefined || desired === 0
      ? 0
      : Math.round(
          (target * wishes.demand(spec, hour) * mean * pull) / desired,
        );
  return {
    observedGeneration: 1,
    currentReplicas: context.podsOf(spec).length,
    desiredReplicas: desired,
    ...(!spec.stopped &&
      target !== undefined && {
        currentMetrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              current: {
                averageUtilization: utilization,
                averageValue: cpuQuantity((asked * utilization) / 100),
              },
            },
          },
        ],
      }),
    conditions: [
      condition(context, 'AbleToScale', true, 'ReadyForNewScale'),
      condition(
        context,
        'ScalingActive',
        !spec.stopped,
        spec.stopped ? 'ScalingDisabled' : 'ValidMetricFound',
      ),
    ],
  };
}

function condition(
  context: ObjectContext,
  type: string,
  status: boolean,
  reason: string,
) {
  return {
    type,
    status: status ? 'True' : 'False',
    reason,
    lastTransitionTime: context.time(0),
  };
}

/** The status of an HPA that somebody made; without a workload it has nothing to scale. */
export function autoscalerStatus(
  context: ObjectContext,
  spec: WorkloadSpec | undefined,
  made: CreatedObject,
) {
  const status = spec
    ? statusOf(context, spec, readScaler(made)?.cpuTarget)
    : {
        currentReplicas: 0,
        desiredReplicas: 0,
        conditions: [
          condition(context, 'AbleToScale', false, 'FailedGetScale'),
        ],
      };
  const lastTransitionTime = context.time(made.createdAt);
  return {
    ...status,
    observedGeneration: made.generation,
    conditions: status.conditions.map(each => ({
      ...each,
      lastTransitionTime,
    })),
  };
}

/** An HPA for everything that is scaled, but for what KEDA scales and what somebody made one for. */
export function autoscalers(context: ObjectContext): KubeObject[] {
  return context.state.workloads.flatMap(spec => {
    const range = replicaBounds(spec);
    return range && !isScaledByKeda(spec) && !spec.scaledBy
      ? [autoscaler(context, spec, range)]
      : [];
  });
}
