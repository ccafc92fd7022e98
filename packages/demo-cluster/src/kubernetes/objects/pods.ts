import { HOUR_MS } from '@headroom/common';
import { containersAt, PodLife } from '../../world/lives';
import { podUid } from '../../world/objectIds';
import { editOf } from '../../world/releases';
import { spanOf } from '../../world/Restarts';
import { ContainerSpec } from '../../world/types';
import { claimName } from '../../world/claimName';
import { jobName } from '../../world/wishes';
import { KubeObject, OwnerReference } from '../types';
import { ObjectContext, READY_SECONDS } from './context';
import { containerOf, isInit, podSpec } from './podTemplate';

/** The controller of a pod; one that was made by hand has none. */
function ownerOf(
  context: ObjectContext,
  life: PodLife,
): OwnerReference | undefined {
  const { spec } = life;
  const { namespace, name } = spec;
  switch (spec.kind) {
    case 'Deployment': {
      const template = life.labels['pod-template-hash'];
      return context.owner(
        'apps/v1',
        'ReplicaSet',
        namespace,
        `${name}-${template}`,
      );
    }
    case 'Pod':
      return undefined;
    case 'CronJob':
      return context.owner(
        'batch/v1',
        'Job',
        namespace,
        life.labels['job-name'],
      );
    default:
      return context.owner('apps/v1', spec.kind, namespace, name);
  }
}

/** An address in the range of the node that the pod runs on. */
function podIp(life: PodLife): string {
  const [, , third] = life.node.ip.split('.');
  return `10.${100 + (life.hash % 100)}.${third}.${(life.hash >>> 8) % 250}`;
}

function qosClass(context: ObjectContext, life: PodLife): string {
  const guaranteed = containersAt(life, context.state.seconds).every(
    container =>
      container.cpuLimitCores === container.cpuRequestCores &&
      container.memoryLimitBytes === container.memoryRequestBytes,
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function containerId(context: ObjectContext, life: PodLife, name: string) {
  const id = context.uid('Container', life.name, name, String(life.created));
  return `containerd://${id.replaceAll('-', '').repeat(2)}`;
}

function containerStatus(
  context: ObjectContext,
  life: PodLife,
  index: number,
  podPhase: 'starting' | 'running' | 'succeeded',
) {
  const container = containersAt(life, context.state.seconds)[index];
  const over = container.role === 'init' && podPhase === 'running';
  const waits = podPhase === 'running' && context.isBackingOff(life, index);
  const ran = over ? 'succeeded' : podPhase;
  const phase = waits ? 'backingOff' : ran;
  const kills = context.cluster.restarts.until(
    life,
    index,
    context.state.seconds,
  );
  const startedAt = kills.last ?? life.from + 5;
  const id = containerId(context, life, container.name);
  const states = {
    starting: () => ({ waiting: { reason: 'ContainerCreating' } }),
    backingOff: () => ({
      waiting: {
        reason: 'CrashLoopBackOff',
        message: `back-off restarting failed container=${container.name} pod=${life.name}_${life.spec.namespace}`,
      },
    }),
    running: () => ({ running: { startedAt: context.time(startedAt) } }),
    succeeded: () => ({
      terminated: {
        exitCode: 0,
        reason: 'Completed',
        startedAt: context.time(startedAt),
        finishedAt: context.time(spanOf(life, container).until),
        containerID: id,
      },
    }),
  };
  return {
    name: container.name,
    image: container.image,
    imageID: phase === 'starting' ? '' : container.image,
    ...(phase !== 'starting' && { containerID: id }),
    ready: phase === 'running' || over,
    started: phase === 'running',
    restartCount: kills.count,
    ...(life.resizes && allocated(container)),
    state: states[phase](),
    lastState:
      kills.last === undefined
        ? {}
        : {
            terminated: {
              exitCode: 137,
              reason: 'OOMKilled',
              startedAt: context.time(startedAt - 1),
              finishedAt: context.time(startedAt),
              containerID: id,
            },
          },
  };
}

/** What a container that was resized in place has by now. */
function allocated(container: ContainerSpec) {
  const { resources } = containerOf(container);
  return { allocatedResources: resources.requests, resources };
}

function condition(
  context: ObjectContext,
  type: string,
  status: boolean,
  at: number,
  reason?: string,
) {
  return {
    type,
    status: status ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: context.time(at),
    ...(reason && { reason }),
  };
}

function pendingStatus(context: ObjectContext, life: PodLife) {
  return {
    phase: 'Pending',
    conditions: [
      {
        ...condition(context, 'PodScheduled', false, life.created),
        reason: 'Unschedulable',
        message: `no node of pool ${life.spec.pool} has room; one has been ordered`,
      },
    ],
    qosClass: qosClass(context, life),
  };
}

function boundStatus(context: ObjectContext, life: PodLife) {
  const { seconds } = context.state;
  const succeeded = life.until <= seconds;
  const ready = !succeeded && context.isReady(life);
  const settled = {
    starting: 'Pending',
    running: 'Running',
    succeeded: 'Succeeded',
  } as const;
  const running = context.hasStarted(life) ? 'running' : 'starting';
  const phase = succeeded ? 'succeeded' : running;
  const since = succeeded ? life.until : life.from + READY_SECONDS;
  const reason = succeeded ? 'PodCompleted' : undefined;
  const unready = ready ? undefined : 'ContainersNotReady';
  const readyAt = ready || succeeded ? since : life.from;
  const init = life.containers.filter(isInit);
  const statuses = (wanted: (container: ContainerSpec) => boolean) =>
    life.containers.flatMap((container, index) =>
      wanted(container) ? [containerStatus(context, life, index, phase)] : [],
    );
  return {
    phase: settled[phase],
    conditions: [
      condition(context, 'PodScheduled', true, life.from),
      condition(context, 'Initialized', true, life.from, reason),
      condition(context, 'ContainersReady', ready, readyAt, reason ?? unready),
      condition(context, 'Ready', ready, readyAt, reason ?? unready),
    ],
    hostIP: life.node.ip,
    hostIPs: [{ ip: life.node.ip }],
    ...(phase !== 'starting' && {
      podIP: podIp(life),
      podIPs: [{ ip: podIp(life) }],
    }),
    startTime: context.time(life.from),
    ...(init.length > 0 && { initContainerStatuses: statuses(isInit) }),
    containerStatuses: statuses(container => !isInit(container)),
    qosClass: qosClass(context, life),
  };
}

function pod(context: ObjectContext, life: PodLife): KubeObject {
  const { spec } = life;
  const bound = life.from <= context.state.seconds;
  const owner = ownerOf(context, life);
  const annotations = editOf(spec, life.revision)?.annotations ?? {};
  const claim = spec.volume && claimName(spec, life.ordinal);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: context.meta('Pod', spec.namespace, life.name, {
      uid: podUid(context.cluster, life),
      bornAt: life.created,
      ...(owner &&
        spec.kind !== 'StatefulSet' && { generateName: `${owner.name}-` }),
      labels: {
        ...life.labels,
        ...(owner &&
          spec.kind === 'CronJob' && {
            'batch.kubernetes.io/controller-uid': owner.uid,
            'controller-uid': owner.uid,
          }),
      },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(owner && { ownerReferences: [owner] }),
    }),
    spec: {
      ...podSpec(
        spec,
        life.revision,
        containersAt(life, context.state.seconds),
      ),
      ...(bound && { nodeName: life.node.name }),
      ...(claim && {
        volumes: [
          {
            name: spec.volume!.name,
            persistentVolumeClaim: { claimName: claim },
          },
        ],
      }),
    },
    status: bound ? boundStatus(context, life) : pendingStatus(context, life),
  };
}

/** Pods that live or wait, and the finished pods of the last runs. */
export function pods(context: ObjectContext): KubeObject[] {
  const { state } = context;
  return [...state.pods, ...state.finished].map(life => pod(context, life));
}

/** Name of the Job of a run. */
export function jobOf(
  context: ObjectContext,
  spec: PodLife['spec'],
  runHour: number,
): string {
  const startHour = Math.floor(context.cluster.start.getTime() / HOUR_MS);
  return jobName(spec, runHour, startHour);
}
