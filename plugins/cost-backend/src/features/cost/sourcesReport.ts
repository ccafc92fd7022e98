import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { SourceProblem } from '@headroom/common';
import { SourcesReport, wordReport } from '@headroom/plugin-cost-common';
import { FleetRivals } from '../../database/RivalStore';
import { FleetGaps, StoredSource } from '../../database/SourcesStore';
import { backfillOf } from './backfill';
import { clusterClaimProblems } from './claimProblems';

type ClusterState = SourcesReport['clusters'][number];

/** Ingest of every configured cluster, also of one that was never read. Pure. */
export function buildSources(options: {
  clusters: Array<{ cluster: ClusterConfig; sourceId?: string }>;
  simulated: ReadonlySet<string>;
  stored: StoredSource[];
  rivals: FleetRivals;
  gaps: FleetGaps;
}): ClusterState[] {
  const claims = clusterClaimProblems(options.rivals);
  return options.clusters.map(({ cluster, sourceId }) => {
    const stored = options.stored.find(each => each.cluster === cluster.name);
    return {
      name: cluster.name,
      title: cluster.title,
      source: sourceId ?? 'none',
      simulated: options.simulated.has(cluster.name),
      ...(cluster.region && { region: cluster.region }),
      state: stateOf(stored, sourceId),
      ...(stored && progressOf(stored)),
      gaps: options.gaps.listed
        .filter(gap => gap.cluster === cluster.name)
        .map(({ start, end, hours, reason }) => ({
          start,
          end,
          hours,
          reason,
        })),
      problems: [
        ...(stored?.problems ?? []),
        ...(claims.get(cluster.name) ?? []),
        ...unlistedGaps(cluster.name, options.gaps),
      ],
    };
  });
}

/** Those that are many are cut, and it is said. */
function unlistedGaps(
  cluster: string,
  { listed, totals }: FleetGaps,
): SourceProblem[] {
  const total = totals.get(cluster) ?? 0;
  const count = total - listed.filter(gap => gap.cluster === cluster).length;
  return count > 0
    ? [
        {
          code: 'gaps-unlisted',
          severity: 'warning',
          ...wordReport('unlistedGaps', { count, total }),
        },
      ]
    : [];
}

function stateOf(
  stored: StoredSource | undefined,
  sourceId: string | undefined,
): ClusterState['state'] {
  if (!sourceId) {
    return 'no-source';
  }
  if (stored?.downSince) {
    return 'down';
  }
  if (!stored?.lastHour) {
    return 'waiting';
  }
  return backfillOf(stored)?.finished === false ? 'back-filling' : 'ok';
}

function progressOf(stored: StoredSource): Partial<ClusterState> {
  const backfill = backfillOf(stored);
  return {
    ...(stored.downSince && { downSince: stored.downSince }),
    ...(stored.lastError && { lastError: stored.lastError }),
    ...(stored.firstHour && { firstHour: stored.firstHour }),
    ...(stored.lastHour && { lastHour: stored.lastHour }),
    ...(stored.lastRunAt && { lastRunAt: stored.lastRunAt }),
    unfinished: stored.unfinished,
    ...(stored.queriesPerHour !== undefined && {
      queriesPerHour: stored.queriesPerHour,
    }),
    ...(backfill && { backfill }),
  };
}
