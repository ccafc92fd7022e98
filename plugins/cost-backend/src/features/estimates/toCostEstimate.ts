import {
  CostEstimate,
  ESTIMATED_RESOURCES,
  EstimatedChoice,
  EstimatedPods,
  EstimatePrice,
  HOURS_PER_MONTH,
  MoneyRange,
  MonthlyEstimate,
  MonthlyRange,
  PodsEstimate,
  wordEstimate,
} from '@headroom/plugin-cost-common';

/** An estimate as it goes over the wire; pools are told to who sees everything. */
export function toCostEstimate(
  estimate: MonthlyEstimate,
  options: { seesEverything: boolean },
): Pick<
  CostEstimate,
  | 'hoursPerMonth'
  | 'complete'
  | 'monthly'
  | 'resources'
  | 'pods'
  | 'unknown'
  | 'remarks'
> {
  return {
    hoursPerMonth: HOURS_PER_MONTH,
    complete: isComplete(estimate),
    monthly: monthlyOf(estimate),
    resources: ESTIMATED_RESOURCES.flatMap(resource => {
      const range = estimate.byResource[resource];
      return range ? [{ resource, monthly: toRange(range) }] : [];
    }),
    pods: estimate.pods.map(each => toPods(each, options)),
    unknown: estimate.unknown,
    remarks: [
      ...(estimate.minMonthly.micros < estimate.maxMonthly.micros
        ? [wordEstimate('scaledBy')]
        : []),
      wordEstimate('leavesOut', { hours: HOURS_PER_MONTH }),
    ],
  };
}

/** What another choice costs, and what it saves. */
export function toChoice(
  id: string,
  choice: MonthlyEstimate,
  asked: MonthlyEstimate,
): EstimatedChoice {
  const difference = (edge: 'minMonthly' | 'maxMonthly') =>
    (asked[edge].micros - choice[edge].micros).toString();
  return {
    id,
    monthly: monthlyOf(choice),
    complete: isComplete(choice),
    ...(isComplete(choice) &&
      isComplete(asked) && {
        saves: { min: difference('minMonthly'), max: difference('maxMonthly') },
      }),
    unknown: choice.unknown,
  };
}

function isComplete({ unknown }: MonthlyEstimate): boolean {
  return unknown.length === 0;
}

function monthlyOf(estimate: MonthlyEstimate): MonthlyRange {
  return {
    min: estimate.minMonthly.micros.toString(),
    max: estimate.maxMonthly.micros.toString(),
  };
}

function toRange({ min, max }: MoneyRange): MonthlyRange {
  return { min: min.micros.toString(), max: max.micros.toString() };
}

function toPods(
  { perReplica, monthly, prices, ...rest }: PodsEstimate,
  { seesEverything }: { seesEverything: boolean },
): EstimatedPods {
  return {
    ...rest,
    perReplica: Object.fromEntries(
      Object.entries(perReplica).map(([resource, { micros }]) => [
        resource,
        micros.toString(),
      ]),
    ),
    monthly: toRange(monthly),
    prices: toPrices(prices, { seesEverything }),
  };
}

/** Prices as they go over the wire; pools are told to who sees everything. */
export function toPrices(
  prices: readonly EstimatePrice[],
  { seesEverything }: { seesEverything: boolean },
): EstimatePrice[] {
  return prices.map(({ nodePools, ...price }) => ({
    ...price,
    ...(seesEverything && nodePools && { nodePools }),
  }));
}
