import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  AllocationSource,
  PriceSource,
  UnitMetricSource,
  UsageSource,
} from './sources';

/**
 * Adds sources to the cost back end. For each cluster the first source that
 * supports it is asked.
 *
 * @public
 */
export interface CostSourcesExtensionPoint {
  addUsageSource(source: UsageSource): void;
  addAllocationSource(source: AllocationSource): void;
  addPriceSource(source: PriceSource): void;
  addUnitMetricSource(source: UnitMetricSource): void;
}

/** @public */
export const costSourcesExtensionPoint =
  createExtensionPoint<CostSourcesExtensionPoint>({ id: 'cost.sources' });
