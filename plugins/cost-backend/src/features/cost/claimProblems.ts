import { SourceProblem, Worded } from '@headroom/common';
import { wordClaims, wordReport } from '@headroom/plugin-cost-common';
import {
  EntityRivals,
  FleetRivals,
  RivalGroup,
} from '../../database/RivalStore';

/** For the page of an entity: what it and others both claim. Others are named as far as the reader may see them. */
export function entityClaimProblems(
  entityRef: string,
  { others, own, total }: EntityRivals,
  seesEverything: boolean,
): SourceProblem[] {
  return [
    ...others.map(rival => conflict(othersSentence(rival))),
    ...own.map(rival => {
      const { of, ruled, how } = rival;
      return conflict(
        ownSentence(
          rival,
          entityRef,
          of !== undefined || seesEverything
            ? named(rival)
            : unnamed(ruled, how),
          of ?? wordClaims('otherService'),
        ),
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
      .map(rival =>
        conflict(
          ownSentence(
            rival,
            rival.by,
            named(rival),
            rival.of ?? wordClaims('otherEntity'),
          ),
        ),
      );
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

/** What another claims of the workloads of a service; it is named if the reader may see it. */
function othersSentence({
  by,
  ruled,
  how,
  workloads,
  example,
}: EntityRivals['others'][number]): Worded {
  const what = { workloads: count(workloads), example };
  if (by === undefined) {
    return ruled
      ? wordClaims('ruleGivesUnseen', what)
      : wordClaims('claimsUnseen', what);
  }
  return wordClaims(ruled ? 'ruleGives' : 'claims', { by, how, ...what });
}

function ownSentence(
  { reason, ruled }: RivalGroup,
  by: string,
  what: Worded,
  of: string | Worded,
): Worded {
  if (ruled) {
    return wordClaims('ruleGivesOthers', { by, what, of });
  }
  switch (reason) {
    case 'namespace':
      return wordClaims('claimsNamespace', { by, what });
    case 'tie':
      return wordClaims('claimsTied', { by, what });
    default:
      return wordClaims('claimsOthers', { by, what, of });
  }
}

function named({ workloads, example, how }: RivalGroup): Worded {
  return wordClaims('named', { workloads: count(workloads), example, how });
}

function unnamed(ruled: boolean, how: string): Worded {
  return ruled ? wordClaims('unnamed') : wordClaims('unnamedBy', { how });
}

function conflict(said: Worded): SourceProblem {
  return { code: 'link-conflict', severity: 'warning', ...said };
}

function count(workloads: number): Worded {
  return wordClaims('workloads', { count: workloads });
}
