import { WorkloadSpec } from '../../world/types';
import { cpuQuantity } from '../quantities';
import { KubeObject } from '../types';
import { ObjectContext } from './context';

/** Least and most replicas of a workload that is scaled. */
function bounds(spec: WorkloadSpec): { min: number; max: number } | undefined {
  const { schedule } = spec;
  switch (schedule.type) {
    case 'elastic':
      return { min: schedule.min, max: schedule.max };
    case 'burst':
      return { min: schedule.quiet, max: schedule.loud };
    default:
      return undefined;
  }
}

/** CPU of one pod at mean demand, and what it asks for. */
function cpuOf(spec: WorkloadSpec): { used: number; asked: number } {
  return {
    used: spec.containers.reduce((sum, c) => sum + c.usage.cpuCores, 0),
    asked: spec.containers.reduce((sum, c) => sum + c.cpuRequestCores, 0),
  };
}

function autoscaler(
  context: ObjectContext,
  spec: WorkloadSpec,
  { min, max }: { min: number; max: number },
): KubeObject {
  const { wishes } = context.cluster;
  const { hour } = context.state;
  const desired = wishes.replicas(spec, hour);
  const current = context.podsOf(spec).length;
  const { used, asked } = cpuOf(spec);
  // It aims at what a pod uses at mean demand.
  const target = Math.round((100 * used) / asked);
  const mean = spec.schedule.type === 'elastic' ? spec.schedule.mean : desired;
  const utilization = Math.round(
    (target * wishes.demand(spec, hour) * mean) / desired,
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
      conditions: [
        {
          type: 'AbleToScale',
          status: 'True',
          reason: 'ReadyForNewScale',
          lastTransitionTime: context.time(0),
        },
        {
          type: 'ScalingActive',
          status: 'True',
          reason: 'ValidMetricFound',
          lastTransitionTime: context.time(0),
        },
      ],
    },
  };
}

export function autoscalers(context: ObjectContext): KubeObject[] {
  return context.state.workloads.flatMap(spec => {
    const range = bounds(spec);
    return range ? [autoscaler(context, spec, range)] : [];
  });
}
