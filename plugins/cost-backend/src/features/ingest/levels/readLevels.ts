import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { SourceProblem } from '@headroom/common';
import { LatencyCounts, wordIngest } from '@headroom/plugin-cost-common';
import {
  ServiceLevelObservation,
  ServiceLevelQueries,
  ServiceLevelSource,
  SourceQuery,
} from '@headroom/plugin-cost-node';
import { StoredLevel } from '../../../database/LevelHourStore';
import { LEVELS_UNAVAILABLE } from '../../../database/UnfinishedHourStore';

/** Service levels by hour (ISO 8601), or why there are none. */
export interface LevelsAnswer {
  /** Undefined when the source could not say, or nobody asked. */
  byHour?: Map<string, StoredLevel[]>;
  problems: SourceProblem[];
  /** Requests that were made. */
  queries: number;
}

/** Asks the first source that supports the cluster. Never throws: cost does not wait for service levels. */
export async function readLevels(
  sources: readonly ServiceLevelSource[],
  cluster: ClusterConfig,
  serviceLevels: ServiceLevelQueries,
  query: SourceQuery,
): Promise<LevelsAnswer> {
  const source = sources.find(each => each.supports(cluster));
  if (!source) {
    return { problems: [], queries: 0 };
  }
  try {
    const { levels, queries } = await source.levels({
      ...query,
      serviceLevels,
    });
    return {
      ...(levels && { byHour: groupByHour(levels) }),
      problems: [],
      queries,
    };
  } catch {
    return {
      queries: 1,
      problems: [
        {
          code: LEVELS_UNAVAILABLE,
          severity: 'warning',
          subject: source.id,
          ...wordIngest('levelsUnavailable', { source: source.id }),
        },
      ],
    };
  }
}

/** What a source says twice of one hour of one thing is added up. */
function groupByHour(
  observations: readonly ServiceLevelObservation[],
): Map<string, StoredLevel[]> {
  const byHour = new Map<string, Map<string, StoredLevel>>();
  for (const observation of observations) {
    const level = toStored(observation);
    if (level) {
      const key = new Date(observation.hour).toISOString();
      const levels = byHour.get(key) ?? new Map<string, StoredLevel>();
      byHour.set(key, levels);
      const name = [level.entityRef, level.namespace, level.workload].join(
        '\n',
      );
      const before = levels.get(name);
      levels.set(name, before ? sumOf(before, level) : level);
    }
  }
  return new Map(
    [...byHour].map(([hour, levels]) => [hour, [...levels.values()]]),
  );
}

/** A count of NaN, or below nothing, is none. */
function toStored({
  match,
  requests,
  errors,
  latency,
}: ServiceLevelObservation): StoredLevel | undefined {
  if (!isCount(requests)) {
    return undefined;
  }
  return {
    entityRef:
      'entityRef' in match ? match.entityRef.toLocaleLowerCase('en-US') : '',
    namespace: 'entityRef' in match ? '' : match.namespace,
    workload: 'entityRef' in match ? '' : match.workload,
    requests,
    ...(errors !== undefined && isCount(errors) && { errors }),
    ...(latency && Object.values(latency).every(isCount) && { latency }),
  };
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function sumOf(a: StoredLevel, b: StoredLevel): StoredLevel {
  const { errors, latency, ...rest } = a;
  return {
    ...rest,
    requests: a.requests + b.requests,
    ...(errors !== undefined &&
      b.errors !== undefined && { errors: errors + b.errors }),
    ...(latency && b.latency && { latency: sumOfCounts(latency, b.latency) }),
  };
}

function sumOfCounts(a: LatencyCounts, b: LatencyCounts): LatencyCounts {
  const bounds = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...bounds].map(bound => [bound, (a[bound] ?? 0) + (b[bound] ?? 0)]),
  );
}
