import { Json } from '@headroom/common';
import { isMap, listAt, mapAt } from '../json';
import { KubernetesJson, ManifestObject } from '../ManifestObject';
import { ManifestSet } from '../ManifestSet';

const OTHER_KINDS = new Set([
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'PersistentVolumeClaim',
  'Service',
  'ScaledJob',
]);

/** Of a container and of a pod, what decides what it costs. */
const CONTAINER_FIELDS = ['name', 'resources', 'restartPolicy'];
const POD_FIELDS = [
  'resources',
  'overhead',
  'nodeSelector',
  'affinity',
  'restartPolicy',
];

const SCALER_FIELDS = [
  'scaleTargetRef',
  'minReplicas',
  'maxReplicas',
  'minReplicaCount',
  'maxReplicaCount',
  'idleReplicaCount',
  'resources',
  'storageClassName',
];

/**
 * The objects of manifests that decide what they cost, without what of them is
 * nobody's business: environment, commands, images, annotations and the rest.
 *
 * @public
 */
export function costedObjects(
  objects: readonly ManifestObject[],
): KubernetesJson[] {
  const { workloads, all } = ManifestSet.of(objects, {});
  return [
    ...workloads.map(({ on, podPath }) => {
      const spec = mapAt(on.object, 'spec');
      const pod = mapAt(on.object, ...podPath);
      const containers = (list: string) =>
        listAt(pod, list).map(each => pick(each, CONTAINER_FIELDS));
      const kept: Json = {
        ...pick(pod, POD_FIELDS),
        containers: containers('containers'),
        initContainers: containers('initContainers'),
      };
      const { replicas, volumeClaimTemplates } = spec;
      return {
        ...top(on.object),
        spec: {
          // A pod is its own template.
          ...(podPath.length === 1 ? kept : within(podPath.slice(1), kept)),
          ...(replicas !== undefined && { replicas }),
          ...(volumeClaimTemplates !== undefined && { volumeClaimTemplates }),
        },
      };
    }),
    ...all
      .filter(({ object }) => OTHER_KINDS.has(String(object.kind)))
      .map(({ object }) => ({
        ...top(object),
        spec:
          object.kind === 'Service'
            ? pick(object.spec, ['type'])
            : pick(object.spec, SCALER_FIELDS),
      })),
  ];
}

function top({ apiVersion, kind, metadata }: KubernetesJson) {
  return {
    apiVersion,
    kind,
    metadata: pick(metadata, ['name', 'namespace']),
  };
}

function pick(
  value: Json | undefined,
  fields: readonly string[],
): KubernetesJson {
  return isMap(value)
    ? Object.fromEntries(
        fields.flatMap(field =>
          Object.hasOwn(value, field) ? [[field, value[field]]] : [],
        ),
      )
    : {};
}

function within(
  path: ReadonlyArray<string | number>,
  value: Json,
): KubernetesJson {
  const [key, ...rest] = path;
  return { [key]: rest.length === 0 ? value : within(rest, value) };
}
