import {
  AllocationSource,
  BillSource,
  CostSourcesExtensionPoint,
  PriceSource,
  ServiceLevelSource,
  UnitMetricSource,
  UsageSource,
} from '@headroom/plugin-cost-node';
import { ConflictError } from '@backstage/errors';

/** The sources that modules added, in the order they did. */
export class CostSources implements CostSourcesExtensionPoint {
  readonly usage: UsageSource[] = [];
  readonly allocation: AllocationSource[] = [];
  readonly price: PriceSource[] = [];
  readonly unit: UnitMetricSource[] = [];
  readonly level: ServiceLevelSource[] = [];
  readonly bill: BillSource[] = [];

  static create() {
    return new CostSources();
  }

  private constructor() {}

  addUsageSource(source: UsageSource): void {
    add(this.usage, source);
  }

  addAllocationSource(source: AllocationSource): void {
    add(this.allocation, source);
  }

  addPriceSource(source: PriceSource): void {
    add(this.price, source);
  }

  addUnitMetricSource(source: UnitMetricSource): void {
    add(this.unit, source);
  }

  addServiceLevelSource(source: ServiceLevelSource): void {
    add(this.level, source);
  }

  addBillSource(source: BillSource): void {
    add(this.bill, source);
  }
}

function add<T extends { id: string }>(sources: T[], source: T): void {
  if (sources.some(({ id }) => id === source.id)) {
    throw new ConflictError(
      `A cost source with the id '${source.id}' was added twice; is a module installed twice?`,
    );
  }
  sources.push(source);
}
