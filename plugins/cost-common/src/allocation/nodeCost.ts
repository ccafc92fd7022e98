import {
  Rational,
  multiplyRationals,
  multiplyDecimal,
  rationalOfDecimal,
  rationalOfNumber,
  rationalsToCommonScale,
  splitExactly,
} from '@headroom/common';
import { zeroResources } from '../money/resourceMicros';
import { NodeHour } from '../observations/observations';
import { ResourceMicros } from '../resources/resources';
import { NodePrice } from './types';

const PER_GIB: Rational = { numerator: 1n, denominator: 1n << 30n };

/**
 * What one node cost in one hour, by resource: hourly price × seconds up / 3600,
 * rounded once, then split over CPU, memory and GPU by quantity × weight (the
 * ratio of list prices scaled to the node's price, OpenCost specification 0.1).
 * A node with nothing to split by costs what it costs as CPU.
 *
 * Throws a RangeError when a price or weight is not a decimal, or is negative.
 *
 * @public
 */
export function nodeCostOf(node: NodeHour, price: NodePrice): ResourceMicros {
  const total = multiplyDecimal(price.hourlyPrice, node.upSeconds, 3600);
  if (total < 0n) {
    throw new RangeError(
      `Node ${node.node} has a negative price, ${price.hourlyPrice}`,
    );
  }
  const { weights } = price;
  const scaled = rationalsToCommonScale([
    multiplyRationals(
      rationalOfNumber(node.cpuCores),
      rationalOfDecimal(weights.cpuCore),
    ),
    multiplyRationals(
      rationalOfNumber(node.memoryBytes),
      PER_GIB,
      rationalOfDecimal(weights.memoryGib),
    ),
    multiplyRationals(
      rationalOfNumber(node.gpuDevices),
      rationalOfDecimal(weights.gpuDevice),
    ),
  ]);
  if (scaled.every(weight => weight === 0n)) {
    return { ...zeroResources(), cpu: total };
  }
  const [cpu, memory, gpu] = splitExactly(total, scaled);
  return { ...zeroResources(), cpu, memory, gpu };
}
