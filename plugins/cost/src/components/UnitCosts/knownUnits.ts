import { UnitCost } from '@headroom/plugin-cost-common';

/** Metrics that have units in this window or the one before; the others belong to other services. */
export function knownUnits(units: readonly UnitCost[]): UnitCost[] {
  return units.filter(
    ({ reason, quantity, unitCost, previousUnitCost }) =>
      reason !== 'no-data' ||
      quantity !== undefined ||
      unitCost !== undefined ||
      previousUnitCost !== undefined,
  );
}
