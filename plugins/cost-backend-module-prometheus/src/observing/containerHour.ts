import {
  ContainerHour,
  ContainerSamples,
  GpuNodeLayout,
  HourSamples,
  reservedDevices,
} from '@headroom/plugin-cost-common';
import { sum } from '../reading/collections';
import { ContainerIdentity } from '../reading/labels';
import { ContainerState } from './containerStates';
import { chargedOf, Demand, requestedOf } from './demands';
import { Workload } from './owners';
import { HourUsage } from './usage/containerUsage';

/** A container on one node for one hour, before it is put together. */
export interface ContainerStay {
  /** ISO 8601 start of the hour. */
  hour: string;
  identity: ContainerIdentity;
  node: string | undefined;
  workload: Workload;
  labels: Record<string, string>;
  runSeconds: number;
  demand: Demand;
  /** Requests are reported in this hour: a container that isn't listed has none. */
  requestsReported: boolean;
  usage: HourUsage | undefined;
  gpus: GpuNodeLayout | undefined;
  state: ContainerState;
  /** By slot, whether its pod was on this node rather than on another. */
  isMain: readonly boolean[];
  /** Job the pod belongs to. */
  run: string | undefined;
}

/** GPUs of a container in an hour, in device-seconds. */
export interface GpuStay {
  /** Held through resource claims. */
  claimed: number;
  /** Busy ones, given those that were reserved. */
  busy(reserved: number): number | undefined;
}

export function toContainerHour(
  stay: ContainerStay,
  gpus: GpuStay,
): ContainerHour {
  const { runSeconds, demand } = stay;
  const none = stay.requestsReported ? 0 : undefined;
  const gpuSeconds = reservedSeconds(stay) + gpus.claimed;
  return {
    hour: stay.hour,
    ...stay.identity,
    node: stay.node,
    workloadKind: stay.workload.kind,
    workload: stay.workload.name,
    labels: stay.labels,
    labelsSanitized: true,
    runSeconds,
    cpuRequestCoreSeconds: requestedOf(demand, 'cpu') ?? none,
    cpuUsageCoreSeconds: demand.used.cpu && sum(demand.used.cpu),
    cpuChargedCoreSeconds: chargedOf(demand, 'cpu'),
    memoryRequestByteSeconds: requestedOf(demand, 'memory') ?? none,
    memoryUsageByteSeconds: demand.used.memory && sum(demand.used.memory),
    memoryChargedByteSeconds: chargedOf(demand, 'memory'),
    gpuRequestDeviceSeconds: gpuSeconds || none,
    gpuBusyDeviceSeconds: gpuSeconds > 0 ? gpus.busy(gpuSeconds) : undefined,
    samples: samplesOf(stay),
    ...stay.state,
    run: stay.run,
  };
}

/** Device-seconds that requests reserve. */
function reservedSeconds({ demand, runSeconds, gpus }: ContainerStay): number {
  if (!demand.requested || runSeconds === 0) {
    return 0;
  }
  const units = Object.fromEntries(
    [...demand.requested].map(([resource, slots]) => [
      resource,
      sum(slots) / runSeconds,
    ]),
  );
  return reservedDevices(units, gpus).devices * runSeconds;
}

/** Samples are of the whole pod: each is given once, on the node it was on. */
function samplesOf({
  usage,
  isMain,
}: ContainerStay): ContainerSamples | undefined {
  const here = (samples: HourSamples | undefined) => {
    const own = samples?.map((sample, slot) => (isMain[slot] ? sample : null));
    return own?.some(sample => sample !== null) ? own : undefined;
  };
  const cpuCores = here(usage?.cpuCores);
  const memoryBytes = here(usage?.memoryPeak);
  return cpuCores || memoryBytes
    ? { ...(cpuCores && { cpuCores }), ...(memoryBytes && { memoryBytes }) }
    : undefined;
}
