import { addResources, zeroResources } from '../money/resourceMicros';
import { ResourceMicros } from '../resources/resources';
import { AllocationProperties } from './properties';
import { addQuantities, noQuantities } from './quantities';
import { AllocationItem, AllocationRow } from './types';

/** Items by name, each the sum of what is added to it. */
export class Items {
  readonly #items = new Map<string, AllocationItem>();

  static create() {
    return new Items();
  }

  private constructor() {}

  /** The item of a name; a new one is that of a span. */
  at(
    name: string,
    properties: AllocationProperties,
    span: Pick<AllocationItem, 'start' | 'end'>,
  ): AllocationItem {
    const found = this.#items.get(name);
    if (found) {
      found.properties = common(found.properties, properties);
      found.start = Math.min(found.start, span.start);
      found.end = Math.max(found.end, span.end);
      return found;
    }
    const item: AllocationItem = {
      name,
      properties,
      cost: zeroResources(),
      idle: zeroResources(),
      shared: 0n,
      quantities: noQuantities(),
      start: span.start,
      end: span.end,
      unknownUsage: [],
    };
    this.#items.set(name, item);
    return item;
  }

  addRow(
    name: string,
    properties: AllocationProperties,
    row: AllocationRow,
    carried: { idle: ResourceMicros; shared: bigint },
  ): void {
    this.addItem({ ...row, ...carried, name, properties });
  }

  addItem(
    part: Omit<AllocationItem, 'unknownUsage'> &
      Pick<AllocationRow, 'unknownUsage'>,
  ): void {
    const item = this.at(part.name, part.properties, part);
    item.cost = addResources(item.cost, part.cost);
    item.idle = addResources(item.idle, part.idle);
    item.shared += part.shared;
    addQuantities(item.quantities, part.quantities);
    for (const resource of part.unknownUsage) {
      if (!item.unknownUsage.includes(resource)) {
        item.unknownUsage.push(resource);
      }
    }
  }

  toArray(): AllocationItem[] {
    return [...this.#items.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Items of several steps as one set. @public */
export function sumItems(
  steps: ReadonlyArray<readonly AllocationItem[]>,
): AllocationItem[] {
  const items = Items.create();
  for (const step of steps) {
    step.forEach(item => items.addItem(item));
  }
  return items.toArray();
}

/** What two have in common; what one lacks, both lack. */
function common(
  a: AllocationProperties,
  b: AllocationProperties,
): AllocationProperties {
  if (a === b) {
    return a;
  }
  return Object.fromEntries(
    Object.entries(a).filter(([key, value]) => {
      const other = b[key as keyof AllocationProperties];
      return typeof value === 'object'
        ? JSON.stringify(other) === JSON.stringify(value)
        : other === value;
    }),
  );
}
