import { claimName } from '../claimName';
import { CreatedObject } from '../creations/CreatedObjects';
import { containersAt, HourLives } from '../lives';
import { nodeUid, objectUid, podUid } from '../objectIds';
import { containersOf } from '../releases';
import { allocatable, needsOf } from '../rooms';
import { isScaledByKeda, replicaBounds, withBounds } from '../scaling';
import { HOUR_SECONDS } from '../time';
import {
  ClusterSpec,
  ContainerSpec,
  OrphanVolume,
  WorkloadSpec,
} from '../types';
import { Wishes } from '../wishes';
import { applyEntry, resizedContainers } from './applyEntry';
import { checkRoom } from './checkRoom';
import {
  ContainerPatch,
  InterventionAuthor,
  InterventionError,
  ObjectKind,
  ObjectPatch,
  ObjectRef,
} from './Intervention';
import { LogEntry } from './InterventionLog';
import { isMeant } from './specInForce';

const METADATA = [
  'labels',
  'annotations',
  'finalizers',
  'deleting',
  'deleted',
] as const;
const TEMPLATE = ['podLabels', 'podAnnotations', 'containers'] as const;

/** What can be changed of each kind. */
const FIELDS: Partial<Record<ObjectKind, readonly (keyof ObjectPatch)[]>> = {
  Deployment: [...METADATA, ...TEMPLATE, 'replicas'],
  StatefulSet: [...METADATA, ...TEMPLATE, 'replicas'],
  DaemonSet: [...METADATA, ...TEMPLATE],
  CronJob: [...METADATA, ...TEMPLATE, 'suspended'],
  Pod: [...METADATA, 'containers'],
  HorizontalPodAutoscaler: [
    ...METADATA,
    'minReplicas',
    'maxReplicas',
    'targetUtilization',
  ],
  ScaledObject: [
    ...METADATA,
    'minReplicas',
    'maxReplicas',
    'targetUtilization',
  ],
  VerticalPodAutoscaler: METADATA,
  Service: METADATA,
  PersistentVolumeClaim: METADATA,
  Namespace: METADATA,
  Node: METADATA,
};

/** Namespaces that an API server doesn't let go. */
const LASTING_NAMESPACES = ['default', 'kube-system', 'kube-public'];

/** What a cluster holds at a moment, as far as it can be changed. */
interface Holding extends HourLives {
  workloads: WorkloadSpec[];
  orphanVolumes: OrphanVolume[];
}

/** An intervention that is to be checked. */
export interface Checked {
  cluster: { name: string; seed: number; spec: ClusterSpec; wishes: Wishes };
  seconds: number;
  /** When something was done last. */
  last: number;
  object: ObjectRef;
  patch: ObjectPatch;
  by?: InterventionAuthor;
  /** What the cluster holds at the moment. */
  stateAt: () => Holding;
  /** Workloads that are there at some time. */
  everLasting: WorkloadSpec[];
  /** What somebody made under the name, as far as it is there. */
  made?: CreatedObject;
  /** The uid of that, or of what would be made. */
  madeUid: string;
  /** Specs of the workloads that an entry changes, as they would be after it. Throws {@link InterventionError}. */
  after: (entry: LogEntry) => WorkloadSpec[];
}

function textOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function invalid(message: string): InterventionError {
  return new InterventionError('invalid', message);
}

/** The entry for the log. Throws {@link InterventionError} when it can't be. */
export function checkIntervention(checked: Checked): LogEntry {
  const { seconds, last, object, patch, by } = checked;
  if (!(seconds >= 0)) {
    throw invalid('Nothing can be done before the start of the world.');
  }
  if (seconds < last) {
    throw invalid(
      'Nothing can be done before what was done last: the past stays as it is.',
    );
  }
  if (patch.manifest) {
    return checkManifest(checked);
  }
  const changeable = checked.made ? METADATA : FIELDS[object.kind] ?? METADATA;
  const wrong = Object.keys(patch).find(
    key => !changeable.some(field => field === key),
  );
  if (wrong !== undefined) {
    throw invalid(`${wrong} of a ${object.kind} can't be changed.`);
  }
  const state = checked.stateAt();
  const uid = uidOf(checked, state);
  if (uid === undefined) {
    throw new InterventionError(
      'not-found',
      `There is no ${textOf(object)} in ${checked.cluster.name}.`,
    );
  }
  if (object.uid !== undefined && object.uid !== uid) {
    throw new InterventionError(
      'conflict',
      `${textOf(object)} is another one than that with the uid ${object.uid}.`,
    );
  }
  // Pods and nodes follow each other under one name.
  const lasting = object.kind !== 'Pod' && object.kind !== 'Node';
  const entry = {
    seconds,
    patch,
    object: lasting && !checked.made ? object : { ...object, uid },
    ...(by && { by }),
  };
  checkDeletion(entry, state);
  checkSpec(entry, checked, state);
  return entry;
}

/** What is written as a whole: a new object, or another state of one that was made so. */
function checkManifest(checked: Checked): LogEntry {
  const { cluster, seconds, object, patch, by, made, madeUid } = checked;
  const entry = {
    seconds,
    patch,
    object: { ...object, uid: madeUid },
    ...(by && { by }),
  };
  const there = uidOf(checked, checked.stateAt());
  if (!made && there !== undefined) {
    throw new InterventionError(
      'conflict',
      `There is a ${textOf(object)} in ${cluster.name} already.`,
    );
  }
  if (object.uid !== undefined && object.uid !== there) {
    throw new InterventionError(
      'conflict',
      `${textOf(object)} is another one than that with the uid ${object.uid}.`,
    );
  }
  const hour = Math.floor(seconds / HOUR_SECONDS);
  const { workloads } = checked.stateAt();
  for (const after of checked.after(entry)) {
    checkLimits(containersOf(after, cluster.wishes.revision(after, hour)));
    const others = [...workloads, ...checked.everLasting];
    const { spec, wishes } = cluster;
    checkRoom({ cluster: spec, wishes, hour, after, others });
  }
  return entry;
}

/** The uid of the object that is meant; undefined when it isn't there. */
function uidOf(
  { cluster, object, made, madeUid }: Checked,
  state: Holding,
): string | undefined {
  if (made) {
    return madeUid;
  }
  const { kind, namespace = '', name } = object;
  const uid = objectUid(cluster, kind, namespace, name);
  switch (kind) {
    case 'Pod': {
      const pod = state.pods.find(
        each => each.name === name && each.spec.namespace === namespace,
      );
      return pod && podUid(cluster, pod);
    }
    case 'Node': {
      const node = state.nodes.find(each => each.name === name);
      return node && namespace === '' ? nodeUid(cluster, node) : undefined;
    }
    case 'Namespace': {
      const all = [...state.workloads, ...state.orphanVolumes];
      const there =
        LASTING_NAMESPACES.includes(name) ||
        all.some(each => each.namespace === name);
      return there && namespace === '' ? uid : undefined;
    }
    case 'PersistentVolumeClaim': {
      const there = [...state.orphanVolumes, ...mounted(state)].some(
        each => each.namespace === namespace && each.name === name,
      );
      return there ? uid : undefined;
    }
    default:
      return state.workloads.some(spec => isMeant(spec, object))
        ? uid
        : undefined;
  }
}

function mounted({
  pods,
}: Holding): Array<{ namespace: string; name: string }> {
  return pods
    .filter(({ spec }) => spec.volume)
    .map(({ spec, ordinal }) => ({
      namespace: spec.namespace,
      name: claimName(spec, ordinal),
    }));
}

function checkDeletion({ object, patch }: LogEntry, state: Holding): void {
  if (!patch.deleted) {
    return;
  }
  const { kind, namespace, name } = object;
  if (kind === 'Namespace' && LASTING_NAMESPACES.includes(name)) {
    throw invalid(`The namespace ${name} can't be deleted.`);
  }
  const inUse =
    kind === 'PersistentVolumeClaim' &&
    mounted(state).some(
      each => each.namespace === namespace && each.name === name,
    );
  if (inUse) {
    throw invalid(`${textOf(object)} is mounted: its pod has to go first.`);
  }
}

function checkSpec(
  entry: LogEntry,
  { cluster, everLasting }: Checked,
  state: Holding,
): void {
  const { object, patch } = entry;
  if (object.kind === 'Pod') {
    checkResize(entry, state);
    return;
  }
  const { workloads } = state;
  const spec = workloads.find(each => isMeant(each, object));
  if (!spec || patch.deleted) {
    return;
  }
  checkBounds(spec, object, patch);
  if (patch.targetUtilization !== undefined && spec.schedule.type === 'burst') {
    throw invalid(`${textOf(object)} follows a timetable and no utilization.`);
  }
  if (!patch.containers) {
    return;
  }
  checkNames(object, patch.containers, spec.containers);
  const { wishes } = cluster;
  const after = applyEntry(spec, entry, wishes)!;
  const hour = Math.floor(entry.seconds / HOUR_SECONDS);
  checkLimits(containersOf(after, wishes.revision(after, hour)));
  const others = [...workloads, ...everLasting];
  checkRoom({ cluster: cluster.spec, wishes, hour, after, others });
}

function checkNames(
  object: ObjectRef,
  patch: Record<string, ContainerPatch>,
  containers: readonly ContainerSpec[],
): void {
  const names = containers.map(({ name }) => name);
  const unknown = Object.keys(patch).find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw invalid(`${textOf(object)} has no container "${unknown}".`);
  }
}

function checkLimits(containers: readonly ContainerSpec[]): void {
  for (const container of containers) {
    const { name, cpuLimitCores = Infinity } = container;
    const { memoryLimitBytes = Infinity } = container;
    if (
      container.cpuRequestCores > cpuLimitCores ||
      container.memoryRequestBytes > memoryLimitBytes
    ) {
      throw invalid(
        `The container "${name}" can't ask for more than its limit.`,
      );
    }
  }
}

/** A pod that is resized in place has to find room on the node it is on. */
function checkResize(
  { object, patch, seconds }: LogEntry,
  { pods }: Holding,
): void {
  const life = pods.find(
    each =>
      each.name === object.name && each.spec.namespace === object.namespace,
  );
  if (!life || !patch.containers) {
    return;
  }
  if (life.spec.kind === 'DaemonSet' || life.from > seconds) {
    throw invalid(`${textOf(object)} can't be resized in place.`);
  }
  checkNames(object, patch.containers, life.containers);
  const after = resizedContainers(life, seconds, patch.containers);
  checkLimits(after);
  const asked = pods
    .filter(each => each.node.id === life.node.id)
    .map(each => needsOf(each === life ? after : containersAt(each, seconds)));
  const room = allocatable(life.node.pool);
  const left = (of: 'cpuCores' | 'memoryBytes') =>
    asked.reduce((free, needs) => free - needs[of], room[of]);
  if (left('cpuCores') < -1e-9 || left('memoryBytes') < 0) {
    throw invalid(
      `The node of ${textOf(
        object,
      )} has no room for that; a real one would put the resize off.`,
    );
  }
}

function checkBounds(
  spec: WorkloadSpec,
  { kind }: ObjectRef,
  { minReplicas, maxReplicas }: ObjectPatch,
): void {
  if (minReplicas === undefined && maxReplicas === undefined) {
    return;
  }
  const schedule = withBounds(spec.schedule, {
    min: minReplicas,
    max: maxReplicas,
  });
  const { min, max } = replicaBounds({ ...spec, schedule })!;
  const wanted = maxReplicas ?? max;
  if (wanted < min) {
    throw invalid(
      `The least of replicas, ${min}, is above the most, ${wanted}.`,
    );
  }
  if (min < 1 && !(isScaledByKeda(spec) && spec.schedule.type === 'burst')) {
    throw invalid(`A ${kind} on CPU needs at least one replica to measure.`);
  }
}
