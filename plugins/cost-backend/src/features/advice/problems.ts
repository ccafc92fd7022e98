import { SourceProblem } from '@headroom/common';
import { InventoryState } from '../../database/inventoryStates';
import {
  isAboutLimits,
  isAboutSteering,
  knowledgeOf,
} from '../../core/inventoryKnowledge';

/** More malformed objects than this help nobody. */
const NAMED = 3;

/**
 * What keeps advice on some clusters from being better, a sentence each. Why an
 * object could not be read may name one of another team: that is for those who
 * see everything.
 */
export function inventoryProblems(
  clusters: readonly string[],
  states: readonly InventoryState[],
  { now, seesEverything }: { now: Date; seesEverything: boolean },
): SourceProblem[] {
  return clusters.flatMap(cluster =>
    problemsOf(
      cluster,
      states.find(state => state.cluster === cluster),
      now,
      seesEverything,
    ),
  );
}

function problemsOf(
  cluster: string,
  state: InventoryState | undefined,
  now: Date,
  seesEverything: boolean,
): SourceProblem[] {
  const problem = (code: string, message: string): SourceProblem => ({
    code,
    severity: 'warning',
    subject: cluster,
    message,
  });
  if (!state?.readAt) {
    return [
      problem(
        'inventory-unknown',
        `What steers the workloads of cluster ${cluster} is not known, so advice on them is withheld: ${
          state?.error ??
          'its Kubernetes API was not read; say how to reach it in headroom.clusters[].kubernetes'
        }`,
      ),
    ];
  }
  const limits = state.unreadable.filter(isAboutLimits);
  const steering = state.unreadable.filter(isAboutSteering);
  const odd = state.unreadable.filter(
    each => !isAboutLimits(each) && !isAboutSteering(each),
  );
  const problems = steering
    .filter(({ object }) => object === undefined)
    .map(({ kind, reason }) =>
      problem(
        'steering-unreadable',
        `${kind} objects of cluster ${cluster} could not be read, so what steers its workloads is not known${
          seesEverything ? `: ${reason}` : ''
        }`,
      ),
    );
  const malformed = steering.filter(({ object }) => object);
  if (malformed.length > 0) {
    const named = malformed.slice(0, NAMED).map(({ reason }) => reason);
    problems.push(
      problem(
        'steering-malformed',
        `What steers some workloads of cluster ${cluster} is malformed (objects: ${
          malformed.length
        }), so advice on those is withheld${
          seesEverything ? `: ${named.join('; ')}` : ''
        }`,
      ),
    );
  }
  if (odd.length > 0) {
    const named = odd.slice(0, NAMED).map(({ reason }) => reason);
    problems.push(
      problem(
        'workloads-malformed',
        `Some workloads, pods or nodes of cluster ${cluster} are malformed (objects: ${
          odd.length
        }) and were skipped, so advice on those workloads is withheld; all others are known. Compare what kubectl get -o yaml shows of them with their kind's definition${
          seesEverything ? `: ${named.join('; ')}` : ''
        }`,
      ),
    );
  }
  if (limits.length > 0) {
    const kinds = [...new Set(limits.map(({ kind }) => `${kind}s`))];
    const reasons = limits.slice(0, NAMED).map(({ reason }) => reason);
    problems.push(
      problem(
        'limits-unreadable',
        `${kinds.join(' and ')} of ${
          limits.every(({ object }) => object)
            ? `some namespaces of cluster ${cluster}`
            : `cluster ${cluster}`
        } could not be read, so what is advised may be refused there; let Headroom list limitranges and resourcequotas${
          seesEverything ? `: ${reasons.join('; ')}` : ''
        }`,
      ),
    );
  }
  if (state.staleSince) {
    const believed = knowledgeOf(state, now).facts;
    problems.push(
      problem(
        'inventory-stale',
        `What cluster ${cluster} runs was last read at ${
          state.readAt
        } and could not be since ${state.staleSince}${
          believed ? '' : ', so what steers its workloads is no longer known'
        }: ${state.error}`,
      ),
    );
  }
  return problems;
}

/** Appetites that are written wrong. */
export function appetiteProblems(messages: readonly string[]): SourceProblem[] {
  return messages.map(message => ({
    code: 'appetite-unknown',
    severity: 'warning',
    message,
  }));
}
