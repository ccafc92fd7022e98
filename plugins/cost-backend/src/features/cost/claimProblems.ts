import { SourceProblem, Worded } from '@headroom/common';
import { wordReport } from '@headroom/plugin-cost-common';
import {
  EntityRivals,
  FleetRivals,
  RivalGroup,
} from '../../database/RivalStore';

const SETTLE =
  'one of the two should give up its claim, or a rule under headroom.cost.links with decides: true say whose they are';
const GIVEN =
  'headroom.cost.claims.namespaces gives those namespaces to entities of other owners';

const SETTLE_RULE =
  "a claim counts before a rule that doesn't decide; add decides: true to the rule when they are its, else yields: true";

/** For the page of an entity: what it and others both claim. Others are named as far as the reader may see them. */
export function entityClaimProblems(
  entityRef: string,
  { others, own, total }: EntityRivals,
  seesEverything: boolean,
): SourceProblem[] {
  return [
    ...others.map(({ by, ruled, how, workloads, example }) => {
      const claimant = by ?? 'An entity that you may not see';
      const what = `${count(workloads)} of this service too, e.g. ${example}`;
      return conflict(
        ruled
          ? `A rule under headroom.cost.links${by ? ` (${how})` : ''} gives ${
              by ?? 'an entity that you may not see'
            } ${what}; ${SETTLE_RULE}.`
          : `${claimant} claims ${what}${
              by ? ` (${how})` : ''
            }. What this service had first stays with it; ${SETTLE}.`,
      );
    }),
    ...own.map(rival => {
      const { of, ruled, how, workloads, example } = rival;
      const seen = of !== undefined || seesEverything;
      const what = seen
        ? `${count(workloads)}, e.g. ${example} (${how})`
        : `workloads${ruled ? '' : ` (${how})`}`;
      return conflict(
        ownSentence(rival, entityRef, what, of ?? 'a service of another owner'),
      );
    }),
    ...unlisted(total - others.length - own.length, more =>
      wordReport('unlistedConflictsOfService', { count: more, total }),
    ),
  ];
}

/** For the Sources page, by cluster. */
export function clusterClaimProblems({
  listed,
  totals,
}: FleetRivals): Map<string, SourceProblem[]> {
  const byCluster = new Map<string, SourceProblem[]>();
  for (const [cluster, total] of totals) {
    const problems = listed
      .filter(rival => rival.cluster === cluster)
      .map(rival => {
        const { by, of, how, workloads, example } = rival;
        const what = `${count(workloads)}, e.g. ${example} (${how})`;
        return conflict(ownSentence(rival, by, what, of ?? 'another entity'));
      });
    byCluster.set(cluster, [
      ...problems,
      ...unlisted(total - problems.length, more =>
        wordReport('unlistedConflictsOfCluster', { count: more, total }),
      ),
    ]);
  }
  return byCluster;
}

/** Those that are many are cut, and it is said. */
function unlisted(
  more: number,
  word: (more: number) => Worded,
): SourceProblem[] {
  return more > 0
    ? [{ code: 'link-conflicts-unlisted', severity: 'warning', ...word(more) }]
    : [];
}

function ownSentence(
  { reason, ruled }: RivalGroup,
  by: string,
  what: string,
  of: string,
): string {
  if (ruled) {
    return `A rule under headroom.cost.links gives ${by} ${what} that count for ${of}, which claims them; ${SETTLE_RULE}.`;
  }
  const claims = `${by} claims ${what}`;
  switch (reason) {
    case 'namespace':
      return `${claims}, which doesn't count: ${GIVEN}.`;
    case 'tie':
      return `${claims} that an entity of another owner claims too, and nothing says whose they are, so that they count for nobody; ${SETTLE}.`;
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
