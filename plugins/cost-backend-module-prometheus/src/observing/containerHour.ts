import {
  chargedInSlots,
  ContainerHour,
  ContainerSamples,
  GpuNodeLayout,
  reservedDevices,
} from '@headroom/plugin-cost-common';
import { ContainerIdentity } from '../reading/labels';
import { ContainerState } from './containerStates';
import { Workload } from './owners';
import { RequestHour } from './requests';
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
  /** Share of the pod's hour spent on this node. */
  usageShare: number;
  request: RequestHour | undefined;
  /** Requests are reported in this hour: a container that isn't listed has none. */
  requestsReported: boolean;
  usage: HourUsage | undefined;
  gpus: GpuNodeLayout | undefined;
  state: ContainerState;
  /** Samples are of the whole pod: they are given once, on the node it was longest. */
  withSamples: boolean;
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
  const { runSeconds, request, usage } = stay;
  const none = stay.requestsReported ? 0 : undefined;
  const cpuRequest = request?.cpuCoreSeconds ?? none;
  const memoryRequest = request?.memoryByteSeconds ?? none;
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
    cpuRequestCoreSeconds: cpuRequest,
    cpuUsageCoreSeconds: used(stay, usage?.coreSeconds),
    cpuChargedCoreSeconds: charged(stay, cpuRequest, usage?.coreSeconds),
    memoryRequestByteSeconds: memoryRequest,
    memoryUsageByteSeconds: used(stay, usage?.byteSeconds),
    memoryChargedByteSeconds: charged(stay, memoryRequest, usage?.byteSeconds),
    gpuRequestDeviceSeconds: gpuSeconds || none,
    gpuBusyDeviceSeconds: gpuSeconds > 0 ? gpus.busy(gpuSeconds) : undefined,
    samples: stay.withSamples ? samplesOf(usage) : undefined,
    ...stay.state,
    run: stay.run,
  };
}

/** Device-seconds that requests reserve. */
function reservedSeconds({ request, runSeconds, gpus }: ContainerStay): number {
  if (!request || runSeconds === 0) {
    return 0;
  }
  const units = Object.fromEntries(
    Object.entries(request.unitSeconds).map(([resource, seconds]) => [
      resource,
      seconds / runSeconds,
    ]),
  );
  return reservedDevices(units, gpus).devices * runSeconds;
}

function used(
  { usageShare }: ContainerStay,
  slots: number[] | undefined,
): number | undefined {
  return slots && slots.reduce((sum, each) => sum + each, 0) * usageShare;
}

function charged(
  { usageShare, runSeconds, usage }: ContainerStay,
  requested: number | undefined,
  slots: number[] | undefined,
): number | undefined {
  return (
    usage &&
    slots &&
    chargedInSlots({
      requested: requested ?? 0,
      requestedSeconds: runSeconds,
      seconds: usage.seconds.map(each => each * usageShare),
      used: slots.map(each => each * usageShare),
    })
  );
}

function samplesOf(usage: HourUsage | undefined): ContainerSamples | undefined {
  const { cpuCores, memoryPeak } = usage ?? {};
  return cpuCores || memoryPeak
    ? {
        ...(cpuCores && { cpuCores }),
        ...(memoryPeak && { memoryBytes: memoryPeak }),
      }
    : undefined;
}
