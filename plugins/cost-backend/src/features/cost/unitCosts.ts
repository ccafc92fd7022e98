import { unitCost, UnitCost } from '@headroom/plugin-cost-common';
import { UnitMetric } from '@headroom/plugin-cost-node';
import { UnitDay } from '../../database/CatalogStore';
import { ClusterCoverage } from '../../database/ReportStore';
import { ReportFacts } from '../../core/report/headline';
import { noSums, totalOfSums } from '../../database/sums';

/**
 * Cost per unit of each metric. Cost and units are of the same days: those that
 * are over, of which every hour's cost and units are in, and for which units were
 * reported.
 *
 * @param clusters - where the service runs
 */
export function unitCosts(
  facts: ReportFacts,
  metrics: UnitMetric[],
  units: UnitDay[],
  clusters: ClusterCoverage[],
): UnitCost[] {
  const { request } = facts;
  return metrics.map(({ id, title, per, minimum }) => {
    const ofMetric = units.filter(
      ({ metric, day }) => metric === id && unitsKnown(clusters, day),
    );
    const current = overDays(facts, ofMetric, request.window);
    const previous = overDays(facts, ofMetric, request.previous);
    const before = unitCost({ ...previous, per, minimum });
    return {
      metric: id,
      title,
      per,
      ...(current.quantity !== undefined && { quantity: current.quantity }),
      ...(current.failed !== undefined && { failed: current.failed }),
      ...unitCost({ ...current, per, minimum }),
      ...(before.unitCost && { previousUnitCost: before.unitCost }),
      days: current.days.map(({ day, quantity }) => ({
        day,
        quantity,
        ...unitCostOnly(facts, day, quantity, per),
      })),
    };
  });
}

/** Units over a part of the hours would make each of them look dear. */
function unitsKnown(clusters: ClusterCoverage[], day: string): boolean {
  return clusters.every(({ days }) => {
    const { hours, unitHours } = days.get(day) ?? { hours: 0, unitHours: 0 };
    return unitHours === hours;
  });
}

function overDays(
  { coverage, days }: ReportFacts,
  units: UnitDay[],
  { start, end }: { start: string; end: string },
) {
  const counted = units.filter(
    ({ day }) => day >= start && day < end && coverage.complete(day),
  );
  const failed = counted.flatMap(day => day.failed ?? []);
  return {
    days: counted,
    costMicros: counted.reduce(
      (sum, { day }) => sum + totalOfSums(days.get(day) ?? noSums()),
      0n,
    ),
    quantity:
      counted.length > 0
        ? counted.reduce((sum, { quantity }) => sum + quantity, 0)
        : undefined,
    failed:
      failed.length > 0
        ? failed.reduce((sum, count) => sum + count, 0)
        : undefined,
  };
}

function unitCostOnly(
  { days }: ReportFacts,
  day: string,
  quantity: number,
  per: number,
) {
  const cost = unitCost({
    costMicros: totalOfSums(days.get(day) ?? noSums()),
    quantity,
    per,
    minimum: 0,
  });
  return cost.unitCost ? { unitCost: cost.unitCost } : {};
}
