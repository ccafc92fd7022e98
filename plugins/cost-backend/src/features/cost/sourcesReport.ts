import { ClusterConfig } from '@headroom/plugin-clusters-node';
import { SourcesReport } from '@headroom/plugin-cost-common';
import { FleetRivals } from '../../database/RivalStore';
import { Gap, StoredSource } from '../../database/SourcesStore';
import { backfillOf } from './backfill';
import { clusterClaimProblems } from './claimProblems';

type ClusterState = SourcesReport['clusters'][number];

/** Ingest of every configured cluster, also of one that was never read. Pure. */
export function buildSources(options: {
  clusters: Array<{ cluster: ClusterConfig; sourceId?: string }>;
  simulated: ReadonlySet<string>;
  stored: StoredSource[];
  rivals: FleetRivals;
  gaps: Gap[];
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
      gaps: options.gaps
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
      ],
    };
  });
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
