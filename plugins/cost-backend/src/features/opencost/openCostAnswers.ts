import {
  OpenCostAnswer,
  OpenCostItem,
  OpenCostSummary,
  OpenCostSummaryItem,
  openCostWindow,
  toOpenCostItem,
} from '@headroom/plugin-cost-common';
import { AnsweredSets } from './Allocations';

/** Sets in the envelope of `/allocation`. */
export function toOpenCostAnswer({
  sets,
  warnings,
}: AnsweredSets): OpenCostAnswer {
  return {
    code: 200,
    status: 'success',
    data: sets.map(({ window, items }) =>
      Object.fromEntries(
        items.map(item => [item.name, toOpenCostItem(item, window)]),
      ),
    ),
    ...warningOf(warnings),
  };
}

/** Sets in the envelope of `/allocation/summary`. */
export function toOpenCostSummary({
  window,
  step,
  sets,
  warnings,
}: AnsweredSets): OpenCostSummary {
  return {
    code: 200,
    status: 'success',
    data: {
      // Go writes a duration as nanoseconds.
      step: step * 1e6,
      sets: sets.map(set => ({
        allocations: Object.fromEntries(
          set.items.map(item => [
            item.name,
            summaryOf(toOpenCostItem(item, set.window)),
          ]),
        ),
        window: openCostWindow(set.window),
      })),
      window: openCostWindow(window),
    },
    ...warningOf(warnings),
  };
}

function summaryOf(item: OpenCostItem): OpenCostSummaryItem {
  return {
    name: item.name,
    start: item.start,
    end: item.end,
    cpuCoreRequestAverage: item.cpuCoreRequestAverage,
    cpuCoreUsageAverage: item.cpuCoreUsageAverage,
    cpuCost: item.cpuCost,
    gpuCost: item.gpuCost,
    networkCost: item.networkCost,
    loadBalancerCost: item.loadBalancerCost,
    pvCost: item.pvCost,
    ramByteRequestAverage: item.ramByteRequestAverage,
    ramByteUsageAverage: item.ramByteUsageAverage,
    ramCost: item.ramCost,
    sharedCost: item.sharedCost,
    externalCost: item.externalCost,
    totalEfficiency: item.totalEfficiency,
    totalCost: item.totalCost,
  };
}

function warningOf(warnings: readonly string[]): { warning?: string } {
  return warnings.length > 0 ? { warning: warnings.join(' ') } : {};
}
