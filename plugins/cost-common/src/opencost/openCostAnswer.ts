import { OpenCostItem, OpenCostWindow } from './answerItem';

/** What `/allocation` answers: one map of items by name for each set, the oldest first. @public */
export interface OpenCostAnswer {
  code: number;
  status: string;
  data: Array<Record<string, OpenCostItem>>;
  /** What is not known, or is left out, as sentences. */
  warning?: string;
}

/** An item of `/allocation/summary`. @public */
export type OpenCostSummaryItem = Pick<
  OpenCostItem,
  | 'name'
  | 'start'
  | 'end'
  | 'cpuCoreRequestAverage'
  | 'cpuCoreUsageAverage'
  | 'cpuCost'
  | 'gpuCost'
  | 'networkCost'
  | 'loadBalancerCost'
  | 'pvCost'
  | 'ramByteRequestAverage'
  | 'ramByteUsageAverage'
  | 'ramCost'
  | 'sharedCost'
  | 'externalCost'
  | 'totalEfficiency'
  | 'totalCost'
>;

/** What `/allocation/summary` answers. @public */
export interface OpenCostSummary {
  code: number;
  status: string;
  data: {
    /** Nanoseconds of the first step. */
    step: number;
    sets: Array<{
      allocations: Record<string, OpenCostSummaryItem>;
      window: OpenCostWindow;
    }>;
    window: OpenCostWindow;
  };
  warning?: string;
}
