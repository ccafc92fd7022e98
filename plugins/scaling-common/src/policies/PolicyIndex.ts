import {
  LabelRequirement,
  Worded,
  matchesRequirements,
  parseLabelSelector,
} from '@headroom/common';
import { sayPolicy, wordOrigin, wordScope } from '../sentences/policySentences';
import { ScalingTarget, subjectOf } from '../targets/ScalingTarget';
import { anyOf } from './matchesFilter';
import { Policy, PolicyOrigin } from './Policy';
import { SCOPES_BY_WIDTH } from './PolicyScope';

/** A policy that matches a workload and doesn't win it. @public */
export interface PolicyLoser {
  policy: Policy;
  reason: Worded;
  /** Whether it is as narrow as the one that wins: somebody should decide. */
  tie: boolean;
}

/** Which policy a workload has. @public */
export interface PolicyResolution {
  /** Absent = none matches, and the workload is left as it is. */
  winner?: Policy;
  /** Why it wins; absent without one. */
  reason?: Worded;
  /** The narrowest first. */
  losers: readonly PolicyLoser[];
}

interface Candidate {
  policy: Policy;
  width: number;
  inClusters: (cluster: string) => boolean;
}

interface SelectorCandidate extends Candidate {
  inNamespaces: (namespace: string) => boolean;
  requirements: readonly LabelRequirement[];
}

/**
 * Finds the policies of workloads (S9): the policy of the narrowest scope, whole. Of
 * two that are as narrow the one made on the page wins over an annotation, and that
 * over configuration; then the smaller id: it is said, as it is for a person to
 * decide.
 *
 * Asking costs what matches, and of selectors those that ask for a label value that
 * the workload has; not the number of policies.
 *
 * @public
 */
export class PolicyIndex {
  readonly #byKey = new Map<string, Candidate[]>();
  readonly #selectorsByLabel = new Map<string, SelectorCandidate[]>();
  /** Those that ask for no value. */
  readonly #otherSelectors: SelectorCandidate[] = [];

  /** Policies whose selector can't be read match nothing; `checkPolicy` says so. */
  static create(policies: Iterable<Policy>): PolicyIndex {
    const index = new PolicyIndex();
    for (const policy of policies) {
      index.#add(policy);
    }
    return index;
  }

  /** The policy that wins, without the reasons. */
  winnerOf(target: ScalingTarget): Policy | undefined {
    let best: Candidate | undefined;
    for (const candidate of this.#matching(target)) {
      if (!best || compareCandidates(candidate, best) < 0) {
        best = candidate;
      }
    }
    return best?.policy;
  }

  /** The policy that wins and those that don't, with the reasons. */
  resolve(target: ScalingTarget): PolicyResolution {
    const [first, ...others] = [...this.#matching(target)].sort(
      compareCandidates,
    );
    if (!first) {
      return { losers: [] };
    }
    const winner = first.policy;
    const scope = wordScope(winner.scope);
    return {
      winner,
      reason: sayPolicy('wins', {
        subject: subjectOf(target),
        policy: winner.title,
        scope,
      }),
      losers: others.map(({ policy, width }) =>
        width > first.width
          ? {
              policy,
              tie: false,
              reason: sayPolicy('losesToNarrower', {
                policy: policy.title,
                scope: wordScope(policy.scope),
                winner: winner.title,
                narrower: scope,
              }),
            }
          : { policy, tie: true, reason: reasonOfTie(policy, winner) },
      ),
    };
  }

  #add(policy: Policy): void {
    const { scope } = policy;
    const candidate: Candidate = {
      policy,
      width: SCOPES_BY_WIDTH.indexOf(scope.type),
      inClusters: anyOf(policy.clusters),
    };
    switch (scope.type) {
      case 'workload':
        this.#put(candidate, workloadKey(scope));
        return;
      case 'namespace':
        this.#put(candidate, key('namespace', scope.namespace));
        return;
      case 'all':
        this.#put(candidate, key('all'));
        return;
      case 'selector':
        this.#addSelector(candidate, scope.selector, scope.namespaces);
        return;
      default:
        this.#put(candidate, key(scope.type, normalRef(scope.entityRef)));
    }
  }

  #put(candidate: Candidate, at: string): void {
    push(this.#byKey, at, candidate);
  }

  #addSelector(
    candidate: Candidate,
    selector: string,
    namespaces: readonly string[] | undefined,
  ): void {
    let requirements: LabelRequirement[];
    try {
      requirements = parseLabelSelector(selector);
    } catch {
      return;
    }
    const found = {
      ...candidate,
      requirements,
      inNamespaces: anyOf(namespaces),
    };
    const values = requirements
      .filter(({ operator }) => operator === 'in')
      .sort((a, b) => a.values.length - b.values.length)[0];
    if (!values) {
      this.#otherSelectors.push(found);
    }
    for (const value of values?.values ?? []) {
      push(this.#selectorsByLabel, key(values.key, value), found);
    }
  }

  *#matching(target: ScalingTarget): Generator<Candidate> {
    const { workload, labels, entityRef, system, teams = [] } = target;
    const keys = [
      workloadKey(workload),
      key('namespace', workload.namespace),
      key('all'),
      ...(entityRef ? [key('service', normalRef(entityRef))] : []),
      ...(system ? [key('system', normalRef(system))] : []),
    ];
    for (const at of keys) {
      for (const candidate of this.#byKey.get(at) ?? []) {
        if (candidate.inClusters(workload.cluster)) {
          yield candidate;
        }
      }
    }
    for (const [above, team] of teams.entries()) {
      for (const candidate of this.#byKey.get(key('team', normalRef(team))) ??
        []) {
        if (candidate.inClusters(workload.cluster)) {
          // A group is narrower than the groups above it, and all are narrower than all.
          yield { ...candidate, width: candidate.width + above / teams.length };
        }
      }
    }
    for (const [label, value] of Object.entries(labels)) {
      yield* this.#selected(
        this.#selectorsByLabel.get(key(label, value)),
        target,
      );
    }
    yield* this.#selected(this.#otherSelectors, target);
  }

  *#selected(
    candidates: readonly SelectorCandidate[] = [],
    { workload, labels }: ScalingTarget,
  ): Generator<Candidate> {
    for (const candidate of candidates) {
      if (
        candidate.inNamespaces(workload.namespace) &&
        candidate.inClusters(workload.cluster) &&
        matchesRequirements(candidate.requirements, name => labels[name])
      ) {
        yield candidate;
      }
    }
  }
}

const ORIGINS: ReadonlyArray<PolicyOrigin['type']> = [
  'page',
  'annotation',
  'config',
];

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    a.width - b.width ||
    ORIGINS.indexOf(a.policy.origin.type) -
      ORIGINS.indexOf(b.policy.origin.type) ||
    (a.policy.id < b.policy.id ? -1 : 1)
  );
}

function reasonOfTie(policy: Policy, winner: Policy): Worded {
  const params = {
    policy: policy.title,
    winner: winner.title,
    scope: wordScope(winner.scope),
  };
  return policy.origin.type === winner.origin.type
    ? sayPolicy('losesById', params)
    : sayPolicy('losesByOrigin', {
        ...params,
        better: wordOrigin(winner.origin),
        worse: wordOrigin(policy.origin),
      });
}

function workloadKey({
  namespace,
  kind,
  name,
}: {
  namespace: string;
  kind: string;
  name: string;
}): string {
  return key('workload', namespace, kind, name);
}

function key(...parts: string[]): string {
  return parts.join('\n');
}

/** The catalog compares refs without regard to case. */
function normalRef(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}

function push<T>(map: Map<string, T[]>, at: string, value: T): void {
  const list = map.get(at);
  if (list) {
    list.push(value);
  } else {
    map.set(at, [value]);
  }
}
