import { Said, SourceProblem, wordList, Worded } from '@headroom/common';
import { wordInventory } from '@headroom/plugin-cost-common';
import { InventoryState } from '../../database/inventoryStates';
import {
  isAboutLimits,
  isAboutSteering,
  knowledgeOf,
} from '../../core/inventoryKnowledge';

type Unreadable = InventoryState['unreadable'][number];

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
  const problem = (code: string, said: Worded): SourceProblem => ({
    code,
    severity: 'warning',
    subject: cluster,
    ...said,
  });
  const because = (said: Worded, unreadable: readonly Unreadable[]) =>
    seesEverything
      ? wordInventory('because', {
          said,
          reasons: unreadable
            .slice(0, NAMED)
            .map(({ reason }) => reason)
            .join('; '),
        })
      : said;
  if (!state?.readAt) {
    return [
      problem(
        'inventory-unknown',
        state?.error === undefined
          ? wordInventory('unread', { cluster })
          : wordInventory('failed', { cluster, error: state.error }),
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
    .map(each =>
      problem(
        'steering-unreadable',
        because(
          wordInventory('steeringUnreadable', { kind: each.kind, cluster }),
          [each],
        ),
      ),
    );
  const malformed = steering.filter(({ object }) => object);
  if (malformed.length > 0) {
    const said = wordInventory('steeringMalformed', {
      cluster,
      objects: malformed.length,
    });
    problems.push(problem('steering-malformed', because(said, malformed)));
  }
  if (odd.length > 0) {
    const said = wordInventory('workloadsMalformed', {
      cluster,
      objects: odd.length,
    });
    problems.push(problem('workloads-malformed', because(said, odd)));
  }
  if (limits.length > 0) {
    const kinds = wordList(
      [...new Set(limits.map(({ kind }) => `${kind}s`))],
      'and',
    );
    const said = limits.every(({ object }) => object)
      ? wordInventory('limitsOfSomeUnreadable', { kinds, cluster })
      : wordInventory('limitsUnreadable', { kinds, cluster });
    problems.push(problem('limits-unreadable', because(said, limits)));
  }
  if (state.staleSince) {
    const what = {
      cluster,
      readAt: state.readAt,
      since: state.staleSince,
      error: state.error ?? '',
    };
    problems.push(
      problem(
        'inventory-stale',
        knowledgeOf(state, now).facts
          ? wordInventory('stale', what)
          : wordInventory('staleUnknown', what),
      ),
    );
  }
  return problems;
}

/** Appetites that are written wrong. */
export function appetiteProblems(found: readonly Said[]): SourceProblem[] {
  return found.map(said => ({
    code: 'appetite-unknown',
    severity: 'warning',
    ...said,
  }));
}
