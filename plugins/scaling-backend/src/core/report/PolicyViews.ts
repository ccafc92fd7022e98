import {
  Calendars,
  checkPolicy,
  Policy,
  PolicyIndex,
  PolicyIssue,
  PolicyIssueView,
  PolicyView,
  ScalingTarget,
} from '@headroom/plugin-scaling-common';
import { BookedPolicy } from '../fleet/PolicyBook';
import { FleetView } from '../fleet/FleetView';
import { Caller } from '../ScalingScopes';

/** Of a larger fleet it isn't checked with each look what a policy does to it. */
const CHECKED_TARGETS = 5000;

/** Policies as a caller sees them. */
export class PolicyViews {
  readonly #calendars: Calendars;

  static create(options: { calendars: Calendars }): PolicyViews {
    return new PolicyViews(options.calendars);
  }

  private constructor(calendars: Calendars) {
    this.#calendars = calendars;
  }

  /** That match something the caller sees, or are for it. */
  async visible(caller: Caller, view: FleetView): Promise<BookedPolicy[]> {
    const matches = await view.matches();
    return [...view.book.all].filter(({ policy }) =>
      isVisible(policy, caller, matches),
    );
  }

  /** Those of one service. */
  async ofEntity(
    caller: Caller,
    view: FleetView,
    entityRef: string,
  ): Promise<PolicyView[]> {
    const matches = await view.matches();
    const own = [...view.book.all].filter(
      ({ policy }) =>
        (policy.scope.type === 'service' &&
          policy.scope.entityRef.toLocaleLowerCase('en-US') === entityRef) ||
        (matches.get(policy.id) ?? []).some(
          target => target.entityRef === entityRef,
        ),
    );
    return Promise.all(own.map(each => this.view(each, caller, view)));
  }

  async view(
    { policy, pausedUntil }: BookedPolicy,
    caller: Caller,
    view: FleetView,
  ): Promise<PolicyView> {
    const matched = ((await view.matches()).get(policy.id) ?? []).filter(
      ({ entityRef }) => caller.read.sees(entityRef),
    );
    const seen = seenTargets(caller, view);
    return {
      policy,
      matches: matched.length,
      wins: matched.filter(
        target => view.book.index.winnerOf(target)?.id === policy.id,
      ).length,
      issues: [
        ...(view.issues.get(policy.id) ?? []),
        ...checkPolicy(policy, {
          nowMs: view.atMs,
          calendars: this.#calendars,
          ...(seen && { targets: seen }),
        }),
      ].map(issueView),
      mayChange:
        policy.origin.type === 'page' && mayWrite(policy, caller, view),
      ...(pausedUntil && { pausedUntil }),
    };
  }
}

/** A policy on what nobody can name beforehand wants the permission for everything. */
export function mayWrite(
  policy: Policy,
  caller: Caller,
  view: FleetView,
): boolean {
  const sight = caller.sight('writePolicies');
  if (sight.isEverything) {
    return true;
  }
  const { scope } = policy;
  const index = PolicyIndex.create([policy]);
  const matched = [...view.targets()].filter(target => index.winnerOf(target));
  const isNamed =
    'entityRef' in scope
      ? sight.sees(scope.entityRef.toLocaleLowerCase('en-US'))
      : scope.type === 'workload' && matched.length > 0;
  return isNamed && matched.every(({ entityRef }) => sight.sees(entityRef));
}

export function issueView({
  path,
  severity,
  text,
}: PolicyIssue): PolicyIssueView {
  return {
    path: pathText(path),
    severity,
    text,
  };
}

function isVisible(
  { id, scope }: Policy,
  caller: Caller,
  matches: ReadonlyMap<string, readonly ScalingTarget[]>,
): boolean {
  return (
    caller.read.isEverything ||
    ('entityRef' in scope &&
      caller.read.sees(scope.entityRef.toLocaleLowerCase('en-US'))) ||
    (matches.get(id) ?? []).some(({ entityRef }) => caller.read.sees(entityRef))
  );
}

function seenTargets(
  caller: Caller,
  view: FleetView,
): ScalingTarget[] | undefined {
  const all = [...view.targets()];
  return all.length > CHECKED_TARGETS
    ? undefined
    : all.filter(({ entityRef }) => caller.read.sees(entityRef));
}

/** `schedules[0].windows[1].times.end`. */
function pathText(path: PolicyIssue['path']): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') {
        return `[${key}]`;
      }
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
