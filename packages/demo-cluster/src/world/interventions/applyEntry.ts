import { containersAt, PodLife } from '../lives';
import { containersOf, editOf, podLabelsOf } from '../releases';
import {
  isScaledByKeda,
  pauseAnnotations,
  pausedAt,
  withBounds,
  withPull,
} from '../scaling';
import { HOUR_SECONDS } from '../time';
import { ContainerSpec, Schedule, WorkloadSpec } from '../types';
import { Wishes } from '../wishes';
import { ContainerPatch } from './Intervention';
import { LogEntry } from './InterventionLog';

/** A leak goes on at the pace it has, up to the limit; where there is none any more, up to where the last one was. */
function usageUnder(
  { usage, memoryLimitBytes: before }: ContainerSpec,
  limit: number | undefined,
): ContainerSpec['usage'] {
  const { leakHours, memoryBytes } = usage;
  const filled = usage.leakToBytes ?? before;
  if (!leakHours || filled === undefined || limit === filled) {
    return usage;
  }
  if (limit === undefined) {
    return { ...usage, leakToBytes: filled };
  }
  const room = Math.max(0, limit - memoryBytes);
  return {
    ...usage,
    leakToBytes: undefined,
    leakHours:
      filled > memoryBytes
        ? (leakHours * room) / (filled - memoryBytes)
        : leakHours,
  };
}

function patched(
  container: ContainerSpec,
  patch: ContainerPatch | undefined,
): ContainerSpec {
  if (!patch) {
    return container;
  }
  const limit = (
    before: number | undefined,
    after: number | null | undefined,
  ) => (after === undefined ? before : after ?? undefined);
  const memoryLimitBytes = limit(
    container.memoryLimitBytes,
    patch.memoryLimitBytes,
  );
  return {
    ...container,
    cpuRequestCores: patch.cpuRequestCores ?? container.cpuRequestCores,
    memoryRequestBytes:
      patch.memoryRequestBytes ?? container.memoryRequestBytes,
    cpuLimitCores: limit(container.cpuLimitCores, patch.cpuLimitCores),
    memoryLimitBytes,
    usage: usageUnder(container, memoryLimitBytes),
  };
}

/** Containers of a pod that is resized in place: a leak goes on as it did. */
export function resizedContainers(
  life: PodLife,
  seconds: number,
  patch: Record<string, ContainerPatch>,
): ContainerSpec[] {
  return containersAt(life, seconds).map(container => ({
    ...patched(container, patch[container.name]),
    usage: container.usage,
  }));
}

/** Labels or annotations with some set, and those that are null taken away. */
export function merged(
  before: Record<string, string>,
  patch: Record<string, string | null> = {},
): Record<string, string> {
  const after: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...before, ...patch })) {
    if (value !== null) {
      after[key] = value;
    }
  }
  return after;
}

function withTemplate(
  spec: WorkloadSpec,
  { patch, seconds }: LogEntry,
  current: number,
): WorkloadSpec {
  const before = containersOf(spec, current);
  const containers = before.map(container =>
    patched(container, patch.containers?.[container.name]),
  );
  const last = editOf(spec, current);
  const template = {
    containers,
    labels: merged(podLabelsOf(spec, current), patch.podLabels),
    annotations: merged(last?.annotations ?? {}, patch.podAnnotations),
  };
  const same = {
    containers: before,
    labels: podLabelsOf(spec, current),
    annotations: last?.annotations ?? {},
  };
  if (JSON.stringify(template) === JSON.stringify(same)) {
    return spec;
  }
  const edit = {
    ...template,
    at: seconds,
    revision: current + 1,
    count: (last?.count ?? 0) + 1,
    previous: last,
  };
  return withPull({ ...spec, edit }, current + 1);
}

function withSchedule(spec: WorkloadSpec, schedule: Schedule): WorkloadSpec {
  return JSON.stringify(schedule) === JSON.stringify(spec.schedule)
    ? spec
    : {
        ...spec,
        schedule,
        usual: spec.usual ?? spec.schedule,
        scalings: (spec.scalings ?? 0) + 1,
      };
}

/** An HPA puts back what it is told, but for 0; KEDA puts back that, too, unless it is paused. */
function withReplicas(spec: WorkloadSpec, replicas: number): WorkloadSpec {
  if (spec.paused) {
    return withPause(spec, { ...spec.paused, replicas });
  }
  switch (spec.schedule.type) {
    case 'fixed':
      return withSchedule(spec, { type: 'fixed', replicas });
    case 'elastic': {
      const stopped = replicas === 0 && !isScaledByKeda(spec);
      return stopped === (spec.stopped ?? false)
        ? spec
        : { ...spec, stopped, scalings: (spec.scalings ?? 0) + 1 };
    }
    default:
      return spec;
  }
}

function withPause(
  spec: WorkloadSpec,
  paused: WorkloadSpec['paused'],
): WorkloadSpec {
  return JSON.stringify(paused) === JSON.stringify(spec.paused)
    ? spec
    : {
        ...spec,
        paused,
        usual: spec.usual ?? spec.schedule,
        scalings: (spec.scalings ?? 0) + 1,
      };
}

/** What annotations of its ScaledObject say of a pause. */
function withAnnotations(
  spec: WorkloadSpec,
  patch: Record<string, string | null>,
  replicas: () => number,
): WorkloadSpec {
  const before = spec.paused?.annotations ?? {};
  const annotations = pauseAnnotations(merged(before, patch));
  if (JSON.stringify(annotations) === JSON.stringify(before)) {
    return spec;
  }
  const held = pausedAt(annotations, replicas());
  return withPause(
    spec,
    held === undefined ? undefined : { replicas: held, annotations },
  );
}

function ofItself(
  spec: WorkloadSpec,
  entry: LogEntry,
  wishes: Wishes,
): WorkloadSpec | undefined {
  const { patch, seconds } = entry;
  if (patch.deleted) {
    return undefined;
  }
  const hour = Math.floor(seconds / HOUR_SECONDS);
  let after = spec;
  if (patch.containers || patch.podLabels || patch.podAnnotations) {
    after = withTemplate(after, entry, wishes.revision(after, hour));
  }
  if (patch.replicas !== undefined) {
    after = withReplicas(after, patch.replicas);
  }
  const suspended = after.suspended ?? false;
  if (patch.suspended !== undefined && patch.suspended !== suspended) {
    after = {
      ...after,
      suspended: patch.suspended,
      scalings: (after.scalings ?? 0) + 1,
    };
  }
  return after;
}

/** Without its autoscaler, a workload stays at what it has. */
function ofAutoscaler(
  spec: WorkloadSpec,
  { patch, seconds }: LogEntry,
  wishes: Wishes,
): WorkloadSpec {
  const hour = Math.floor(seconds / HOUR_SECONDS);
  const replicas = () => wishes.replicas(spec, hour);
  if (patch.deleted) {
    const left = {
      ...spec,
      stopped: undefined,
      paused: undefined,
      scaler: undefined,
    };
    return withSchedule(left, { type: 'fixed', replicas: replicas() });
  }
  const { minReplicas: min, maxReplicas: max } = patch;
  const { targetUtilization } = patch;
  const bounded = withSchedule(
    targetUtilization === undefined
      ? spec
      : withPull({ ...spec, targetUtilization }, wishes.revision(spec, hour)),
    withBounds(spec.schedule, { min, max }),
  );
  return isScaledByKeda(spec) && patch.annotations
    ? withAnnotations(bounded, patch.annotations, replicas)
    : bounded;
}

/**
 * The spec of a workload after something was done to an object of its name or
 * to its namespace: the same one when that changes nothing, none when it is gone.
 */
export function applyEntry(
  spec: WorkloadSpec,
  entry: LogEntry,
  wishes: Wishes,
): WorkloadSpec | undefined {
  const { patch, object } = entry;
  const { schedule } = spec;
  const scaled = schedule.type === 'elastic' || schedule.type === 'burst';
  switch (object.kind) {
    case spec.kind:
      return ofItself(spec, entry, wishes);
    case 'Namespace':
      return patch.deleted && object.name === spec.namespace ? undefined : spec;
    case 'HorizontalPodAutoscaler':
      return scaled && !isScaledByKeda(spec)
        ? ofAutoscaler(spec, entry, wishes)
        : spec;
    case 'ScaledObject':
      return scaled && isScaledByKeda(spec)
        ? ofAutoscaler(spec, entry, wishes)
        : spec;
    case 'VerticalPodAutoscaler':
      return patch.deleted ? { ...spec, vpa: undefined } : spec;
    case 'Service':
      return patch.deleted ? { ...spec, service: false } : spec;
    default:
      return spec;
  }
}
