import { parseLabelSelector, wordAll } from '@headroom/common';
import { sayIssue } from '../../sentences/issueSentences';
import { wordScope } from '../../sentences/policySentences';
import { KEDA_DEFAULTS } from '../../targets/Autoscaler';
import { budgetAgainstZero } from '../../targets/disruptionBudgets';
import { ScalingTarget, subjectOf } from '../../targets/ScalingTarget';
import { Policy } from '../Policy';
import { PolicyIndex } from '../PolicyIndex';
import { PolicyIssue } from '../PolicyIssue';
import { Wish } from '../Wish';
import { IssuePath, issue, wordPath } from './issue';
import { wishesOf } from './wishesOf';

/** Of a smaller fleet half of it is nothing to warn of. */
const SMALL_FLEET = 10;
const NAMED = 3;

/** What is wrong with a policy for the workloads that there are. @internal */
export function checkTargets(
  policy: Policy,
  targets: readonly ScalingTarget[],
): PolicyIssue[] {
  const index = PolicyIndex.create([policy]);
  const matched = targets.filter(target => index.winnerOf(target));
  return [
    ...checkReach(policy, matched.length, targets.length),
    ...wishesOf(policy).flatMap(({ path, wish }) => [
      ...checkMaximum(wish, path, matched),
      ...checkZero(wish, path, matched),
    ]),
  ];
}

function checkReach(
  { scope }: Policy,
  matched: number,
  all: number,
): PolicyIssue[] {
  if (scope.type === 'selector' && !isSelector(scope.selector)) {
    // Said at the field already.
    return [];
  }
  const path = scope.type === 'selector' ? ['scope', 'selector'] : ['scope'];
  const value = scope.type === 'selector' ? scope.selector : { ...scope };
  if (matched === 0) {
    return [
      issue(
        'warning',
        'selector-empty',
        path,
        value,
        sayIssue('matchesNothing', { scope: wordScope(scope) }),
      ),
    ];
  }
  return scope.type === 'selector' && all >= SMALL_FLEET && matched * 2 >= all
    ? [
        issue(
          'warning',
          'selector-wide',
          path,
          value,
          sayIssue('matchesHalf', { field: wordPath(path), matched, all }),
        ),
      ]
    : [];
}

function checkMaximum(
  wish: Wish,
  at: IssuePath,
  matched: readonly ScalingTarget[],
): PolicyIssue[] {
  if (
    wish.type !== 'bounds' ||
    wish.floor === undefined ||
    wish.ceiling !== undefined
  ) {
    return [];
  }
  const { floor } = wish;
  const below = matched.filter(target => maximumOf(target) < floor);
  if (below.length === 0) {
    return [];
  }
  const path = [...at, 'floor'];
  return [
    issue(
      severityOf(below, matched),
      'floor-above-maximum',
      path,
      floor,
      sayIssue('floorAboveMaximum', {
        field: wordPath(path),
        floor,
        maximum: Math.min(...below.map(maximumOf)),
        targets: wordAll(below.map(subjectOf), NAMED),
        count: below.length,
      }),
    ),
  ];
}

function maximumOf({ autoscaler }: ScalingTarget): number {
  if (!autoscaler) {
    return Infinity;
  }
  // What a window has set isn't the owner's maximum.
  const { restore } = autoscaler.object;
  const path =
    autoscaler.type === 'hpa' ? 'spec.maxReplicas' : 'spec.maxReplicaCount';
  const was =
    restore && restore !== 'unreadable' ? restore.fields[path]?.was : undefined;
  if (typeof was === 'number') {
    return was;
  }
  return autoscaler.type === 'hpa'
    ? autoscaler.maxReplicas
    : autoscaler.maxReplicaCount ?? KEDA_DEFAULTS.maxReplicaCount;
}

function checkZero(
  wish: Wish,
  at: IssuePath,
  matched: readonly ScalingTarget[],
): PolicyIssue[] {
  if (wish.type !== 'zero') {
    return [];
  }
  const forbidden = matched.filter(
    ({ workload, budgets }) =>
      workload.kind !== 'CronJob' && budgetAgainstZero(budgets),
  );
  if (forbidden.length === 0) {
    return [];
  }
  const path = [...at, 'type'];
  return [
    issue(
      severityOf(forbidden, matched),
      'zero-forbidden',
      path,
      wish.type,
      sayIssue('zeroForbidden', {
        field: wordPath(path),
        budget: budgetAgainstZero(forbidden[0].budgets)?.name ?? '',
        targets: wordAll(forbidden.map(subjectOf), NAMED),
        count: forbidden.length,
      }),
    ),
  ];
}

/** What is wrong for all is an error; else the others are still served. */
function severityOf(
  wrong: readonly ScalingTarget[],
  matched: readonly ScalingTarget[],
): PolicyIssue['severity'] {
  return wrong.length === matched.length ? 'error' : 'warning';
}

function isSelector(selector: string): boolean {
  try {
    return parseLabelSelector(selector).length >= 0;
  } catch {
    return false;
  }
}
