import {
  ScalingTarget,
  ScalingWorkload,
} from '@headroom/plugin-scaling-common';

/** Safe in a URL; the same while the object lives. */
export function workloadId({ workload }: ScalingTarget): string {
  return Buffer.from(`${workload.cluster}\n${workload.uid}`).toString(
    'base64url',
  );
}

/** A workload as pages name it. */
export function workloadOf(target: ScalingTarget): ScalingWorkload {
  const { workload, autoscaler, contestedBy, entityRef } = target;
  const { cluster, namespace, kind, name } = workload;
  const steeredBy = autoscaler
    ? `${autoscaler.object.kind} ${autoscaler.object.name}`
    : contestedBy?.join(', ');
  return {
    id: workloadId(target),
    cluster,
    namespace,
    kind,
    name,
    ...(entityRef && { entityRef }),
    ...(steeredBy && { steeredBy }),
  };
}
