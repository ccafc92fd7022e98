import { RESOURCES, Resource, ResourceMicros } from '../resources/resources';
import { HourRow } from './types';

/**
 * Cost-weighted efficiency, used / cost over the resources in `known`, 0 to 1.
 * Undefined when those cost nothing: then there is nothing to be efficient with.
 *
 * Resources whose usage nobody reported don't belong in `known`, as their
 * `used` of 0 would read as waste. Over many rows, sum {@link knownUsageCost}
 * and pass it as `cost` with the resources of interest, e.g. CPU, memory and GPU.
 *
 * @public
 */
export function efficiencyOf(
  cost: ResourceMicros,
  used: ResourceMicros,
  known: readonly Resource[],
): number | undefined {
  let costSum = 0n;
  let usedSum = 0n;
  for (const resource of known) {
    costSum += cost[resource];
    usedSum += used[resource];
  }
  // A ratio is no money: doubles hold it to 15 digits.
  return costSum > 0n ? Number(usedSum) / Number(costSum) : undefined;
}

/** The resources of a row whose usage is known. @public */
export function knownUsageResources(
  row: Pick<HourRow, 'unknownUsage'>,
): Resource[] {
  return RESOURCES.filter(resource => !row.unknownUsage?.includes(resource));
}

/** The part of a row's cost whose usage is known, for {@link efficiencyOf} over many rows. @public */
export function knownUsageCost(
  row: Pick<HourRow, 'cost' | 'unknownUsage'>,
): ResourceMicros {
  const cost = { ...row.cost };
  for (const resource of row.unknownUsage ?? []) {
    cost[resource] = 0n;
  }
  return cost;
}
