import { WorkloadSpec } from '../../world/types';
import { JOBS_HISTORY } from '../../world/WorldCluster';
import { runStart } from '../../world/wishes';
import { KubeObject } from '../types';
import { ObjectContext } from './context';
import { jobOf } from './pods';
import { podSpec } from './podTemplate';

type Runs = Extract<WorkloadSpec['schedule'], { type: 'runs' }>;

function jobSpec(spec: WorkloadSpec) {
  const { pods } = spec.schedule as Runs;
  return {
    parallelism: pods,
    completions: pods,
    backoffLimit: 6,
    template: {
      metadata: { creationTimestamp: null, labels: spec.labels },
      spec: podSpec(spec),
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

function job(
  context: ObjectContext,
  spec: WorkloadSpec,
  runHour: number,
): KubeObject {
  const { state } = context;
  const name = jobOf(context, spec, runHour);
  const ofRun = (life: { spec: WorkloadSpec; runHour?: number }) =>
    life.spec === spec && life.runHour === runHour;
  const active = state.pods.filter(ofRun);
  const done = state.finished.filter(ofRun);
  const startedAt = runStart(spec, runHour);
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
      ...jobSpec(spec),
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
  const runs = state.runs.get(spec) ?? [];
  const active = runs.filter(run =>
    state.pods.some(life => life.spec === spec && life.runHour === run),
  );
  const finished = runs.filter(run => !active.includes(run));
  const ends = state.finished
    .filter(life => life.spec === spec && life.runHour === finished[0])
    .map(life => life.until);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: context.meta('CronJob', spec.namespace, spec.name, {
      generation: 1,
      labels: spec.labels,
    }),
    spec: {
      schedule: cronExpression(spec.schedule as Runs),
      timeZone: fixedZone(cluster.spec.utcOffsetHours),
      concurrencyPolicy: 'Forbid',
      suspend: false,
      successfulJobsHistoryLimit: JOBS_HISTORY,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        metadata: { creationTimestamp: null, labels: spec.labels },
        spec: jobSpec(spec),
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
      (context.state.runs.get(spec) ?? []).map(run => job(context, spec, run)),
    ),
  };
}
