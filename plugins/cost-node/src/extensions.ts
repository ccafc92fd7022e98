import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { BillSource } from './bills';
import { ServiceLevelSource } from './serviceLevels';
import {
  AllocationSource,
  PriceSource,
  UnitMetricSource,
  UsageSource,
} from './sources';

/**
 * Adds sources to the cost back end. A cluster has one allocation source and one
 * usage source at most; where it has both, its costs are those of the first.
 *
 * @public
 */
export interface CostSourcesExtensionPoint {
  addUsageSource(source: UsageSource): void;
  addAllocationSource(source: AllocationSource): void;
  addPriceSource(source: PriceSource): void;
  addUnitMetricSource(source: UnitMetricSource): void;
  addServiceLevelSource(source: ServiceLevelSource): void;
  addBillSource(source: BillSource): void;
}

/** @public */
export const costSourcesExtensionPoint =
  createExtensionPoint<CostSourcesExtensionPoint>({ id: 'cost.sources' });
