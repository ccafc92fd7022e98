import { at, mapAt } from '../json';
import { KubernetesJson, ManifestObject } from '../ManifestObject';
import { ManifestSet } from '../ManifestSet';
import {
  costedCronFields,
  costedJobFields,
  costedPod,
  costedScaledJob,
  hashOfUnknown,
  pick,
} from './costedFields';
import { isUnknownKind } from './isUnknownKind';

const OTHER_KINDS = new Set([
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'PersistentVolumeClaim',
  'Service',
  'ScaledJob',
]);

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
    ...workloads.map(({ on, kind, podPath }) => {
      const spec = mapAt(on.object, 'spec');
      const kept = costedPod(at(on.object, ...podPath));
      const {
        replicas,
        volumeClaimTemplates,
        persistentVolumeClaimRetentionPolicy: retention,
        workloadRef,
      } = spec;
      return {
        ...top(on.object),
        spec: {
          ...specOf(kind, spec, kept),
          ...(workloadRef !== undefined && {
            workloadRef: pick(workloadRef, ['kind', 'name']),
          }),
          ...(replicas !== undefined && { replicas }),
          ...(volumeClaimTemplates !== undefined && { volumeClaimTemplates }),
          ...(retention !== undefined && {
            persistentVolumeClaimRetentionPolicy: pick(retention, [
              'whenScaled',
              'whenDeleted',
            ]),
          }),
        },
      };
    }),
    ...all
      .filter(
        on => OTHER_KINDS.has(String(on.object.kind)) && !isUnknownKind(on),
      )
      .map(({ object }) => ({
        ...top(object),
        spec: otherSpecOf(object),
      })),
    ...all
      .filter(on => isUnknownKind(on))
      .map(({ object }) => ({
        ...top(object),
        contentHash: hashOfUnknown(object),
      })),
  ];
}

/** With the pods where their kind has them. */
function specOf(
  kind: string,
  spec: KubernetesJson,
  pods: KubernetesJson,
): KubernetesJson {
  const template = { spec: pods };
  switch (kind) {
    // A pod is its own template.
    case 'Pod':
      return pods;
    case 'Job':
      return { ...costedJobFields(spec), template };
    case 'CronJob': {
      const job = costedJobFields(at(spec, 'jobTemplate', 'spec'));
      return {
        ...costedCronFields(spec),
        jobTemplate: { spec: { ...job, template } },
      };
    }
    default:
      return { template };
  }
}

function otherSpecOf({ kind, spec }: KubernetesJson): KubernetesJson {
  switch (kind) {
    case 'Service':
      return pick(spec, ['type']);
    case 'ScaledJob':
      return costedScaledJob(spec);
    default:
      return pick(spec, SCALER_FIELDS);
  }
}

function top({ apiVersion, kind, metadata }: KubernetesJson) {
  return {
    apiVersion,
    kind,
    metadata: pick(metadata, ['name', 'namespace']),
  };
}
