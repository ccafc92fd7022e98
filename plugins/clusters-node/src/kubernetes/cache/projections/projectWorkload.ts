import { FieldPath } from '@headroom/common';
import { boundLabels } from '../../labels/boundLabels';
import {
  Container,
  KubernetesObject,
  ManagedFields,
  PodTemplate,
} from '../../objects';
import { FieldOwner } from '../../ownership/FieldOwner';
import { ownersOf } from '../../ownership/ownersOf';
import { projectBase, sharer } from './projectBase';
import { CachedContainer, CachedWorkload } from './types';

interface Condition {
  type: string;
  status: string;
  reason?: string;
  lastUpdateTime?: string;
  lastTransitionTime?: string;
}

/** What is read of a Deployment, StatefulSet or Rollout. */
interface ReplicatedObject extends KubernetesObject {
  spec: {
    replicas?: number;
    paused?: boolean;
    template?: Partial<PodTemplate>;
    workloadRef?: { apiVersion?: string; kind?: string; name?: string };
  };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    /** Argo Rollouts writes a text. */
    observedGeneration?: number | string;
    conditions?: Condition[];
    currentRevision?: string;
    updateRevision?: string;
    /** Of Argo Rollouts, e.g. `Progressing`. */
    phase?: string;
  };
}

interface CronJobObject extends KubernetesObject {
  spec: {
    suspend?: boolean;
    jobTemplate?: { spec?: { template?: Partial<PodTemplate> } };
  };
}

const REPLICAS: FieldPath = ['spec', 'replicas'];
const SUSPEND: FieldPath = ['spec', 'suspend'];
const TEMPLATE: FieldPath = ['spec', 'template'];
const JOB_TEMPLATE: FieldPath = ['spec', 'jobTemplate', 'spec', 'template'];
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

const API_VERSIONS = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Rollout: 'argoproj.io/v1alpha1',
};

/**
 * Gives what makes of a Deployment, StatefulSet or Rollout what is kept of it.
 *
 * @internal
 */
export function projectReplicated(
  kind: keyof typeof API_VERSIONS,
): (object: unknown) => CachedWorkload {
  return item => {
    const object = item as ReplicatedObject;
    const { metadata, spec, status = {} } = object;
    const { template, workloadRef, replicas } = spec;
    const pods = template?.spec ? template : undefined;
    const base = projectBase(object, API_VERSIONS[kind], kind, [REPLICAS]);
    const containers = containersOf(pods, TEMPLATE, metadata.managedFields);
    return {
      ...base,
      ...(pods && { podLabels: podLabelsOf(pods, base.labels) }),
      containers,
      ...countsOf(replicas, status),
      ...(spec.paused && { paused: true as const }),
      ...generationsOf(metadata, status),
      ...(isRollingOut(object) && { rollingOut: true as const }),
      ...rolloutTime(object),
      ...(workloadRef?.kind &&
        workloadRef.name && {
          workloadRef: {
            ...(workloadRef.apiVersion && {
              apiVersion: workloadRef.apiVersion,
            }),
            kind: workloadRef.kind,
            name: workloadRef.name,
          },
        }),
    };
  };
}

/** @internal */
export function projectCronJob(item: unknown): CachedWorkload {
  const object = item as CronJobObject;
  const { suspend, jobTemplate } = object.spec;
  const template = jobTemplate?.spec?.template;
  const base = projectBase(object, 'batch/v1', 'CronJob', [SUSPEND]);
  const containers = containersOf(
    template,
    JOB_TEMPLATE,
    object.metadata.managedFields,
  );
  return {
    ...base,
    podLabels: podLabelsOf(template, base.labels),
    containers,
    ...(suspend !== undefined && { suspend }),
  };
}

/** As a rule they are those of the workload, and are then kept once. */
function podLabelsOf(
  template: Partial<PodTemplate> | undefined,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const podLabels = boundLabels(template?.metadata?.labels);
  return JSON.stringify(podLabels) === JSON.stringify(labels)
    ? labels
    : podLabels;
}

/** Those that run as long as the pod does. */
function containersOf(
  template: Partial<PodTemplate> | undefined,
  path: FieldPath,
  managedFields: ManagedFields[] | undefined,
): CachedContainer[] {
  const { initContainers = [], containers = [] } = template?.spec ?? {};
  const sidecars = initContainers.filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const share = sharer<FieldOwner>();
  const kept = (list: Container[], key: string) =>
    list.map(({ name, resources }) => {
      const owners = ownersOf(managedFields, [
        ...path,
        'spec',
        key,
        `[name=${name}]`,
        'resources',
      ]);
      return {
        name,
        ...(resources?.requests && { requests: resources.requests }),
        ...(resources?.limits && { limits: resources.limits }),
        ...(owners.length > 0 && { owners: share(owners) }),
      };
    });
  return [
    ...kept(containers, 'containers'),
    ...kept(sidecars, 'initContainers'),
  ];
}

function countsOf(
  replicas: number | undefined,
  status: NonNullable<ReplicatedObject['status']>,
) {
  if (replicas !== undefined && !Number.isInteger(replicas)) {
    throw new TypeError('Malformed replicas');
  }
  // Kubernetes leaves out what is 0; a status that says nothing is not one.
  const known = Object.keys(status).length > 0;
  return {
    ...(replicas !== undefined && { replicas }),
    ...(known && {
      statusReplicas: status.replicas ?? 0,
      readyReplicas: status.readyReplicas ?? 0,
    }),
  };
}

function generationsOf(
  { generation }: ReplicatedObject['metadata'],
  { observedGeneration }: NonNullable<ReplicatedObject['status']>,
) {
  const observed = Number(observedGeneration);
  return {
    ...(generation !== undefined && { generation }),
    ...(Number.isInteger(observed) && { observedGeneration: observed }),
  };
}

function isRollingOut({ metadata, status = {} }: ReplicatedObject): boolean {
  const { generation, observedGeneration } = generationsOf(metadata, status);
  if (
    generation !== undefined &&
    observedGeneration !== undefined &&
    observedGeneration < generation
  ) {
    return true;
  }
  const { replicas = 0, updatedReplicas = 0 } = status;
  const progressing = status.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  return (
    status.phase === 'Progressing' ||
    (progressing?.status === 'True' && updatedReplicas < replicas) ||
    (status.updateRevision !== undefined &&
      status.currentRevision !== status.updateRevision &&
      updatedReplicas < replicas)
  );
}

/**
 * A Deployment notes its last progress; scaling alone is none once a rollout is over.
 * A StatefulSet notes nothing, so that a restart is all that is to be seen.
 */
function rolloutTime({ spec, status }: ReplicatedObject): {
  rolledOutAt?: string;
} {
  const progressing = status?.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  const times = [
    spec.template?.metadata?.annotations?.[RESTARTED_AT],
    progressing?.status === 'True'
      ? progressing.lastUpdateTime ?? progressing.lastTransitionTime
      : undefined,
  ].flatMap(time => {
    const ms = Date.parse(time ?? '');
    return Number.isNaN(ms) ? [] : [ms];
  });
  return times.length > 0
    ? { rolledOutAt: new Date(Math.max(...times)).toISOString() }
    : {};
}
