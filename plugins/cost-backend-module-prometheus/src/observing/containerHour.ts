import {
  ContainerHour,
  ContainerSamples,
  GpuNodeLayout,
  reservedDevices,
} from '@headroom/plugin-cost-common';
import { ContainerIdentity } from '../reading/labels';
import { ContainerState } from './containerStates';
import { Workload } from './owners';
import { RequestRecord } from './requests';
import { ContainerUsage } from './usage';

/** A container on one node for one hour, before quantities are multiplied out. */
export interface ContainerStay {
  /** ISO 8601 start of the hour, and its index. */
  hour: string;
  hourIndex: number;
  identity: ContainerIdentity;
  node: string | undefined;
  workload: Workload;
  labels: Record<string, string>;
  runSeconds: number;
  /** Share of the pod's hour spent on this node. */
  usageShare: number;
  request: RequestRecord | undefined;
  /** Requests are reported in this hour: a container that isn't listed has none. */
  requestsReported: boolean;
  usage: ContainerUsage | undefined;
  gpus: GpuNodeLayout | undefined;
  state: ContainerState;
  /** Of the whole pod: given once, on the node it was longest. */
  samples: ContainerSamples | undefined;
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
  const { hourIndex, runSeconds, usageShare, request, usage } = stay;
  const none = stay.requestsReported ? 0 : undefined;
  const gpuSeconds =
    reservedDevices(request?.gpuUnits[hourIndex] ?? {}, stay.gpus).devices *
      runSeconds +
    gpus.claimed;
  return {
    hour: stay.hour,
    ...stay.identity,
    node: stay.node,
    workloadKind: stay.workload.kind,
    workload: stay.workload.name,
    labels: stay.labels,
    labelsSanitized: true,
    runSeconds,
    cpuRequestCoreSeconds:
      times(request?.cpuCores[hourIndex], runSeconds) ?? none,
    cpuUsageCoreSeconds: times(usage?.cpuCoreSeconds, usageShare),
    memoryRequestByteSeconds:
      times(request?.memoryBytes[hourIndex], runSeconds) ?? none,
    memoryUsageByteSeconds: times(usage?.memoryByteSeconds, usageShare),
    gpuRequestDeviceSeconds: gpuSeconds || none,
    gpuBusyDeviceSeconds: gpuSeconds > 0 ? gpus.busy(gpuSeconds) : undefined,
    samples: stay.samples,
    ...stay.state,
    run: stay.run,
  };
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
