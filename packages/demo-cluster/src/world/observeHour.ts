import {
  chargedInSlots,
  type ContainerHour,
  type NetworkHour,
  type NodeHour,
  type Observations,
  type VolumeHour,
} from '@headroom/plugin-cost-common';
import { HOUR_MS } from '@headroom/common';
import { claimName } from './claimName';
import { deviceHours, GpuHolder, isUsed } from './gpuDevices';
import { isUnlabelled } from './gpuReadings';
import { gpuSlots } from './gpuSlots';
import {
  containersAt,
  HourLives,
  NodeLife,
  overlapSeconds,
  PodLife,
  providerIdOf,
} from './lives';
import { Loads } from './loads';
import { workloadId } from './objectIds';
import { Restarts } from './Restarts';
import { HOUR_SECONDS } from './time';
import { ContainerSpec, VolumeSpec, WorkloadSpec } from './types';
import { HourUse, hourUse } from './usage';
import { LeftVolume } from './Volumes';
import { jobName } from './wishes';

/** One hour of one cluster, and who lived in it. */
export interface ObservedHour {
  /** Start of the hour, ISO 8601 UTC. */
  iso: string;
  /** The hour, counted from the start of the world. */
  hour: number;
  /** Start of the world, in milliseconds since 1970. */
  startMs: number;
  region: string;
  lives: HourLives;
  /** Claims that existed in the hour and that no pod may have mounted. */
  leftVolumes: LeftVolume[];
  loads: Loads;
  restarts: Restarts;
}

/** Adds what was used in an hour to observations. */
export function observeHour(
  observed: ObservedHour,
  into: Observations & Required<Pick<Observations, 'devices'>>,
): void {
  const from = observed.hour * HOUR_SECONDS;
  const to = from + HOUR_SECONDS;
  const ran = observed.lives.pods
    .map(life => ({ life, runSeconds: overlapSeconds(life, from, to) }))
    .filter(({ runSeconds }) => runSeconds > 0);
  const holders = new Map<string, GpuHolder[]>();
  for (const pod of ran) {
    addContainerHours(observed, pod, into.containers, holders);
  }
  for (const life of observed.lives.nodes) {
    const upSeconds = overlapSeconds(life, from, to);
    if (upSeconds > 0) {
      into.nodes.push(nodeHour(observed, life, upSeconds));
      const devices = deviceHours({
        node: life,
        iso: observed.iso,
        hour: observed.hour,
        holders: holders.get(life.id) ?? [],
      });
      into.devices.push(...devices);
    }
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
  life: NodeLife,
  upSeconds: number,
): NodeHour {
  const { name, zone, pool } = life;
  return {
    hour: iso,
    node: name,
    instanceType: pool.instanceType,
    region,
    zone,
    capacityType: pool.capacityType,
    nodePool: pool.name,
    providerId: providerIdOf(life),
    cpuCores: pool.cpuCores,
    memoryBytes: pool.memoryBytes,
    gpuDevices: pool.gpuDevices,
    ...(pool.gpuModel && { gpuModel: pool.gpuModel }),
    upSeconds,
  };
}

function addContainerHours(
  observed: ObservedHour,
  { life }: RanPod,
  into: ContainerHour[],
  holders: Map<string, GpuHolder[]>,
): void {
  const { hour, restarts } = observed;
  const loads = observed.loads.of(life, hour);
  life.containers.forEach((container, index) => {
    const use = hourUse({ life, index, hour, loads, restarts });
    if (!use) {
      return;
    }
    into.push(containerHour(observed, life, index, use));
    if (container.gpuDevices) {
      const known = holders.get(life.node.id) ?? [];
      holders.set(life.node.id, [...known, { life, container, use }]);
    }
  });
}

function containerHour(
  observed: ObservedHour,
  life: PodLife,
  index: number,
  use: HourUse,
): ContainerHour {
  const { spec } = life;
  const { runSeconds } = use;
  const container = meanOfHour(observed, life, index);
  const { cpuLimitCores, memoryLimitBytes } = container;
  const seen: ContainerHour = {
    hour: observed.iso,
    namespace: spec.namespace,
    pod: life.name,
    container: container.name,
    node: life.node.name,
    workloadKind: spec.kind,
    workload: spec.name,
    labels: life.labels,
    runSeconds,
    cpuRequestCoreSeconds: container.cpuRequestCores * runSeconds,
    cpuUsageCoreSeconds: use.cpuCoreSeconds,
    cpuChargedCoreSeconds: cpuCharged(container, use),
    memoryRequestByteSeconds: container.memoryRequestBytes * runSeconds,
    memoryUsageByteSeconds: use.memoryByteSeconds,
    samples: { cpuCores: use.cpuCores, memoryBytes: use.memoryPeakBytes },
    image: container.image,
    specKnown: true,
    oomKills: use.oomKills,
    restarts: use.oomKills,
    startedAt: instantOf(observed, use.startedAt),
  };
  // Set one by one: this runs for every container and hour, and spreading is slow.
  if (cpuLimitCores !== undefined) {
    seen.cpuLimitCores = cpuLimitCores;
    seen.throttledShare = Math.round(use.throttledShare * 1e4) / 1e4;
  }
  if (memoryLimitBytes !== undefined) {
    seen.memoryLimitBytes = memoryLimitBytes;
  }
  if (life.runHour !== undefined) {
    seen.run = jobName(spec, life.runHour, observed.startMs / HOUR_MS);
  }
  if (container.gpuDevices) {
    addGpuSeconds(observed, { life, container, use }, seen);
  }
  return seen;
}

/** A container of a pod as it is at the end of an hour, with what it asked for in the mean of it. */
function meanOfHour(
  { hour }: ObservedHour,
  life: PodLife,
  index: number,
): ContainerSpec {
  if (!life.resizes) {
    return life.containers[index];
  }
  const begin = Math.max(life.from, hour * HOUR_SECONDS);
  const end = Math.min(life.until, (hour + 1) * HOUR_SECONDS);
  const moments = life.resizes
    .map(({ at }) => at)
    .filter(at => at > begin && at < end);
  const parts = [begin, ...moments].map((from, part) => ({
    container: containersAt(life, from)[index],
    share: ((moments[part] ?? end) - from) / (end - begin),
  }));
  const mean = (of: 'cpuRequestCores' | 'memoryRequestBytes') =>
    parts.reduce((sum, { container, share }) => sum + container[of] * share, 0);
  return {
    ...parts.at(-1)!.container,
    cpuRequestCores: mean('cpuRequestCores'),
    memoryRequestBytes: mean('memoryRequestBytes'),
  };
}

/** What five-minute slots charge; samples are rounded, the hour's use isn't. */
function cpuCharged({ cpuRequestCores }: ContainerSpec, use: HourUse): number {
  const charged = chargedInSlots({
    requested: use.slotSeconds.map(seconds => seconds * cpuRequestCores),
    used: use.slotSeconds.map(
      (seconds, slot) => seconds * (use.cpuCores[slot] ?? 0),
    ),
  });
  return Math.max(
    charged,
    use.cpuCoreSeconds,
    cpuRequestCores * use.runSeconds,
  );
}

function instantOf({ startMs }: ObservedHour, seconds: number): string {
  return new Date(startMs + seconds * 1000).toISOString();
}

/** What a pod holds of GPUs, and how long that was busy; not known while labels are missing. */
function addGpuSeconds(
  { hour }: ObservedHour,
  holder: GpuHolder,
  into: ContainerHour,
): void {
  const { life, use } = holder;
  const slots = gpuSlots(life.node.pool);
  const shareOf = (held: readonly number[]) =>
    held.reduce((sum, index) => sum + slots[index].boardShare, 0);
  const reserved = shareOf(life.gpuSlots) * use.runSeconds;
  into.gpuRequestDeviceSeconds = reserved;
  if (!isUnlabelled(life.node, hour)) {
    const busy = use.gpuBusy.reduce(
      (sum, share, slot) => sum + share * use.slotSeconds[slot],
      0,
    );
    const used = life.gpuSlots.filter(slot => isUsed(holder, slot));
    into.gpuBusyDeviceSeconds = Math.min(reserved, shareOf(used) * busy);
  }
}

function volumeHour(
  { iso, region }: ObservedHour,
  namespace: string,
  claim: string,
  volume: VolumeSpec,
  pods: string[],
  seconds = HOUR_SECONDS,
): VolumeHour {
  return {
    hour: iso,
    namespace,
    claim,
    storageClass: volume.storageClass,
    region,
    capacityByteSeconds: volume.capacityBytes * seconds,
    pods,
  };
}

/** Claims that pods mounted, then those that nobody did. */
/** Seconds of the hour that claims of a workload are paid for: all, but for one that was made in it. */
function claimedSeconds({ hour }: ObservedHour, spec: WorkloadSpec): number {
  let first = spec.edit;
  while (first?.previous) {
    first = first.previous;
  }
  const madeAt = first?.podSpec ? first.at : 0;
  return Math.min(HOUR_SECONDS, (hour + 1) * HOUR_SECONDS - madeAt);
}

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
        mounted.set(
          id,
          volumeHour(
            observed,
            namespace,
            claim,
            volume,
            pods,
            claimedSeconds(observed, life.spec),
          ),
        );
      }
    }
  }
  const left = observed.leftVolumes
    .filter(({ namespace, name }) => !mounted.has(`${namespace}/${name}`))
    .map(volume =>
      volumeHour(
        observed,
        volume.namespace,
        volume.name,
        volume,
        [],
        volume.seconds,
      ),
    );
  return [...mounted.values(), ...left];
}

/** Traffic of a workload is spread over its pods by how long they ran. */
function networkHours(
  { iso, hour, loads }: ObservedHour,
  ran: RanPod[],
): NetworkHour[] {
  const seconds = new Map<string, number>();
  const sending = ran.filter(({ life }) => life.spec.network);
  for (const { life, runSeconds } of sending) {
    const id = workloadId(life.spec);
    seconds.set(id, (seconds.get(id) ?? 0) + runSeconds);
  }
  return sending.map(({ life, runSeconds }) => {
    const { spec } = life;
    const all = seconds.get(workloadId(spec))!;
    const share = (loads.met(spec, hour) * runSeconds) / all;
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
