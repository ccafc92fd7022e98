import { workloadId } from '../../world/objectIds';
import { podLabelsOf } from '../../world/releases';
import { WorkloadSpec } from '../../world/types';
import { JOBS_HISTORY } from '../../world/Runs';
import { runStart } from '../../world/wishes';
import { KubeObject } from '../types';
import { ObjectContext } from './context';
import { jobOf } from './pods';
import { podSpec } from './podTemplate';

type Runs = Extract<WorkloadSpec['schedule'], { type: 'runs' }>;

function jobSpec(context: ObjectContext, spec: WorkloadSpec, runHour: number) {
  const revision = context.cluster.wishes.revision(spec, runHour);
  const { pods } = spec.schedule as Runs;
  return {
    parallelism: pods,
    completions: pods,
    backoffLimit: 6,
    template: {
      metadata: {
        creationTimestamp: null,
        labels: podLabelsOf(spec, revision),
      },
      spec: podSpec(spec, revision),
    },
  };
}

/** Cron's fields; days of the week as Kubernetes reads them, 0 = Sunday. */
function cronExpression({ minute, hour, weekdays }: Runs): string {
  const days = weekdays.length === 7 ? '*' : weekdays.join(',');
  return `${minute} ${hour} * * ${days}`;
}

/** An IANA zone with a fixed offset; its sign is the other way round. */
export function fixedZone(utcOffsetHours: number): string {
  return utcOffsetHours > 0
    ? `Etc/GMT-${utcOffsetHours}`
    : `Etc/GMT+${-utcOffsetHours}`;
}

/** Whether a pod is one of a run of a CronJob. */
function isOfRun(spec: WorkloadSpec, runHour: number | undefined) {
  const id = workloadId(spec);
  return (life: { spec: WorkloadSpec; runHour?: number }) =>
    workloadId(life.spec) === id && life.runHour === runHour;
}

function job(
  context: ObjectContext,
  spec: WorkloadSpec,
  runHour: number,
): KubeObject {
  const { state } = context;
  const name = jobOf(context, spec, runHour);
  const ofRun = isOfRun(spec, runHour);
  const active = state.pods.filter(ofRun);
  const done = state.finished.filter(ofRun);
  const startedAt = runStart(spec, runHour);
  // A Job keeps the template it was made from.
  const made = [...active, ...done][0]?.spec ?? spec;
  const completed =
    active.length === 0
      ? Math.max(startedAt, ...done.map(life => life.until))
      : undefined;
  const uid = context.uid('Job', spec.namespace, name);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: context.meta('Job', spec.namespace, name, {
      bornAt: startedAt,
      generation: 1,
      labels: spec.labels,
      ownerReferences: [
        context.owner('batch/v1', 'CronJob', spec.namespace, spec.name),
      ],
    }),
    spec: {
      ...jobSpec(context, made, runHour),
      completionMode: 'NonIndexed',
      suspend: false,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
    },
    status: {
      startTime: context.time(startedAt),
      ...(active.length > 0 && { active: active.length }),
      ...(done.length > 0 && { succeeded: done.length }),
      ready: active.filter(life => context.isReady(life)).length,
      ...(completed !== undefined && {
        completionTime: context.time(completed),
        conditions: [
          {
            type: 'Complete',
            status: 'True',
            lastProbeTime: context.time(completed),
            lastTransitionTime: context.time(completed),
          },
        ],
      }),
    },
  };
}

function cronJob(context: ObjectContext, spec: WorkloadSpec): KubeObject {
  const { state, cluster } = context;
  const runs = state.runs.get(workloadId(spec)) ?? [];
  const active = runs.filter(run => state.pods.some(isOfRun(spec, run)));
  const finished = runs.filter(run => !active.includes(run));
  const ends = state.finished
    .filter(isOfRun(spec, finished[0]))
    .map(life => life.until);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: context.meta('CronJob', spec.namespace, spec.name, {
      generation: 1 + (spec.edit?.count ?? 0) + (spec.scalings ?? 0),
      labels: spec.labels,
      ...(spec.annotations && { annotations: spec.annotations }),
    }),
    spec: {
      schedule: cronExpression(spec.schedule as Runs),
      timeZone: fixedZone(cluster.spec.utcOffsetHours),
      concurrencyPolicy: 'Forbid',
      suspend: spec.suspended ?? false,
      successfulJobsHistoryLimit: JOBS_HISTORY,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        metadata: { creationTimestamp: null, labels: spec.labels },
        spec: jobSpec(context, spec, state.hour),
      },
    },
    status: {
      ...(active.length > 0 && {
        active: active.map(run => {
          const name = jobOf(context, spec, run);
          return {
            apiVersion: 'batch/v1',
            kind: 'Job',
            name,
            namespace: spec.namespace,
            uid: context.uid('Job', spec.namespace, name),
          };
        }),
      }),
      ...(runs.length > 0 && {
        lastScheduleTime: context.time(runStart(spec, runs[0])),
      }),
      ...(ends.length > 0 && {
        lastSuccessfulTime: context.time(Math.max(...ends)),
      }),
    },
  };
}

/** CronJobs and the Jobs of their last runs. */
export function jobs(context: ObjectContext) {
  const specs = context.state.workloads.filter(spec => spec.kind === 'CronJob');
  return {
    'batch/v1/cronjobs': specs.map(spec => cronJob(context, spec)),
    'batch/v1/jobs': specs.flatMap(spec =>
      (context.state.runs.get(workloadId(spec)) ?? []).map(run =>
        job(context, spec, run),
      ),
    ),
  };
}
