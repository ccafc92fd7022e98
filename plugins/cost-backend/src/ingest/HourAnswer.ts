import {
  HourRow,
  NodeCostHour,
  SourceProblem,
  WorkloadIdentity,
} from '@headroom/plugin-cost-common';

/** What a source says about one hour, allocated. */
export type HourAnswer =
  | {
      status: 'complete';
      hour: Date;
      rows: HourRow[];
      nodes: NodeCostHour[];
      workloads: WorkloadIdentity[];
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
