import { Money, Said, sumMicros } from '@headroom/common';
import {
  ESTIMATED_RESOURCES,
  EstimatedResource,
  EstimatePrice,
} from './costEstimate';
import { EstimatePrices } from './estimatePrices';
import { HOURS_PER_MONTH, PodDemand } from './estimateRequest';
import { priceDemand } from './priceDemand';
import { costOf } from './rates';

/** From the fewest replicas all the time to the most. @public */
export interface MoneyRange {
  min: Money;
  max: Money;
}

/** A month of the pods of one workload. @public */
export interface PodsEstimate {
  name: string;
  /** Of one replica, what has a price. */
  perReplica: Partial<Record<EstimatedResource, Money>>;
  monthly: MoneyRange;
  hoursPerMonth: number;
  /** Boards that one replica holds. */
  gpuShare?: number;
  prices: EstimatePrice[];
}

/** A month of pods. @public */
export interface MonthlyEstimate {
  /** With the fewest replicas all the time; of what has a price. */
  minMonthly: Money;
  /** With the most. */
  maxMonthly: Money;
  byResource: Partial<Record<EstimatedResource, MoneyRange>>;
  pods: PodsEstimate[];
  /** What has no price, and the line that mends it; none = the estimate is complete. */
  unknown: Array<{ pods: string; resource: EstimatedResource; said: Said }>;
  hoursPerMonth: number;
}

/**
 * What pods cost in a month of 730 hours, from their fewest replicas to their most:
 * each replica is charged what it requests × the price of a unit × its hours, as the
 * allocation charges max(request, usage) of a node's split price. Rounded once a
 * resource and replica, half to even, so that parts sum to the whole.
 *
 * What has no price is listed in `unknown` and is in no sum.
 *
 * @public
 */
export function estimateMonthly(input: {
  pods: readonly PodDemand[];
  prices: EstimatePrices;
}): MonthlyEstimate {
  const { prices } = input;
  const { currency } = prices;
  const money = (micros: bigint): Money => ({ currency, micros });
  const range = (min: bigint, max: bigint): MoneyRange => ({
    min: money(min),
    max: money(max),
  });

  const sums = new Map<EstimatedResource, { min: bigint; max: bigint }>();
  const unknown: MonthlyEstimate['unknown'] = [];
  const pods = input.pods.map((demand): PodsEstimate => {
    const { replicas, hoursPerMonth, name } = demand;
    const priced = priceDemand(demand, prices);
    const [fewest, most] = [BigInt(replicas.min), BigInt(replicas.max)];
    const perReplica: PodsEstimate['perReplica'] = {};
    for (const { resource, quantity, rate } of priced.resources) {
      const micros = costOf(rate, quantity, hoursPerMonth);
      perReplica[resource] = money(micros);
      const before = sums.get(resource) ?? { min: 0n, max: 0n };
      sums.set(resource, {
        min: before.min + micros * fewest,
        max: before.max + micros * most,
      });
    }
    unknown.push(...priced.unknown.map(each => ({ pods: name, ...each })));
    const replica = sumMicros(
      Object.values(perReplica).map(({ micros }) => micros),
    );
    return {
      name,
      perReplica,
      monthly: range(replica * fewest, replica * most),
      hoursPerMonth,
      ...(priced.gpuShare !== undefined && { gpuShare: priced.gpuShare }),
      prices: priced.resources.map(({ price }) => price),
    };
  });

  const byResource: MonthlyEstimate['byResource'] = {};
  for (const resource of ESTIMATED_RESOURCES) {
    const sum = sums.get(resource);
    if (sum) {
      byResource[resource] = range(sum.min, sum.max);
    }
  }
  return {
    minMonthly: money(sumMicros(pods.map(({ monthly }) => monthly.min.micros))),
    maxMonthly: money(sumMicros(pods.map(({ monthly }) => monthly.max.micros))),
    byResource,
    pods,
    unknown,
    hoursPerMonth: HOURS_PER_MONTH,
  };
}
