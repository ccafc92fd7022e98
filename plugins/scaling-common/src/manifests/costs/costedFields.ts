import { Json } from '@headroom/common';
import { at, isMap, listAt, mapAt } from '../json';
import { sha256 } from '../kustomize/sha256';
import { KubernetesJson } from '../ManifestObject';

/** Of a container and of a pod, what decides what it costs. */
const CONTAINER_FIELDS = ['name', 'resources', 'restartPolicy'];
const POD_FIELDS = [
  'resources',
  'overhead',
  'nodeSelector',
  'affinity',
  'tolerations',
  'restartPolicy',
  'resourceClaims',
];

/** Of a Job, how many pods it runs and how long they may. */
const JOB_FIELDS = [
  'parallelism',
  'completions',
  'suspend',
  'backoffLimit',
  'activeDeadlineSeconds',
];
const CRON_FIELDS = ['schedule', 'timeZone', 'suspend', 'concurrencyPolicy'];

const SCALED_JOB_FIELDS = [
  'minReplicaCount',
  'maxReplicaCount',
  'pollingInterval',
  'scalingStrategy',
];

/** Of the spec of pods, what decides what they cost. */
export function costedPod(pod: Json | undefined): KubernetesJson {
  const containers = (list: string) =>
    listAt(pod, list)
      .filter(isMap)
      .map(each => pick(each, CONTAINER_FIELDS));
  const volumes = ephemeralVolumes(pod);
  return {
    ...pick(pod, POD_FIELDS),
    ...(volumes.length > 0 && { volumes }),
    containers: containers('containers'),
    initContainers: containers('initContainers'),
  };
}

/** Volumes that are made for each pod. */
export function ephemeralVolumes(pod: Json | undefined): KubernetesJson[] {
  return listAt(pod, 'volumes').flatMap(volume => {
    const claim = at(volume, 'ephemeral', 'volumeClaimTemplate');
    const spec = pick(at(claim, 'spec'), ['resources', 'storageClassName']);
    return at(volume, 'ephemeral') === undefined
      ? []
      : [
          {
            ...pick(volume, ['name']),
            ephemeral: { volumeClaimTemplate: { spec } },
          },
        ];
  });
}

/**
 * What tells an object of a kind that nobody here knows from another version of it:
 * its hash, also where that is all that was told of it.
 */
export function hashOfUnknown({
  apiVersion: _apiVersion,
  kind: _kind,
  metadata: _metadata,
  status: _status,
  ...rest
}: KubernetesJson): string {
  return typeof rest.contentHash === 'string' && Object.keys(rest).length === 1
    ? rest.contentHash
    : sha256(JSON.stringify(rest)).slice(0, 16);
}

/** Of a Job's spec, what decides how many pods it runs and when. */
export function costedJobFields(spec: Json | undefined): KubernetesJson {
  return pick(spec, JOB_FIELDS);
}

/** Of a CronJob's spec, what decides how often it runs. */
export function costedCronFields(spec: Json | undefined): KubernetesJson {
  return pick(spec, CRON_FIELDS);
}

/**
 * Of a ScaledJob's spec, what decides what it costs: of triggers the types and
 * numbers, as addresses and names of queues are nobody's business.
 */
export function costedScaledJob(spec: Json | undefined): KubernetesJson {
  return {
    ...pick(spec, SCALED_JOB_FIELDS),
    jobTargetRef: {
      ...costedJobFields(at(spec, 'jobTargetRef')),
      template: {
        spec: costedPod(at(spec, 'jobTargetRef', 'template', 'spec')),
      },
    },
    triggers: listAt(spec, 'triggers').map(trigger => ({
      ...pick(trigger, ['type']),
      metadata: Object.fromEntries(
        Object.entries(mapAt(trigger, 'metadata')).filter(([, value]) =>
          /^-?[\d.]+$/.test(String(value)),
        ),
      ),
    })),
  };
}

export function pick(
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
