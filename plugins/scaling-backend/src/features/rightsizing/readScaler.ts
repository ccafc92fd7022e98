import {
  KubernetesAccess,
  KubernetesApiError,
  KubernetesReader,
  KubernetesResource,
  ObjectMeta,
} from '@headroom/plugin-clusters-node';
import { ScalerObject, TargetMove } from '@headroom/plugin-scaling-common';
import { OwnedMeta } from './keptInGit';

const RESOURCES: Record<TargetMove['kind'], KubernetesResource> = {
  HorizontalPodAutoscaler: {
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    resource: 'horizontalpodautoscalers',
  },
  ScaledObject: {
    group: 'keda.sh',
    version: 'v1alpha1',
    kind: 'ScaledObject',
    resource: 'scaledobjects',
  },
};

/**
 * An autoscaler as its API server has it now.
 *
 * @returns undefined when there is none, or nothing says how to reach the cluster
 * @throws KubernetesApiError
 */
export async function readScaler(
  access: KubernetesAccess,
  at: { cluster: string; namespace: string },
  { kind, name }: Pick<TargetMove, 'kind' | 'name'>,
  signal: AbortSignal,
): Promise<(ScalerObject & { meta: OwnedMeta }) | undefined> {
  const { cluster, namespace } = at;
  const reference = { ...RESOURCES[kind], namespace, name };
  const reader = KubernetesReader.of(access, cluster);
  try {
    const object = await reader?.get<{
      metadata: ObjectMeta;
      spec?: ScalerObject['spec'];
    }>(reference, { signal });
    return (
      object && {
        target: {
          type: 'kubernetes',
          cluster,
          ...reference,
          uid: object.metadata.uid,
          resourceVersion: object.metadata.resourceVersion ?? '',
        },
        meta: object.metadata,
        spec: object.spec ?? {},
      }
    );
  } catch (error) {
    if (error instanceof KubernetesApiError && error.failure === 'NotFound') {
      return undefined;
    }
    throw error;
  }
}
