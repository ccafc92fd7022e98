import type { LogEntry } from '../interventions/InterventionLog';
import { cpuOfAll, pausedAt } from '../scaling';
import { HOUR_SECONDS } from '../time';
import { ClusterSpec, ContainerSpec, WorkloadSpec } from '../types';
import { Wishes } from '../wishes';
import { CreatedObjects } from './CreatedObjects';
import { readWorkload, WrittenWorkload } from './readWorkload';
import { readScaler, Scaler } from './scalers';
import { meanReplicas } from './usageFor';

/** Where what is written is followed. */
export interface WritingContext {
  cluster: ClusterSpec;
  wishes: Wishes;
  created: CreatedObjects;
  /** The instant of a moment of the world. */
  timeOf: (seconds: number) => Date;
}

/** What names a workload. */
export type WorkloadName = Pick<WorkloadSpec, 'kind' | 'namespace' | 'name'>;

/**
 * The spec of a workload after an object of its name, its autoscaler or its
 * namespace was written or deleted; the one before where that changes nothing.
 */
export function applyManifest(
  name: WorkloadName,
  last: WorkloadSpec | undefined,
  entry: LogEntry,
  context: WritingContext,
): WorkloadSpec | undefined {
  const { object, patch, seconds } = entry;
  const isItself = object.kind === name.kind && object.name === name.name;
  const written =
    isItself && patch.manifest
      ? withManifest(name, last, entry, context)
      : last;
  return written && rescaled(written, seconds, context);
}

function withManifest(
  name: WorkloadName,
  last: WorkloadSpec | undefined,
  { patch, seconds }: LogEntry,
  { cluster, wishes, timeOf }: WritingContext,
): WorkloadSpec {
  const { hash } = wishes.keyOf({ ...name } as WorkloadSpec);
  const read = readWorkload(name.kind, patch.manifest!, {
    cluster,
    at: timeOf(seconds),
    hash,
  });
  const { edit, containers } = editedBy(read, last, seconds);
  const before = last?.schedule;
  const common = {
    ...name,
    ...last,
    pool: read.pool,
    labels: read.labels,
    annotations: read.annotations,
    containers: last?.containers ?? containers,
    edit,
    ...(read.matchLabels && { matchLabels: read.matchLabels }),
    ...(read.volume && { volume: read.volume }),
  };
  if (read.runs) {
    const { pods, ...when } = read.runs;
    return {
      ...common,
      suspended: read.suspended,
      schedule: { type: 'runs', ...when, pods, minutes: [20, 75] },
    };
  }
  const replicas = read.replicas ?? 1;
  return before?.type === 'elastic'
    ? { ...common, schedule: before, stopped: replicas === 0 }
    : { ...common, schedule: { type: 'fixed', replicas } };
}

/** The template of its pods: a new revision where it was written otherwise than before. */
function editedBy(
  read: WrittenWorkload,
  last: WorkloadSpec | undefined,
  seconds: number,
) {
  const before = last?.edit;
  // What a container does, it goes on doing, whatever it may ask for now.
  const usual = new Map(
    before?.containers.map((each): [string, ContainerSpec] => [
      each.name,
      each,
    ]),
  );
  const containers = read.containers.map(each => ({
    ...each,
    usage: usual.get(each.name)?.usage ?? each.usage,
  }));
  const template = {
    containers,
    labels: read.podLabels,
    annotations: read.podAnnotations,
    podSpec: read.podSpec,
  };
  const was = before && {
    containers: before.containers,
    labels: before.labels,
    annotations: before.annotations,
    podSpec: before.podSpec,
  };
  if (before && JSON.stringify(was) === JSON.stringify(template)) {
    return { edit: before, containers };
  }
  const count = before ? before.count + 1 : 0;
  const revision = before ? before.revision + 1 : 0;
  const edit = { ...template, at: seconds, revision, count, previous: before };
  return { edit, containers };
}

/** Follows the autoscaler that somebody made for a workload, or that is gone. */
function rescaled(
  spec: WorkloadSpec,
  seconds: number,
  { created, wishes }: WritingContext,
): WorkloadSpec {
  if (spec.kind !== 'Deployment' && spec.kind !== 'StatefulSet') {
    return spec;
  }
  const found = created.scalerOf(spec, seconds);
  const scaler = found && readScaler(found);
  const hour = Math.floor(seconds / HOUR_SECONDS);
  if (!scaler) {
    return spec.scaledBy
      ? {
          ...spec,
          scaledBy: undefined,
          scaler: undefined,
          pull: undefined,
          paused: undefined,
          officeHours: undefined,
          schedule: { type: 'fixed', replicas: wishes.replicas(spec, hour) },
        }
      : spec;
  }
  // What scales it already, of the catalogue, goes on doing so.
  return !spec.scaledBy && spec.schedule.type !== 'fixed'
    ? spec
    : scaledAs(spec, scaler, hour, wishes);
}

function scaledAs(
  spec: WorkloadSpec,
  scaler: Scaler,
  hour: number,
  wishes: Wishes,
): WorkloadSpec {
  const min = scaler.min;
  const max = Math.max(min, scaler.max);
  const { schedule } = spec;
  const mean =
    schedule.type === 'elastic'
      ? schedule.mean
      : meanReplicas(wishes.keyOf(spec).hash, min, max);
  const { used, asked } = cpuOfAll(spec, wishes.revision(spec, hour));
  const isKeda = scaler.kind === 'ScaledObject';
  const after: WorkloadSpec = {
    ...spec,
    schedule: { type: 'elastic', mean, min, max },
    scaler: isKeda ? 'keda' : 'hpa',
    scaledBy: { kind: scaler.kind, name: scaler.name },
    // More of them where they use more than it aims at.
    pull:
      scaler.cpuTarget && asked > 0
        ? (100 * used) / asked / scaler.cpuTarget
        : 1,
    // What may have nothing to do has it in office hours only.
    officeHours: isKeda && min === 0 ? true : undefined,
  };
  const held = pausedAt(scaler.pause, wishes.replicas(spec, hour));
  return {
    ...after,
    paused:
      held === undefined
        ? undefined
        : { replicas: held, annotations: scaler.pause },
  };
}
