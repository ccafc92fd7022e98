import { GeneratedSeries } from '../world/series';
import { HOURS } from '../world/time';
import { chargeNode, chargeVolumes } from './charging';
import { readContainers } from './readContainers';
import { readNodes } from './readNodes';
import { countIn, SECONDS } from './samples';

/**
 * What every service cost, straight from the generated samples: minute by
 * minute, with none of the project's code and no PromQL. A sample stands for
 * the minute before it; a container is charged max(request, usage) of each five
 * minutes, its node's price being split by list-price weights.
 */
export interface IndependentCosts {
  /** Dollars by service; '' is nobody's. */
  services: Map<string, number>;
  /** Micros of all nodes, each node-hour rounded half to even. */
  nodesMicros: bigint;
  /** Hours (index) no node was seen in. */
  missingHours: number[];
}

export function computeCosts(series: GeneratedSeries[]): IndependentCosts {
  const index = new Map<string, GeneratedSeries[]>();
  for (const one of series) {
    index.set(one.metric, [...(index.get(one.metric) ?? []), one]);
  }
  const of = (metric: string) => index.get(metric) ?? [];

  const nodes = readNodes(of);
  const pods = readContainers(of, nodes);
  const services = new Map<string, number>();
  const charge = (service: string, dollars: number) =>
    services.set(service, (services.get(service) ?? 0) + dollars);

  let nodesMicros = 0n;
  const missingHours: number[] = [];
  for (let hour = 0; hour < HOURS; hour++) {
    let seen = false;
    for (const node of nodes.values()) {
      const upSeconds = countIn(node.up, hour) * SECONDS;
      if (upSeconds > 0) {
        seen = true;
        nodesMicros += roundHalfEven(
          BigInt(Math.round(Number(node.price) * 1e6)) * BigInt(upSeconds),
          3600n,
        );
        chargeNode(node, hour, upSeconds, pods, charge);
      }
    }
    if (!seen) {
      missingHours.push(hour);
    }
  }
  chargeVolumes(of, pods, charge);
  return { services, nodesMicros, missingHours };
}

function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) {
    return quotient + 1n;
  }
  return quotient;
}
