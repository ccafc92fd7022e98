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
  const { wishes } = context.cluster;
  const { hour } = context.state;
  const desired = wishes.replicas(spec, hour);
  const current = context.podsOf(spec).length;
  const { asked } = cpuOfAll(spec, wishes.revision(spec, hour));
  const target = targetOf(spec);
  const mean = spec.schedule.type === 'elastic' ? spec.schedule.mean : desired;
  const { pull = 1 } = spec;
  const utilization = Math.round(
    (target * wishes.demand(spec, hour) * mean * pull) / desired,
  );
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
    status: {
      observedGeneration: 1,
      currentReplicas: current,
      desiredReplicas: desired,
      ...(!spec.stopped && {
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
        {
          type: 'AbleToScale',
          status: 'True',
          reason: 'ReadyForNewScale',
          lastTransitionTime: context.time(0),
        },
        {
          type: 'ScalingActive',
          status: spec.stopped ? 'False' : 'True',
          reason: spec.stopped ? 'ScalingDisabled' : 'ValidMetricFound',
          lastTransitionTime: context.time(0),
        },
      ],
    },
  };
}

/** An HPA for everything that is scaled, but for what KEDA scales. */
export function autoscalers(context: ObjectContext): KubeObject[] {
  return context.state.workloads.flatMap(spec => {
    const range = replicaBounds(spec);
    return range && !isScaledByKeda(spec)
      ? [autoscaler(context, spec, range)]
      : [];
  });
}
