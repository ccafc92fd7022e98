import { DAY_MS, parseLabelSelector } from '@headroom/common';
import { Calendars } from '../schedules/occurrencesOf';
import { sayIssue } from '../sentences/issueSentences';
import { ScalingTarget } from '../targets/ScalingTarget';
import { checkConflicts } from './check/checkConflicts';
import { checkSchedules } from './check/checkSchedules';
import { checkTargets } from './check/checkTargets';
import { IssuePath, issue, wordPath } from './check/issue';
import { shapeIssues } from './check/shapeIssues';
import { wishesOf } from './check/wishesOf';
import { Policy } from './Policy';
import { PolicyIssue } from './PolicyIssue';
import { policySchema } from './policySchema';

/** An override is for a while (S10). */
const LONGEST_MS = 366 * DAY_MS;

/** What a policy is checked against. @public */
export interface PolicyCheckOptions {
  /** Milliseconds since 1970 UTC. */
  nowMs: number;
  /** All workloads that there are, not only those of the policy; absent = not checked against any. */
  targets?: readonly ScalingTarget[];
  /** Calendars that there are; absent = not checked against any. */
  calendars?: Calendars;
}

/**
 * Reads a policy and checks it.
 *
 * @returns the policy, unless there is an error among the issues
 * @public
 */
export function readPolicy(
  input: unknown,
  options: PolicyCheckOptions,
): { policy?: Policy; issues: PolicyIssue[] } {
  const read = policySchema.safeParse(input);
  if (!read.success) {
    return { issues: shapeIssues(input, read.error) };
  }
  const issues = checkPolicy(read.data, options);
  return issues.some(({ severity }) => severity === 'error')
    ? { issues }
    : { policy: read.data, issues };
}

/**
 * What is wrong with a policy of the right shape, each at its field with what would
 * be right. A policy with errors must not be planned by: some of what expands it
 * throws.
 *
 * @public
 */
export function checkPolicy(
  policy: Policy,
  { nowMs, targets, calendars }: PolicyCheckOptions,
): PolicyIssue[] {
  const issues = [
    ...checkSchedules(policy, nowMs, calendars),
    ...checkBounds(policy),
    ...checkSelectors(policy),
    ...checkOverrides(policy, nowMs),
    ...checkEffect(policy),
  ];
  return issues.some(({ severity }) => severity === 'error')
    ? issues
    : [
        ...issues,
        ...checkConflicts(policy, nowMs, calendars),
        ...(targets ? checkTargets(policy, targets) : []),
      ];
}

function checkBounds(policy: Policy): PolicyIssue[] {
  return wishesOf(policy).flatMap(({ path: at, wish }) => {
    if (
      wish.type !== 'bounds' ||
      wish.floor === undefined ||
      wish.ceiling === undefined ||
      wish.floor <= wish.ceiling
    ) {
      return [];
    }
    const { floor, ceiling } = wish;
    const path = [...at, 'floor'];
    return [
      issue(
        'error',
        'floor-above-ceiling',
        path,
        floor,
        sayIssue('floorAboveCeiling', {
          field: wordPath(path),
          floor,
          ceiling,
        }),
      ),
    ];
  });
}

function checkSelectors({
  scope,
  exclusions,
  overrides,
}: Policy): PolicyIssue[] {
  const selectors: Array<{ path: IssuePath; selector?: string }> = [
    ...(scope.type === 'selector'
      ? [{ path: ['scope', 'selector'], selector: scope.selector }]
      : []),
    ...exclusions.map(({ targets: { selector } }, index) => ({
      path: ['exclusions', index, 'targets', 'selector'],
      selector,
    })),
    ...overrides.map(({ targets }, index) => ({
      path: ['overrides', index, 'targets', 'selector'],
      selector: targets?.selector,
    })),
  ];
  return selectors.flatMap(({ path, selector }) => {
    try {
      parseLabelSelector(selector ?? '');
      return [];
    } catch (error) {
      const why = (error as Error).message.replace(/\.$/, '');
      return [
        issue(
          'error',
          'selector-unreadable',
          path,
          selector,
          sayIssue('selector', { field: wordPath(path), why }),
        ),
      ];
    }
  });
}

function checkOverrides({ overrides }: Policy, nowMs: number): PolicyIssue[] {
  return overrides.flatMap(({ from, until }, index) => {
    const path = ['overrides', index, 'until'];
    const field = wordPath(path);
    if (Date.parse(until) <= Date.parse(from)) {
      const text = sayIssue('overrideReversed', {
        field,
        value: until,
        first: from,
      });
      return [issue('error', 'dates-reversed', path, until, text)];
    }
    if (Date.parse(until) - Math.max(nowMs, Date.parse(from)) > LONGEST_MS) {
      const text = sayIssue('overrideForever', { field, value: until });
      return [issue('error', 'override-forever', path, until, text)];
    }
    return Date.parse(until) <= nowMs
      ? [
          issue(
            'warning',
            'override-expired',
            path,
            until,
            sayIssue('overrideExpired', { field, value: until }),
          ),
        ]
      : [];
  });
}

function checkEffect({ schedules, outside }: Policy): PolicyIssue[] {
  const empty = schedules.every(
    ({ windows, exceptions, holidays }) =>
      windows.length + exceptions.length + holidays.length === 0,
  );
  return empty && outside.type === 'untouched'
    ? [
        issue(
          'warning',
          'no-window',
          ['schedules'],
          undefined,
          sayIssue('noWindow'),
        ),
      ]
    : [];
}
