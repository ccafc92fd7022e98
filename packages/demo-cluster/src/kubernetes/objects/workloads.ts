import { PodLife } from '../../world/lives';
import { editOf, podLabelsOf } from '../../world/releases';
import { WorkloadSpec } from '../../world/types';
import { KubeObject } from '../types';
import { matchLabels, ObjectContext } from './context';
import { podSpec } from './podTemplate';
import { memoryQuantity } from '../quantities';

/** How long a rollout may take until it counts as failed. */
const PROGRESS_SECONDS = 600;

function template(
  spec: WorkloadSpec,
  revision: number,
  labels: Record<string, string> = {},
) {
  const annotations = editOf(spec, revision)?.annotations ?? {};
  return {
    metadata: {
      creationTimestamp: null,
      labels: { ...podLabelsOf(spec, revision), ...labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: podSpec(spec, revision),
  };
}

/** How often the spec of a workload has changed. */
function generationOf(spec: WorkloadSpec, revision: number): number {
  return revision + 1 + (spec.scalings ?? 0);
}

/** A workload that is to have `wanted` pods. */
function counts(context: ObjectContext, lives: PodLife[], wanted: number) {
  const ready = lives.filter(life => context.isReady(life)).length;
  return {
    replicas: lives.length,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailable: Math.max(0, wanted - ready),
  };
}

/** How far a Deployment has got with a template that was changed from outside. */
function progress(
  context: ObjectContext,
  spec: WorkloadSpec,
  revision: number,
  wanted: number,
) {
  const { seconds } = context.state;
  const at = spec.edit?.at ?? context.born(spec);
  const done = context
    .podsOf(spec)
    .filter(life => life.revision === revision && context.isReady(life)).length;
  const isDone = !spec.edit || done >= wanted;
  const isLate = !isDone && seconds >= at + PROGRESS_SECONDS;
  const reason = isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  return {
    type: 'Progressing',
    status: isLate ? 'False' : 'True',
    reason: isLate ? 'ProgressDeadlineExceeded' : reason,
    lastTransitionTime: context.time(isLate ? at + PROGRESS_SECONDS : at),
    lastUpdateTime: context.time(isLate ? at + PROGRESS_SECONDS : at),
  };
}

function deployment(context: ObjectContext, spec: WorkloadSpec): KubeObject {
  const { wishes } = context.cluster;
  const { hour } = context.state;
  const wanted = wishes.replicas(spec, hour);
  const revision = wishes.revision(spec, hour);
  const lives = context.podsOf(spec);
  const { unavailable, ...status } = counts(context, lives, wanted);
  const bornAt = context.born(spec);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: context.meta('Deployment', spec.namespace, spec.name, {
      bornAt,
      generation: generationOf(spec, revision),
      labels: spec.labels,
      annotations: {
        ...spec.annotations,
        'deployment.kubernetes.io/revision': String(revision + 1),
      },
    }),
    spec: {
      replicas: wanted,
      selector: { matchLabels: matchLabels(spec) },
      template: template(spec, revision),
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
      },
      revisionHistoryLimit: 1,
      progressDeadlineSeconds: PROGRESS_SECONDS,
    },
    status: {
      observedGeneration: generationOf(spec, revision),
      ...status,
      updatedReplicas: lives.filter(life => life.revision === revision).length,
      ...(unavailable > 0 && { unavailableReplicas: unavailable }),
      conditions: [
        {
          type: 'Available',
          status: status.readyReplicas * 4 >= wanted * 3 ? 'True' : 'False',
          reason:
            status.readyReplicas * 4 >= wanted * 3
              ? 'MinimumReplicasAvailable'
              : 'MinimumReplicasUnavailable',
          lastTransitionTime: context.time(bornAt),
          lastUpdateTime: context.time(bornAt),
        },
        progress(context, spec, revision, wanted),
      ],
    },
  };
}

/** The ReplicaSet of the current release, the one before, and any that still has pods. */
function replicaSets(context: ObjectContext, spec: WorkloadSpec): KubeObject[] {
  const { wishes } = context.cluster;
  const { hour } = context.state;
  const current = wishes.revision(spec, hour);
  const lives = context.podsOf(spec);
  const revisions = new Set([current, ...lives.map(life => life.revision)]);
  if (current > 0) {
    revisions.add(current - 1);
  }
  return [...revisions].map(revision => {
    const hash = wishes.templateHash(spec, revision);
    const mine = lives.filter(life => life.revision === revision);
    const wanted =
      revision === current ? wishes.replicas(spec, hour) : mine.length;
    const { replicas, readyReplicas, availableReplicas } = counts(
      context,
      mine,
      wanted,
    );
    const labels = { 'pod-template-hash': hash };
    return {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: context.meta(
        'ReplicaSet',
        spec.namespace,
        `${spec.name}-${hash}`,
        {
          bornAt: context.born(spec),
          generation: 1,
          labels: { ...podLabelsOf(spec, revision), ...labels },
          annotations: {
            'deployment.kubernetes.io/desired-replicas': String(wanted),
            'deployment.kubernetes.io/revision': String(revision + 1),
          },
          ownerReferences: [
            context.owner('apps/v1', 'Deployment', spec.namespace, spec.name),
          ],
        },
      ),
      spec: {
        replicas: wanted,
        selector: { matchLabels: { ...matchLabels(spec), ...labels } },
        template: template(spec, revision, labels),
      },
      status: {
        observedGeneration: 1,
        replicas,
        fullyLabeledReplicas: replicas,
        ...(readyReplicas > 0 && { readyReplicas, availableReplicas }),
      },
    };
  });
}

function statefulSet(context: ObjectContext, spec: WorkloadSpec): KubeObject {
  const { wishes } = context.cluster;
  const wanted = wishes.replicas(spec, context.state.hour);
  const lives = context.podsOf(spec);
  const { unavailable: _, ...status } = counts(context, lives, wanted);
  const revision = wishes.revision(spec, context.state.hour);
  const name = `${spec.name}-${wishes.templateHash(spec, revision)}`;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: context.meta('StatefulSet', spec.namespace, spec.name, {
      generation: generationOf(spec, revision),
      labels: spec.labels,
      ...(spec.annotations && { annotations: spec.annotations }),
    }),
    spec: {
      replicas: wanted,
      serviceName: spec.name,
      podManagementPolicy: 'OrderedReady',
      selector: { matchLabels: matchLabels(spec) },
      template: template(spec, revision),
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 0 },
      },
      ...(spec.volume && {
        volumeClaimTemplates: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: spec.volume.name, creationTimestamp: null },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: spec.volume.storageClass,
              resources: {
                requests: {
                  storage: memoryQuantity(spec.volume.capacityBytes),
                },
              },
            },
          },
        ],
      }),
    },
    status: {
      observedGeneration: generationOf(spec, revision),
      ...status,
      currentReplicas: status.replicas,
      updatedReplicas: status.replicas,
      currentRevision: name,
      updateRevision: name,
      collisionCount: 0,
    },
  };
}

function daemonSet(context: ObjectContext, spec: WorkloadSpec): KubeObject {
  const lives = context.podsOf(spec);
  const ready = lives.filter(life => context.isReady(life)).length;
  const revision = spec.edit?.count ?? 0;
  const generation = String(revision + 1);
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: context.meta('DaemonSet', spec.namespace, spec.name, {
      generation: revision + 1,
      labels: spec.labels,
      annotations: { 'deprecated.daemonset.template.generation': generation },
    }),
    spec: {
      selector: { matchLabels: matchLabels(spec) },
      template: template(spec, revision),
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
      },
      revisionHistoryLimit: 10,
    },
    status: {
      observedGeneration: revision + 1,
      currentNumberScheduled: lives.length,
      desiredNumberScheduled: lives.length,
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: ready,
      updatedNumberScheduled: lives.filter(life => life.revision === revision)
        .length,
    },
  };
}

function ofKind(
  context: ObjectContext,
  kind: WorkloadSpec['kind'],
): WorkloadSpec[] {
  return context.state.workloads.filter(spec => spec.kind === kind);
}

/** Deployments with their ReplicaSets, StatefulSets and DaemonSets. */
export function workloads(context: ObjectContext) {
  const deployments = ofKind(context, 'Deployment');
  return {
    'apps/v1/deployments': deployments.map(spec => deployment(context, spec)),
    'apps/v1/replicasets': deployments.flatMap(spec =>
      replicaSets(context, spec),
    ),
    'apps/v1/statefulsets': ofKind(context, 'StatefulSet').map(spec =>
      statefulSet(context, spec),
    ),
    'apps/v1/daemonsets': ofKind(context, 'DaemonSet').map(spec =>
      daemonSet(context, spec),
    ),
  };
}
