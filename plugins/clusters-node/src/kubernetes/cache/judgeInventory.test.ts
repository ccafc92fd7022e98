import fc from 'fast-check';
import { CacheState } from './CacheState';
import { ClusterKind, KindKnowledge } from './ClusterSnapshot';
import { CLUSTER_KIND_NAMES } from './clusterKinds';
import { INVENTORY_LIMITS, judgeInventory } from './judgeInventory';

const since = '2026-11-28T20:00:00.000Z';
const current: CacheState = { state: 'current', since };
const problem = { failure: 'Forbidden' as const, message: 'It is not allowed' };

const known = (
  change: Partial<Record<ClusterKind, Partial<KindKnowledge>>> = {},
): KindKnowledge[] =>
  CLUSTER_KIND_NAMES.map(kind => ({
    kind,
    resource: kind.toLocaleLowerCase('en-US'),
    state: current,
    count: 20,
    ageMs: 1000,
    ...change[kind],
  }));

const judge = (
  knowledge: KindKnowledge[],
  previous?: Partial<Record<ClusterKind, number>>,
) => judgeInventory({ cluster: 'eu', knowledge, previous });

describe('judgeInventory', () => {
  it('trusts what is whole, fresh and no less than before', () => {
    expect(judge(known())).toEqual({ trustworthy: true });
    expect(judge(known(), { deployments: 40, autoscalers: 21 })).toEqual({
      trustworthy: true,
    });
    const notServed: CacheState = { state: 'notServed', since };
    const without = { state: notServed, count: 0 };
    expect(judge(known({ rollouts: without, scaledObjects: without }))).toEqual(
      { trustworthy: true },
    );
  });

  it.each<
    [
      string,
      Partial<Record<ClusterKind, Partial<KindKnowledge>>>,
      Partial<Record<ClusterKind, number>> | undefined,
      object,
    ]
  >([
    [
      'a kind that was not read yet',
      { budgets: { state: { state: 'loading', since }, ageMs: undefined } },
      undefined,
      { reason: 'failed', kind: 'budgets' },
    ],
    [
      'a kind that may not be read, whatever is held of it',
      {
        autoscalers: {
          state: {
            state: 'refused',
            since,
            problem,
            permission: {
              group: 'autoscaling',
              resource: 'horizontalpodautoscalers',
              verbs: ['list', 'watch'],
            },
          },
        },
      },
      undefined,
      { reason: 'partial', kind: 'autoscalers' },
    ],
    [
      'what is too old',
      { deployments: { ageMs: INVENTORY_LIMITS.maxAgeMs + 1 } },
      undefined,
      { reason: 'stale', kind: 'deployments' },
    ],
    [
      'what is too old because of a connection',
      {
        deployments: {
          ageMs: 600_000,
          state: { state: 'interrupted', since, problem },
        },
      },
      undefined,
      {
        reason: 'stale',
        message:
          'What is known of the deployments of cluster eu is 600 s old, which is more than the 180 s that anything is done by: It is not allowed.',
      },
    ],
    [
      'fewer than half of what there was',
      { deployments: { count: 9 } },
      { deployments: 20 },
      {
        reason: 'shrunken',
        kind: 'deployments',
        message:
          'Cluster eu has 9 deployments and had 20 a short while ago. Unless so many were deleted, the answer is not to be trusted; nothing is done until it has been so for 60 minutes.',
      },
    ],
    [
      'a definition that is gone',
      { scaledObjects: { count: 0, state: { state: 'notServed', since } } },
      { scaledObjects: 1 },
      { reason: 'shrunken', kind: 'scaledObjects' },
    ],
    [
      'a cluster without a namespace',
      { namespaces: { count: 0 } },
      undefined,
      { reason: 'empty', kind: 'namespaces' },
    ],
    [
      'a cluster without a workload',
      {
        deployments: { count: 0 },
        statefulSets: { count: 0 },
        cronJobs: { count: 0 },
        rollouts: { count: 0 },
      },
      undefined,
      { reason: 'empty' },
    ],
  ])('does not trust %s', (_, change, previous, doubt) => {
    expect(judge(known(change), previous)).toMatchObject({
      trustworthy: false,
      doubts: [doubt],
    });
  });

  it('bears a short interruption, and the end of a few', () => {
    const interrupted: CacheState = { state: 'interrupted', since, problem };
    expect(
      judge(
        known({
          deployments: { state: interrupted, ageMs: 100_000 },
          scaledObjects: { count: 1 },
        }),
        { scaledObjects: 9 },
      ),
    ).toEqual({ trustworthy: true });
  });

  it('never trusts more when less is known', () => {
    const kind = fc.constantFrom(...CLUSTER_KIND_NAMES);
    fc.assert(
      fc.property(
        kind,
        fc.nat(200),
        fc.nat(400_000),
        fc.nat(200),
        (which, count, ageMs, before) => {
          const now = known({ [which]: { count, ageMs } });
          const older = known({ [which]: { count, ageMs: ageMs + 100_000 } });
          const previous = { [which]: before };
          const trusted = judge(now, previous).trustworthy;
          const olderTrusted = judge(older, previous).trustworthy;
          const fewerTrusted = judge(now, {
            [which]: before + 100,
          }).trustworthy;
          expect(trusted || (!olderTrusted && !fewerTrusted)).toBe(true);
        },
      ),
    );
  });
});
