import {
  CachedAutoscaler,
  CachedObject,
  CachedScaledObject,
  CachedWorkload,
  ClusterKind,
  ClusterSnapshot,
  ScaleTarget,
} from '@headroom/plugin-clusters-node';
import {
  Autoscaler,
  KEDA_PAUSED,
  KEDA_PAUSED_REPLICAS,
} from '@headroom/plugin-scaling-common';
import { toScalingObject } from './toScalingObject';

/** What steers a workload. @internal */
export interface Steered {
  autoscaler?: Autoscaler;
  /** Names of all that do, where nobody can say what a change would do. */
  contestedBy?: readonly string[];
  /** When somebody who is no controller last changed what steers it. */
  lastChangeAt?: string;
}

type Hpa = CachedObject<CachedAutoscaler>;
type ScaledObject = CachedObject<CachedScaledObject>;
type Workload = CachedObject<CachedWorkload>;

const STEERING: Partial<Record<ClusterKind, string>> = {
  autoscalers: 'HorizontalPodAutoscaler',
  scaledObjects: 'ScaledObject',
};

/** One that steers, under the name that it is shown by. */
interface Candidate {
  title: string;
  group: string | undefined;
  kind: string;
  lastChangeAt?: string;
  /** Absent where a change of it would not last, or do what it says. */
  autoscaler?: Autoscaler;
}

/**
 * Finds what steers workloads. The HPA that KEDA makes of a ScaledObject is no second
 * autoscaler; an HPA that another object makes is nobody's to change.
 *
 * @internal
 */
export function findAutoscalers({
  cluster,
  objects,
  unreadable,
}: ClusterSnapshot): {
  of(workload: Workload): Steered;
} {
  const byTarget = new Map<string, Candidate[]>();
  const add = (
    namespace: string,
    target: ScaleTarget,
    more: Omit<Candidate, 'group' | 'kind'>,
  ) => {
    const key = `${namespace}/${target.name}`;
    const candidate = {
      group: groupOf(target.apiVersion),
      kind: target.kind,
      ...more,
    };
    const others = byTarget.get(key);
    if (others) {
      others.push(candidate);
    } else {
      byTarget.set(key, [candidate]);
    }
  };
  for (const each of objects.scaledObjects) {
    add(each.namespace, each.value.target, fromScaledObject(cluster, each));
  }
  const isKedas = kedaHpas(objects.scaledObjects);
  for (const each of objects.autoscalers) {
    if (!isKedas(each)) {
      add(each.namespace, each.value.target, fromHpa(cluster, each));
    }
  }
  const unread = unreadByNamespace(unreadable);
  return {
    of({ namespace, name, value }) {
      const group = groupOf(value.apiVersion);
      const candidates = (byTarget.get(`${namespace}/${name}`) ?? []).filter(
        candidate =>
          candidate.kind === value.kind &&
          // One that doesn't say is for the kind of that name; extensions is what apps was.
          [undefined, group, 'extensions'].includes(candidate.group),
      );
      const unknown = unread.get(namespace);
      return unknown
        ? { contestedBy: [...candidates.map(({ title }) => title), ...unknown] }
        : steeredBy(candidates);
    },
  };
}

/** What can't be read may steer any workload of its namespace. */
function unreadByNamespace(
  unreadable: ClusterSnapshot['unreadable'],
): Map<string, string[]> {
  const unread = new Map<string, string[]>();
  for (const { kind, namespace, name } of unreadable) {
    const called = STEERING[kind];
    if (called) {
      unread.set(namespace, [
        ...(unread.get(namespace) ?? []),
        `${called} ${name}`,
      ]);
    }
  }
  return unread;
}

function steeredBy(candidates: Candidate[]): Steered {
  if (candidates.length === 0) {
    return {};
  }
  const times = candidates.flatMap(({ lastChangeAt }) => lastChangeAt ?? []);
  const lastChangeAt = times.sort().at(-1);
  const change = lastChangeAt === undefined ? {} : { lastChangeAt };
  const [first] = candidates;
  return candidates.length === 1 && first.autoscaler
    ? { autoscaler: first.autoscaler, ...change }
    : { contestedBy: candidates.map(({ title }) => title), ...change };
}

/** Whether an HPA is one that KEDA made of a ScaledObject that is held. */
function kedaHpas(scaledObjects: readonly ScaledObject[]) {
  const uids = new Set(scaledObjects.map(({ uid }) => uid));
  const names = new Set(
    scaledObjects.flatMap(({ namespace, value: { hpaName } }) =>
      hpaName ? [`${namespace}/${hpaName}`] : [],
    ),
  );
  return ({ namespace, name, value: { controller } }: Hpa): boolean =>
    controller ? uids.has(controller.uid) : names.has(`${namespace}/${name}`);
}

function fromScaledObject(
  cluster: string,
  object: ScaledObject,
): Omit<Candidate, 'group' | 'kind'> {
  const { name, value } = object;
  const { annotations, controller } = value;
  const paused = annotations[KEDA_PAUSED];
  const pausedReplicas = annotations[KEDA_PAUSED_REPLICAS];
  return {
    title: titleOf(`ScaledObject ${name}`, controller),
    ...(value.lastChange && { lastChangeAt: value.lastChange.at }),
    ...(!controller && {
      autoscaler: {
        type: 'scaled-object' as const,
        object: toScalingObject(cluster, object, 'scaledobjects'),
        ...present({
          minReplicaCount: value.minReplicaCount,
          maxReplicaCount: value.maxReplicaCount,
          idleReplicaCount: value.idleReplicaCount,
        }),
        ...(pausedReplicas !== undefined && { pausedReplicas }),
        ...(paused !== undefined && { paused }),
        ...(value.paused !== undefined && { pausedInStatus: value.paused }),
      },
    }),
  };
}

function fromHpa(
  cluster: string,
  object: Hpa,
): Omit<Candidate, 'group' | 'kind'> {
  const { name, value } = object;
  const { minReplicas, maxReplicas, controller } = value;
  return {
    title: titleOf(`HorizontalPodAutoscaler ${name}`, controller),
    ...(value.lastChange && { lastChangeAt: value.lastChange.at }),
    ...(!controller && {
      autoscaler: {
        type: 'hpa' as const,
        object: toScalingObject(cluster, object, 'horizontalpodautoscalers'),
        ...present({ minReplicas }),
        maxReplicas,
      },
    }),
  };
}

/** Who made it, decides on it. */
function titleOf(
  title: string,
  controller: { kind: string; name: string } | undefined,
): string {
  return controller
    ? `${title} of ${controller.kind} ${controller.name}`
    : title;
}

/** Empty = the core group; undefined = it isn't said. */
function groupOf(apiVersion: string | undefined): string | undefined {
  if (apiVersion === undefined) {
    return undefined;
  }
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

function present<TKey extends string>(
  values: Record<TKey, number | undefined>,
): Partial<Record<TKey, number>> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<Record<TKey, number>>;
}
