import type {
  ContainerHour,
  NetworkHour,
  NodeHour,
  Observations,
  VolumeHour,
} from '@headroom/plugin-cost-common';
import { claimName } from './claimName';
import { HourLives, NodeLife, overlapSeconds, PodLife } from './lives';
import { HOUR_SECONDS } from './time';
import { OrphanVolume, VolumeSpec, WorkloadSpec } from './types';
import { demandPerPod, usageRate } from './usage';
import { Wishes } from './wishes';

/** One hour of one cluster, and who lived in it. */
export interface ObservedHour {
  /** Start of the hour, ISO 8601 UTC. */
  iso: string;
  /** The hour, counted from the start of the world. */
  hour: number;
  region: string;
  lives: HourLives;
  orphanVolumes: OrphanVolume[];
  wishes: Wishes;
}

/** Adds what was used in an hour to observations. */
export function observeHour(observed: ObservedHour, into: Observations): void {
  const from = observed.hour * HOUR_SECONDS;
  const to = from + HOUR_SECONDS;
  for (const life of observed.lives.nodes) {
    const upSeconds = overlapSeconds(life, from, to);
    if (upSeconds > 0) {
      into.nodes.push(nodeHour(observed, life, upSeconds));
    }
  }
  const ran = observed.lives.pods
    .map(life => ({ life, runSeconds: overlapSeconds(life, from, to) }))
    .filter(({ runSeconds }) => runSeconds > 0);
  for (const pod of ran) {
    addContainerHours(observed, pod, into.containers);
  }
  into.volumes.push(...volumeHours(observed, ran));
  into.network.push(...networkHours(observed, ran));
}

/** A pod, and for how long of the hour it held its requests. */
interface RanPod {
  life: PodLife;
  runSeconds: number;
}

function nodeHour(
  { iso, region }: ObservedHour,
  { name, zone, pool }: NodeLife,
  upSeconds: number,
): NodeHour {
  return {
    hour: iso,
    node: name,
    instanceType: pool.instanceType,
    region,
    zone,
    capacityType: pool.capacityType,
    nodePool: pool.name,
    cpuCores: pool.cpuCores,
    memoryBytes: pool.memoryBytes,
    gpuDevices: pool.gpuDevices,
    ...(pool.gpuModel && { gpuModel: pool.gpuModel }),
    upSeconds,
  };
}

function addContainerHours(
  { iso, hour, wishes }: ObservedHour,
  { life, runSeconds }: RanPod,
  into: ContainerHour[],
): void {
  const { spec } = life;
  const demand = demandPerPod(wishes, life, hour);
  // The middle of the part of the hour it ran in.
  const middle =
    Math.max(life.from, hour * HOUR_SECONDS) + Math.floor(runSeconds / 2);
  spec.containers.forEach((container, index) => {
    const rate = usageRate(life, container, index, demand, middle);
    into.push({
      hour: iso,
      namespace: spec.namespace,
      pod: life.name,
      container: container.name,
      node: life.node.name,
      workloadKind: spec.kind,
      workload: spec.name,
      labels: life.labels,
      runSeconds,
      cpuRequestCoreSeconds: container.cpuRequestCores * runSeconds,
      cpuUsageCoreSeconds: rate.cpuCores * runSeconds,
      memoryRequestByteSeconds: container.memoryRequestBytes * runSeconds,
      memoryUsageByteSeconds: rate.memoryBytes * runSeconds,
      ...(container.gpuDevices && {
        gpuRequestDeviceSeconds: container.gpuDevices * runSeconds,
        gpuBusyDeviceSeconds: (rate.gpuBusyDevices ?? 0) * runSeconds,
      }),
    });
  });
}

function volumeHour(
  { iso, region }: ObservedHour,
  namespace: string,
  claim: string,
  volume: VolumeSpec,
  pods: string[],
): VolumeHour {
  return {
    hour: iso,
    namespace,
    claim,
    storageClass: volume.storageClass,
    region,
    capacityByteSeconds: volume.capacityBytes * HOUR_SECONDS,
    pods,
  };
}

/** Claims that pods mounted, then those that nobody did. */
function volumeHours(observed: ObservedHour, ran: RanPod[]): VolumeHour[] {
  const mounted = new Map<string, VolumeHour>();
  for (const { life } of ran) {
    const { namespace, volume } = life.spec;
    if (volume) {
      const claim = claimName(life.spec, life.ordinal);
      const id = `${namespace}/${claim}`;
      const known = mounted.get(id);
      if (known) {
        known.pods.push(life.name);
      } else {
        const pods = [life.name];
        mounted.set(id, volumeHour(observed, namespace, claim, volume, pods));
      }
    }
  }
  const orphans = observed.orphanVolumes.map(volume =>
    volumeHour(observed, volume.namespace, volume.name, volume, []),
  );
  return [...mounted.values(), ...orphans];
}

/** Traffic of a workload is spread over its pods by how long they ran. */
function networkHours(
  { iso, hour, wishes }: ObservedHour,
  ran: RanPod[],
): NetworkHour[] {
  const seconds = new Map<WorkloadSpec, number>();
  const sending = ran.filter(({ life }) => life.spec.network);
  for (const { life, runSeconds } of sending) {
    seconds.set(life.spec, (seconds.get(life.spec) ?? 0) + runSeconds);
  }
  return sending.map(({ life, runSeconds }) => {
    const { spec } = life;
    const share = (wishes.demand(spec, hour) * runSeconds) / seconds.get(spec)!;
    const bytes = (mean: number | undefined) => Math.round((mean ?? 0) * share);
    const { internetBytes, crossZoneBytes } = spec.network ?? {};
    return {
      hour: iso,
      namespace: spec.namespace,
      pod: life.name,
      ...(crossZoneBytes && { crossZoneBytes: bytes(crossZoneBytes) }),
      ...(internetBytes && { internetBytes: bytes(internetBytes) }),
    };
  });
}
