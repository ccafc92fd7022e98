import { NodeHour } from '../observations/observations';
import { NodePrice } from './types';

/** Machines of one type that have one configured price. */
interface Priced {
  type: string;
  systems: Set<string>;
  autoMode: Set<boolean>;
}

/**
 * Types of which configuration has one price for what is billed differently: Linux
 * and Windows, nodes of EKS Auto Mode and others.
 */
export class SamePrices {
  readonly #priced = new Map<string, Priced>();

  add(node: NodeHour, { origin, hourlyPrice }: NodePrice): void {
    const { instanceType, region, capacityType } = node;
    if (origin.kind !== 'config' || instanceType === undefined) {
      return;
    }
    const key = [instanceType, region, capacityType, hourlyPrice].join('\0');
    let priced = this.#priced.get(key);
    if (!priced) {
      priced = { type: instanceType, systems: new Set(), autoMode: new Set() };
      this.#priced.set(key, priced);
    }
    priced.systems.add(node.operatingSystem ?? 'linux');
    priced.autoMode.add(node.managedBy === 'eks-auto-mode');
  }

  ofSystems(): Set<string> {
    return this.#typesOf(({ systems }) => systems.size > 1);
  }

  ofAutoMode(): Set<string> {
    return this.#typesOf(({ autoMode }) => autoMode.size > 1);
  }

  #typesOf(isMixed: (priced: Priced) => boolean): Set<string> {
    const mixed = [...this.#priced.values()].filter(isMixed);
    return new Set(mixed.map(({ type }) => type));
  }
}
