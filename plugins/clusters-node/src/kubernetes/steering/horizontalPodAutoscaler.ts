import { HpaResourceMetric, parseQuantity, Steering } from '@headroom/common';
import { KubernetesObject } from '../objects';
import { withoutUndefined } from '../workloads/containerSpec';

interface ResourceMetric {
  name: string;
  container?: string;
  target: { averageUtilization?: number; averageValue?: string };
}

/** `autoscaling/v2`. @internal */
export interface HorizontalPodAutoscaler extends KubernetesObject {
  spec: {
    scaleTargetRef: { kind: string; name: string };
    minReplicas?: number;
    maxReplicas: number;
    metrics?: Array<{
      type: string;
      resource?: ResourceMetric;
      containerResource?: ResourceMetric;
    }>;
  };
}

/** @internal */
export function readHorizontalPodAutoscaler({
  metadata,
  spec,
}: HorizontalPodAutoscaler): Steering {
  const all = spec.metrics ?? [];
  const metrics = all.flatMap(({ resource, containerResource }) => {
    const metric = resource ?? containerResource;
    return metric ? toMetric(metric) : [];
  });
  const ownedBy = metadata.ownerReferences?.find(
    ({ kind, apiVersion }) =>
      kind === 'ScaledObject' && apiVersion.startsWith('keda.sh/'),
  );
  return {
    kind: 'HorizontalPodAutoscaler',
    name: metadata.name,
    target: {
      namespace: metadata.namespace ?? '',
      kind: spec.scaleTargetRef.kind,
      name: spec.scaleTargetRef.name,
    },
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    metrics,
    otherMetrics: all.length - metrics.length,
    ...(ownedBy && { ownedBy: ownedBy.name }),
  };
}

function toMetric({
  name,
  container,
  target,
}: ResourceMetric): HpaResourceMetric[] {
  return name === 'cpu' || name === 'memory'
    ? [
        withoutUndefined({
          resource: name,
          container,
          targetUtilization: target.averageUtilization,
          targetAverageValue: parseQuantity(target.averageValue),
        }),
      ]
    : [];
}
