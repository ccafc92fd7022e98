import { ClaimRefusal, SourceProblem } from '@headroom/plugin-cost-common';
import { ClusterRivals, EntityRivals } from '../database/RivalStore';

const SETTLE =
  'one of the two should give up its claim, or a rule under headroom.cost.links with decides: true say whose they are';
const GIVEN =
  'headroom.cost.claims.namespaces gives those namespaces to entities of other owners';

/** For the page of an entity: what it and others both claim. Others are named as far as the reader may see them. */
export function entityClaimProblems(
  entityRef: string,
  { others, own }: EntityRivals,
  seesEverything: boolean,
): SourceProblem[] {
  return [
    ...others.map(({ by, how, workloads, example }) =>
      conflict(
        `${by ?? 'An entity that you may not see'} claims ${count(
          workloads,
        )} of this service too, e.g. ${example}${
          by ? ` (${how})` : ''
        }. What this service had first stays with it; ${SETTLE}.`,
      ),
    ),
    ...own.map(({ of, reason, how, workloads, example }) =>
      conflict(
        ownSentence(
          of || seesEverything
            ? `${entityRef} claims ${count(
                workloads,
              )}, e.g. ${example} (${how})`
            : `${entityRef} claims workloads (${how})`,
          reason,
          of ?? 'a service of another owner',
        ),
      ),
    ),
  ];
}

/** For the Sources page, by cluster. */
export function clusterClaimProblems(
  rivals: ClusterRivals[],
): Map<string, SourceProblem[]> {
  const byCluster = new Map<string, SourceProblem[]>();
  for (const rival of rivals) {
    const problems = byCluster.get(rival.cluster) ?? [];
    const { by, of, reason, how, workloads, example } = rival;
    problems.push(
      conflict(
        ownSentence(
          `${by} claims ${count(workloads)}, e.g. ${example} (${how})`,
          reason,
          of ?? 'another entity',
        ),
      ),
    );
    byCluster.set(rival.cluster, problems);
  }
  return byCluster;
}

function ownSentence(claims: string, reason: ClaimRefusal, of: string): string {
  switch (reason) {
    case 'namespace':
      return `${claims}, which doesn't count: ${GIVEN}.`;
    case 'tie':
      return `${claims} that an entity of another owner claims too, and nothing says who was first, so that they count for nobody; ${SETTLE}.`;
    default:
      return `${claims} that count for ${of}, which had them first; ${SETTLE}.`;
  }
}

function conflict(message: string): SourceProblem {
  return { code: 'link-conflict', severity: 'warning', message };
}

function count(workloads: number): string {
  return `${workloads} workload${workloads === 1 ? '' : 's'}`;
}
