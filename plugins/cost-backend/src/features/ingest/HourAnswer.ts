import { SourceProblem, WorkloadIdentity } from '@headroom/common';
import {
  HourRow,
  NodeCostHour,
  PodHourRow,
} from '@headroom/plugin-cost-common';
import { GpuHourRow } from '../../database/GpuHourStore';
import { MachineRow } from '../../database/MachineStore';
import { UsageRow } from '../../database/UsageStore';
import { ContainerKnowledge } from './hourKnowledge';

/** What a source says about one hour, allocated. */
export type HourAnswer =
  | {
      status: 'complete';
      hour: Date;
      rows: HourRow[];
      /** The same, pod by pod; absent = the source doesn't tell pods apart. */
      pods?: PodHourRow[];
      nodes: NodeCostHour[];
      /** What the provider calls the machines of nodes, where the source knows. */
      machines?: MachineRow[];
      workloads: WorkloadIdentity[];
      /** How much of them is known. */
      containers: ContainerKnowledge;
      /** A digest a container; absent = the source has no samples of the hour. */
      usage?: UsageRow[];
      /** Absent = the source has no readings a device. */
      devices?: GpuHourRow[];
      problems: SourceProblem[];
    }
  | {
      status: 'missing';
      hour: Date;
      reason: string;
      problems: SourceProblem[];
    };

/** A source's answer for a window, hour by hour. */
export interface WindowAnswer {
  queries: number;
  /** Largest number of containers in one hour; sizes the next window. */
  containers: number;
  /** Allocated one at a time, as they are asked for. */
  hours: AsyncIterable<HourAnswer>;
}
