import { UnitCost } from '@headroom/plugin-cost-common';

/** Metrics that say something of this window or the one before; those nobody reports are of another service. */
export function knownUnits(units: readonly UnitCost[]): UnitCost[] {
  return units.filter(
    ({ reason, quantity, unitCost, previousUnitCost }) =>
      reason !== 'no-data' ||
      quantity !== undefined ||
      unitCost !== undefined ||
      previousUnitCost !== undefined,
  );
}
