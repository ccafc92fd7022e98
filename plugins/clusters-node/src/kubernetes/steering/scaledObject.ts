import { HpaResourceMetric, parseQuantity, Steering } from '@headroom/common';
import { KubernetesObject } from '../objects';
import { withoutUndefined } from '../workloads/containerSpec';

interface Trigger {
  type: string;
  metricType?: string;
  metadata?: { type?: string; value?: string; containerName?: string };
}

/** `keda.sh/v1alpha1`. @internal */
export interface ScaledObject extends KubernetesObject {
  spec: {
    scaleTargetRef: { kind?: string; name: string };
    minReplicaCount?: number;
    maxReplicaCount?: number;
    triggers?: Trigger[];
  };
}

/** What KEDA takes for what a ScaledObject leaves out. */
const DEFAULTS = { kind: 'Deployment', minReplicas: 0, maxReplicas: 100 };
const PAUSED = 'autoscaling.keda.sh/paused';
const PAUSED_REPLICAS = 'autoscaling.keda.sh/paused-replicas';

/** @internal */
export function readScaledObject({ metadata, spec }: ScaledObject): Steering {
  const triggers = spec.triggers ?? [];
  const metrics = triggers.flatMap(toMetric);
  return {
    kind: 'ScaledObject',
    name: metadata.name,
    target: {
      namespace: metadata.namespace ?? '',
      kind: spec.scaleTargetRef.kind ?? DEFAULTS.kind,
      name: spec.scaleTargetRef.name,
    },
    minReplicas: spec.minReplicaCount ?? DEFAULTS.minReplicas,
    maxReplicas: spec.maxReplicaCount ?? DEFAULTS.maxReplicas,
    metrics,
    otherMetrics: triggers.length - metrics.length,
    paused: isPaused(metadata.annotations),
  };
}

/** `metricType` says what the value is; before KEDA 2.7 `metadata.type` did. */
function toMetric({
  type,
  metricType,
  metadata,
}: Trigger): HpaResourceMetric[] {
  if (type !== 'cpu' && type !== 'memory') {
    return [];
  }
  const value = parseQuantity(metadata?.value);
  const utilization = (metricType ?? metadata?.type) === 'Utilization';
  return [
    withoutUndefined({
      resource: type,
      container: metadata?.containerName,
      targetUtilization: utilization ? value : undefined,
      targetAverageValue: utilization ? undefined : value,
    }),
  ];
}

/** KEDA takes a `paused` that is no boolean for true. */
function isPaused(annotations: Record<string, string> = {}): boolean {
  const paused = annotations[PAUSED];
  return (
    annotations[PAUSED_REPLICAS] !== undefined ||
    (paused !== undefined && !/^(0|f|false)$/i.test(paused))
  );
}
