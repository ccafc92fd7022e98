import fc from 'fast-check';
import { makePolicy } from '../__testUtils__/makePolicy';
import { makeObject, makeTarget } from '../__testUtils__/makeTarget';
import { ScalingTarget } from '../targets/ScalingTarget';
import { Policy, PolicyOrigin } from './Policy';
import { PolicyIndex } from './PolicyIndex';
import { PolicyScope, SCOPES_BY_WIDTH } from './PolicyScope';

const target = makeTarget({
  labels: { app: 'web', tier: 'front' },
  entityRef: 'component:default/web',
  system: 'system:default/shop',
  teams: ['group:default/red', 'group:default/colours'],
});

const SCOPES: Record<PolicyScope['type'], PolicyScope> = {
  workload: {
    type: 'workload',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'web',
  },
  selector: { type: 'selector', selector: 'tier in (front,back),!legacy' },
  service: { type: 'service', entityRef: 'Component:default/Web' },
  namespace: { type: 'namespace', namespace: 'shop' },
  system: { type: 'system', entityRef: 'system:default/shop' },
  team: { type: 'team', entityRef: 'group:default/red' },
  all: { type: 'all' },
};

const policyFor = (
  type: PolicyScope['type'],
  over: Partial<Policy> = {},
): Policy =>
  makePolicy({ id: type, title: `The ${type}`, scope: SCOPES[type], ...over });

const resolve = (policies: Policy[], of: ScalingTarget = target) =>
  PolicyIndex.create(policies).resolve(of);

describe('S9 scope', () => {
  it('the narrowest wins, whole, and the others are named with the reason', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...SCOPES_BY_WIDTH], { minLength: 1 }),
        types => {
          const { winner, losers } = resolve(
            types.map(type => policyFor(type)),
          );
          const order = SCOPES_BY_WIDTH.filter(type => types.includes(type));
          expect([winner, ...losers.map(({ policy }) => policy)]).toEqual(
            order.map(type => policyFor(type)),
          );
          expect(losers.every(({ tie }) => !tie)).toBe(true);
        },
      ),
    );
  });

  it('of teams the nearest wins, and a group above it where there is none nearer', () => {
    const of = (entityRef: string) =>
      policyFor('team', {
        id: entityRef,
        title: entityRef,
        scope: { type: 'team', entityRef },
      });
    const above = of('Group:default/Colours');
    const own = of('group:default/red');
    const all = policyFor('all');
    expect(resolve([all, above]).winner).toEqual(above);
    const { winner, losers } = resolve([all, above, own]);
    expect(winner).toEqual(own);
    expect(losers.map(({ policy, tie }) => [policy.id, tie])).toEqual([
      [above.id, false],
      ['all', false],
    ]);
    expect(resolve([of('group:default/blue')]).winner).toBeUndefined();
  });

  it('says who wins and why', () => {
    const { reason, losers } = resolve([
      policyFor('all'),
      policyFor('namespace'),
    ]);
    expect(reason?.message).toBe(
      'Deployment shop/web is under The namespace, which is for the namespace shop.',
    );
    expect(losers[0].reason.message).toBe(
      'The all is for everything; The namespace, for the namespace shop, is narrower and wins, whole.',
    );
  });

  it('of two that are as narrow one wins by where it was made, and it is said', () => {
    const origins: PolicyOrigin[] = [
      { type: 'config' },
      { type: 'page' },
      { type: 'annotation', on: 'workload', of: 'Deployment shop/web' },
    ];
    const { winner, losers } = resolve(
      origins.map(origin =>
        policyFor('workload', { id: origin.type, title: origin.type, origin }),
      ),
    );
    expect(winner?.id).toBe('page');
    expect(losers.map(({ tie }) => tie)).toEqual([true, true]);
    expect(losers.map(({ reason }) => reason.message)).toEqual([
      'annotation and page are both for Deployment shop/web; what was made on the page wins over what was made by annotation of Deployment shop/web. Take one of them away, or make one narrower.',
      'config and page are both for Deployment shop/web; what was made on the page wins over what was made in the configuration. Take one of them away, or make one narrower.',
    ]);
  });

  it('then by id, so that all replicas agree', () => {
    const both = ['b', 'a'].map(id => policyFor('all', { id, title: id }));
    expect(resolve(both).winner?.id).toBe('a');
    expect(resolve(both).losers[0].reason.message).toContain(
      'the one whose id is first wins',
    );
  });

  it.each([
    ['another cluster', policyFor('all', { clusters: ['two'] })],
    [
      'another namespace',
      policyFor('namespace', {
        scope: { type: 'namespace', namespace: 'shop-2' },
      }),
    ],
    [
      'another kind',
      policyFor('workload', {
        scope: {
          type: 'workload',
          namespace: 'shop',
          kind: 'StatefulSet',
          name: 'web',
        },
      }),
    ],
    [
      'labels elsewhere',
      policyFor('selector', {
        scope: { type: 'selector', selector: 'app=web', namespaces: ['dev-*'] },
      }),
    ],
    [
      'labels it hasn’t',
      policyFor('selector', {
        scope: { type: 'selector', selector: 'app=web,gpu' },
      }),
    ],
    [
      'a selector that is none',
      policyFor('selector', {
        scope: { type: 'selector', selector: 'app in' },
      }),
    ],
  ])('%s is nothing to it', (_, policy) => {
    expect(resolve([policy])).toEqual({ losers: [] });
    expect(PolicyIndex.create([policy]).winnerOf(target)).toBeUndefined();
  });

  it.each(['app', 'app!=api', 'app=web', 'app in (api,web)', '', '!gpu'])(
    'finds it by the selector "%s"',
    selector => {
      const policy = policyFor('selector', {
        scope: { type: 'selector', selector, namespaces: ['sh*'] },
      });
      expect(resolve([policy]).winner).toBe(policy);
    },
  );

  it('the winner is the same with and without reasons, and at any order', () => {
    const scope = fc.constantFrom(...Object.values(SCOPES));
    const origin = fc.constantFrom<PolicyOrigin>(
      { type: 'config' },
      { type: 'page' },
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ scope, origin }), { maxLength: 12 }),
        made => {
          const policies = made.map((each, index) =>
            makePolicy({ id: String(index), ...each }),
          );
          const winner = resolve(policies).winner;
          expect(PolicyIndex.create(policies).winnerOf(target)).toBe(winner);
          expect(resolve([...policies].reverse()).winner).toBe(winner);
        },
      ),
    );
  });

  it('takes time in proportion to policies and workloads together', () => {
    const policies = Array.from({ length: 10_000 }, (_, index) =>
      makePolicy({
        id: String(index),
        scope:
          index % 2
            ? { type: 'selector', selector: `app=app-${index},!legacy` }
            : { type: 'namespace', namespace: `ns-${index}` },
      }),
    );
    const index = PolicyIndex.create(policies);
    const asked = process.cpuUsage();
    let found = 0;
    for (let at = 0; at < 50_000; at++) {
      const winner = index.winnerOf(
        makeTarget({
          workload: makeObject({ namespace: `ns-${at % 10_000}` }),
          labels: { app: `app-${at % 10_000}`, tier: 'front' },
        }),
      );
      found += winner ? 1 : 0;
    }
    const { user } = process.cpuUsage(asked);
    expect(found).toBe(50_000);
    // All by all would be 5 × 10⁸ comparisons. Other work of the machine doesn't count.
    expect(user / 1e6).toBeLessThan(15);
  });
});
