import { ServiceSpec } from '../ServiceSpec';
import { TRAINING_CRON } from '../trainingCron';
import { isScaled, localQueueOf, metadataOf, selectorOf } from './names';
import { podMetadataOf, podSpecOf } from './podSpec';

/** The longest that a run may take: a day, so that the next isn't kept from beginning for ever. */
const LONGEST_RUN_SECONDS = 86_400;

/** The object whose pods do the work, with the annotations that Headroom reads. */
export function workloadOf(spec: ServiceSpec) {
  switch (spec.kind) {
    case 'training-job':
      return cronJobOf(spec);
    case 'feature-store':
      return statefulSetOf(spec);
    default:
      return deploymentOf(spec);
  }
}

function deploymentOf(spec: ServiceSpec) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(spec),
    spec: {
      ...replicasOf(spec),
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorOf(spec) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
      template: { metadata: podMetadataOf(spec), spec: podSpecOf(spec) },
    },
  };
}

function statefulSetOf(spec: ServiceSpec) {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(spec),
    spec: {
      ...replicasOf(spec),
      serviceName: headlessNameOf(spec),
      revisionHistoryLimit: 5,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate' },
      // What a replica knew is there when it comes back.
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
      },
      selector: { matchLabels: selectorOf(spec) },
      template: { metadata: podMetadataOf(spec), spec: podSpecOf(spec) },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: spec.storage ?? '20Gi' } },
          },
        },
      ],
    },
  };
}

function cronJobOf(spec: ServiceSpec) {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(spec),
    spec: {
      schedule: spec.cron ?? TRAINING_CRON,
      timeZone: spec.timezone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: {
          labels: {
            ...podMetadataOf(spec).labels,
            'kueue.x-k8s.io/queue-name': localQueueOf(spec),
          },
        },
        spec: {
          // Kueue lets it begin when there is room.
          suspend: true,
          backoffLimit: 3,
          activeDeadlineSeconds: LONGEST_RUN_SECONDS,
          ttlSecondsAfterFinished: 3600,
          podFailurePolicy: {
            rules: [
              {
                action: 'FailJob',
                onExitCodes: {
                  containerName: spec.name,
                  operator: 'In',
                  values: [2, 3],
                },
              },
              {
                action: 'Ignore',
                onExitCodes: {
                  containerName: spec.name,
                  operator: 'In',
                  values: [75],
                },
              },
              {
                action: 'Ignore',
                onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
              },
            ],
          },
          template: { metadata: podMetadataOf(spec), spec: podSpecOf(spec) },
        },
      },
    },
  };
}

/** The Service by which replicas of a StatefulSet find each other. */
export function headlessNameOf({ name }: ServiceSpec): string {
  return `${name}-peers`;
}

/** The autoscaler owns the number where there is one. */
function replicasOf(spec: ServiceSpec) {
  return isScaled(spec) ? {} : { replicas: spec.replicas.min };
}
