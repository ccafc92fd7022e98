import { ContainerHour, GpuNodeLayout } from '@headroom/plugin-cost-common';
import { getOrCreate, sum } from '../../reading/collections';
import { ContainerIdentity, keyOf, PodIdentity } from '../../reading/labels';
import { GpuFraction } from './GpuFraction';

/**
 * For each board that is shared, the binder of KAI or of Run:ai runs a pod of its
 * own that requests the whole board: in a namespace of such a name, under such a name.
 */
const NAMESPACE = /^(kai-resource|runai)-reservation$/;
const POD = /^(gpu|runai)-reservation-/;
/** Label of the board, at the pod that reserves it and at those that share it. */
const GROUP = 'runai_gpu_group';

/** Who shares the boards of an hour that KAI reserves. */
export interface SharedReservations {
  containers: ContainerHour[];
  /** By key of the container that reserves a board: those who hold it. */
  sharers: ReadonlyMap<string, readonly Sharer[]>;
  /** Nodes on which boards are reserved for pods that nobody tells. */
  untold: string[];
}

export interface Sharer extends ContainerIdentity {
  heldSeconds: number;
  /** Of the board, 0 to 1. */
  share: number;
}

type Given = Pick<
  ContainerHour,
  'gpuRequestDeviceSeconds' | 'gpuBusyDeviceSeconds'
>;

/** Reservations of boards, and those whose fractions are taken from them. */
interface Pool {
  reserving: ContainerHour[];
  asking: Asking[];
}

interface Asking {
  container: ContainerHour;
  /** Device-seconds. */
  seconds: number;
}

/**
 * Gives the boards that KAI's pods reserve to the pods that share them. A pod
 * that asks for a fraction requests no device: a pod of the scheduler's does, for
 * the whole board. What of a board nobody asks for is the node's; where no pod
 * that shares a board is told, it stays with the pod that reserves it.
 *
 * @param fractionOf - what a pod's annotations ask for
 */
export function shareReservations(
  containers: readonly ContainerHour[],
  fractionOf: (pod: PodIdentity) => GpuFraction | undefined,
  layoutOf: (node: string) => GpuNodeLayout | undefined,
): SharedReservations {
  const pools = poolsOf(containers, fractionOf, layoutOf);
  const given = new Map<ContainerHour, Given>();
  const sharers = new Map<string, Sharer[]>();
  const untold = new Set<string>();
  for (const { reserving, asking } of pools) {
    const reserved = sum(reserving.map(secondsOf));
    const asked = sum(asking.map(each => each.seconds));
    if (asked === 0) {
      reserving.forEach(({ node }) => untold.add(node ?? ''));
    } else if (reserved > 0) {
      const scale = Math.min(1, reserved / asked);
      const busy = busyShareOf(reserving, reserved);
      reserving.forEach(each => given.set(each, givenOf(0, undefined)));
      asking.forEach(each =>
        given.set(each.container, givenOf(each.seconds * scale, busy)),
      );
      const holders = asking.map(({ container, seconds: own }) => ({
        namespace: container.namespace,
        pod: container.pod,
        container: container.container,
        heldSeconds: container.runSeconds,
        share: (own * scale) / container.runSeconds / reserving.length,
      }));
      reserving.forEach(each => sharers.set(keyOfContainer(each), holders));
    }
  }
  return {
    containers: containers.map(container => ({
      ...container,
      ...given.get(container),
    })),
    sharers,
    untold: [...untold].sort(),
  };
}

function givenOf(seconds: number, busyShare: number | undefined): Given {
  return {
    gpuRequestDeviceSeconds: seconds,
    gpuBusyDeviceSeconds:
      busyShare === undefined ? undefined : seconds * busyShare,
  };
}

/** What the boards of a pool were busy, 0 to 1: of several tenants nobody tells one's own. */
function busyShareOf(
  reserving: readonly ContainerHour[],
  reserved: number,
): number | undefined {
  const busy = reserving.flatMap(each => each.gpuBusyDeviceSeconds ?? []);
  return busy.length === reserving.length ? sum(busy) / reserved : undefined;
}

/** By node and, where labels tell it, by board. */
function poolsOf(
  containers: readonly ContainerHour[],
  fractionOf: (pod: PodIdentity) => GpuFraction | undefined,
  layoutOf: (node: string) => GpuNodeLayout | undefined,
): Pool[] {
  const byNode = new Map<string, ContainerHour[]>();
  const reservingAt = new Set<string>();
  for (const container of containers) {
    if (container.node !== undefined) {
      getOrCreate(byNode, container.node, () => []).push(container);
      if (reserves(container)) {
        reservingAt.add(container.node);
      }
    }
  }
  return [...reservingAt].flatMap(node => {
    const here = byNode.get(node) ?? [];
    const asking = askingOf(here, fractionOf, layoutOf(node));
    const pools = new Map<string, Pool>();
    const poolOf = (group = '') =>
      getOrCreate(pools, group, () => ({ reserving: [], asking: [] }));
    for (const each of here.filter(reserves)) {
      poolOf(each.labels[GROUP]).reserving.push(each);
    }
    for (const each of asking) {
      const group = each.container.labels[GROUP];
      poolOf(group && pools.has(group) ? group : '').asking.push(each);
    }
    return withoutLoose(pools);
  });
}

/** Those whose board no label names share the boards that no label gives to others. */
function withoutLoose(pools: Map<string, Pool>): Pool[] {
  const loose = pools.get('');
  const all = [...pools.values()];
  if (!loose || loose.asking.length === 0) {
    return all;
  }
  const free = all.filter(({ asking }) => asking.length === 0);
  return [
    ...all.filter(pool => pool !== loose && pool.asking.length > 0),
    {
      reserving: [...loose.reserving, ...free.flatMap(pool => pool.reserving)],
      asking: loose.asking,
    },
  ];
}

/** One container of each pod that asks for a part of a board. */
function askingOf(
  containers: readonly ContainerHour[],
  fractionOf: (pod: PodIdentity) => GpuFraction | undefined,
  layout: GpuNodeLayout | undefined,
): Asking[] {
  const pods = new Map<string, ContainerHour[]>();
  for (const each of containers) {
    if (!reserves(each) && each.runSeconds > 0) {
      getOrCreate(pods, keyOf(each.namespace, each.pod), () => []).push(each);
    }
  }
  return [...pods.values()].flatMap(ofPod => {
    const fraction = fractionOf(ofPod[0]);
    const boards = fraction && boardsOf(fraction, layout);
    const container = holderOf(ofPod, fraction?.container);
    return boards !== undefined && secondsOf(container) === 0
      ? [{ container, seconds: boards * container.runSeconds }]
      : [];
  });
}

/** The one the pod names, else the first by name: Prometheus doesn't tell their order. */
function holderOf(
  containers: readonly ContainerHour[],
  named: string | undefined,
): ContainerHour {
  const byName = [...containers].sort((a, b) =>
    a.container < b.container ? -1 : 1,
  );
  return byName.find(({ container }) => container === named) ?? byName[0];
}

/** Boards' worth of a fraction; undefined when it is of memory and the board's isn't known. */
function boardsOf(
  { share, memoryMib, devices }: GpuFraction,
  layout: GpuNodeLayout | undefined,
): number | undefined {
  if (share !== undefined) {
    return share * devices;
  }
  const bytes = layout?.boardMemoryBytes;
  return memoryMib !== undefined && bytes
    ? Math.min(1, (memoryMib * 2 ** 20) / bytes) * devices
    : undefined;
}

function reserves({ namespace, pod, ...container }: ContainerHour): boolean {
  return NAMESPACE.test(namespace) && POD.test(pod) && secondsOf(container) > 0;
}

function secondsOf({
  gpuRequestDeviceSeconds,
}: Pick<ContainerHour, 'gpuRequestDeviceSeconds'>): number {
  return gpuRequestDeviceSeconds ?? 0;
}

function keyOfContainer({ namespace, pod, container }: ContainerIdentity) {
  return keyOf(namespace, pod, container);
}
