import { Said } from '@headroom/common';
import { NodeLabelRules } from '../nodes/nodeLabelRules';
import { ESTIMATED_RESOURCES } from './costEstimate';
import { estimateMonthly } from './estimateMonthly';
import { EstimatePrices } from './estimatePrices';
import { runningDemand, RunningFacts } from './runningDemand';
import { RunningService, RunningWorkload } from './runningService';
import { wordRunning } from './runningSentences';

/** What a workload costs as it runs now. @public */
export type RunningCost = Pick<
  RunningWorkload,
  'replicas' | 'hourly' | 'monthly' | 'resources' | 'prices'
> &
  Pick<RunningService, 'unknown' | 'remarks'>;

/**
 * What the pods of a workload that run now cost an hour, and a month of 730 hours
 * at their present number: priced by {@link estimateMonthly}, each at its own
 * cluster's prices. What isn't known is said in `unknown` and is in no sum.
 *
 * @param rules - labels of nodes that configuration adds
 * @public
 */
export function estimateRunning(
  workload: RunningFacts,
  prices: EstimatePrices,
  rules?: NodeLabelRules,
): RunningCost {
  const { name, replicas, pendingPods = 0 } = workload.facts;
  const { pools } = prices;
  const { demand, unknown } = runningDemand(workload, { pools, rules });
  const remarks: Said[] =
    pendingPods > 0
      ? [wordRunning('waiting', { workload: name, count: pendingPods })]
      : [];
  if (!demand) {
    return { resources: [], prices: [], unknown, remarks };
  }
  const month = estimateMonthly({ pods: [demand], prices });
  const hour = estimateMonthly({
    pods: [{ ...demand, hoursPerMonth: 1 }],
    prices,
  });
  const resources = ESTIMATED_RESOURCES.flatMap(resource => {
    const range = month.byResource[resource];
    return range ? [{ resource, monthly: range.max.micros.toString() }] : [];
  });
  const isKnown = resources.length > 0 || replicas === 0;
  return {
    ...(replicas !== undefined && { replicas }),
    ...(isKnown && {
      hourly: hour.maxMonthly.micros.toString(),
      monthly: month.maxMonthly.micros.toString(),
    }),
    resources,
    prices: month.pods[0].prices,
    unknown: [
      ...unknown,
      ...(replicas === 0
        ? []
        : month.unknown.map(({ resource, said }) => ({
            workload: name,
            resource,
            said,
          }))),
    ],
    remarks,
  };
}
