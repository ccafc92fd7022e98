import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { SourceProblem } from '@headroom/common';
import { wordIngest } from '@headroom/plugin-cost-common';
import {
  SourceQuery,
  UnitMetric,
  UnitMetricSource,
  UnitObservation,
} from '@headroom/plugin-cost-node';
import { StoredUnit } from '../../../database/HourStore';
import { UNITS_UNAVAILABLE } from '../../../database/UnfinishedHourStore';

/** Units by hour (ISO 8601), or why there are none. */
export interface UnitsAnswer {
  /** Undefined when the source could not say, or nobody asked. */
  byHour?: Map<string, StoredUnit[]>;
  problems: SourceProblem[];
  /** Requests that were made. */
  queries: number;
}

/** Asks the first source that supports the cluster. Never throws: cost does not wait for units. */
export async function readUnits(
  sources: readonly UnitMetricSource[],
  cluster: ClusterConfig,
  metrics: UnitMetric[],
  query: SourceQuery,
): Promise<UnitsAnswer> {
  const source = sources.find(each => each.supports(cluster));
  if (metrics.length === 0) {
    return { problems: [], queries: 0 };
  }
  if (!source) {
    return { byHour: new Map(), problems: [], queries: 0 };
  }
  try {
    const { units, queries } = await source.units({ ...query, metrics });
    return { byHour: groupByHour(units), problems: [], queries };
  } catch {
    return {
      queries: 1,
      problems: [
        {
          code: UNITS_UNAVAILABLE,
          severity: 'warning',
          subject: source.id,
          ...wordIngest('unitsUnavailable', { source: source.id }),
        },
      ],
    };
  }
}

function groupByHour(
  observations: UnitObservation[],
): Map<string, StoredUnit[]> {
  const byHour = new Map<string, StoredUnit[]>();
  for (const { hour, metric, quantity, failed, match } of observations) {
    // A counter that answers NaN or less than nothing does not know.
    if (Number.isFinite(quantity) && quantity >= 0) {
      const key = new Date(hour).toISOString();
      const units = byHour.get(key) ?? [];
      units.push({
        hour: key,
        metric,
        quantity,
        ...(failed !== undefined && Number.isFinite(failed) && { failed }),
        ...('entityRef' in match
          ? { entityRef: match.entityRef.toLocaleLowerCase('en-US') }
          : match),
      });
      byHour.set(key, units);
    }
  }
  return byHour;
}
