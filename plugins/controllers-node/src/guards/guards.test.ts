import { PlannedAction, targetKey } from '@headroom/common';
import fc from 'fast-check';
import {
  action,
  CLUSTER,
  INVENTORY,
  target,
  world,
} from '../__testUtils__/drafts';
import { askGuards } from './askGuards';
import { DEFAULT_LIMITS } from './defaultLimits';
import {
  EngineFacts,
  GuardedAction,
  InventoryFacts,
  TargetFacts,
} from './facts';
import { Question } from './Guard';

const NOW = '2026-11-28T20:00:00.000Z';
const KEY = targetKey(target('web'));

const engine = (over: Partial<EngineFacts> = {}): EngineFacts => ({
  now: NOW,
  killSwitches: [],
  contests: [],
  takenToday: new Map(),
  writesLastHour: new Map(),
  inEffect: new Map(),
  ...over,
});

/** So many workloads at once, and so many within the day. */
const run = (taken: number, takenInDay = taken): Question['run'] => ({
  taken,
  takenInDay,
  wantedBefore: [],
});

const guarded = (
  over: Partial<PlannedAction> & { before?: number; after?: number } = {},
  more: Partial<GuardedAction> = {},
): GuardedAction => ({
  controller: 'schedules',
  policyId: 'nights',
  mode: 'enforce',
  action: action('web', over),
  ...more,
});

const ask = (over: Partial<Question> = {}) =>
  askGuards({
    asked: guarded(),
    world: world(),
    engine: engine(),
    limits: DEFAULT_LIMITS,
    run: run(1),
    ...over,
  });

const said = (over: Partial<Question>) =>
  ask(over).map(({ guard, reason }) => `${guard}: ${reason.message}`);

const known = (facts: TargetFacts) =>
  world({ targets: new Map([[KEY, facts]]) });

const inventory = (over: Partial<InventoryFacts>) =>
  world({ inventories: new Map([[CLUSTER, { ...INVENTORY, ...over }]]) });

const UP = { before: 1, after: 3 };

it('has nothing against what is in order', () => {
  expect(ask()).toEqual([]);
});

it('leaves for a later run what its policy bounds itself', () => {
  expect(
    said({ asked: guarded({ overLimit: { message: 'Later.' } }) }),
  ).toEqual(['policy-limit: Later.']);
});

it('says all there is against something, not only the first', () => {
  const vetoes = ask({
    asked: guarded({
      target: { ...target('web'), namespace: 'kube-system' },
    }),
    world: world({ inventories: new Map() }),
    engine: engine({
      killSwitches: [{ on: true, by: 'anna', at: NOW, reason: 'Outage' }],
    }),
    plan: { expiresAt: '2026-11-28T19:00:00Z', approved: false },
  });
  expect(vetoes.map(({ guard }) => guard)).toEqual([
    'kill-switch',
    'protected-namespace',
    'inventory',
    'expired',
    'approval',
  ]);
});

describe('inventory', () => {
  it.each<[string, Partial<InventoryFacts>]>([
    ['could not be read', { state: 'failed' }],
    ['Only a part', { state: 'partial' }],
    ['no workloads', { workloads: 0 }],
    ['last seen 301 s ago', { ageSeconds: 301 }],
    ['last seen', { ageSeconds: NaN }],
    ['had 100', { workloads: 69 }],
  ])('is not trusted: %s', (text, facts) => {
    expect(said({ world: inventory(facts) })[0]).toContain(text);
    // Waking is no exception: what is woken must be known.
    expect(said({ world: inventory(facts), asked: guarded(UP) })[0]).toContain(
      text,
    );
  });

  it('is trusted while it falls by no more than it may', () => {
    expect(said({ world: inventory({ workloads: 70 }) })).toEqual([]);
    expect(
      said({ world: inventory({ workloads: 1, workloadsBefore: 3 }) }),
    ).toEqual([]);
  });

  it('is not asked for what is taken back', () => {
    expect(
      said({
        world: world({ inventories: new Map() }),
        asked: guarded({ direction: 'restore' }, { undoOf: 'x' }),
      }),
    ).toEqual([]);
  });
});

describe('protected namespaces', () => {
  it.each(['kube-system', 'kube-public', 'kube-node-lease', 'headroom'])(
    'has %s, whatever is configured',
    namespace => {
      const limits = { ...DEFAULT_LIMITS, protectedNamespaces: ['headroom'] };
      expect(
        said({
          limits,
          asked: guarded({ target: { ...target('web'), namespace } }),
        }),
      ).toEqual([`protected-namespace: Namespace ${namespace} is protected.`]);
    },
  );

  it('are not changed themselves', () => {
    const { namespace: _none, ...rest } = target('kube-system');
    expect(
      said({
        asked: guarded({
          target: {
            ...rest,
            group: '',
            kind: 'Namespace',
            resource: 'namespaces',
          },
        }),
      }),
    ).toHaveLength(1);
  });
});

describe('blast radius', () => {
  it('is the lower of count and percentage, and a few on a small cluster', () => {
    // 20 % of 100 workloads.
    expect(said({ run: run(20) })).toEqual([]);
    expect(said({ run: run(21) })).toEqual([
      'blast-radius: Capacity would be taken from 21 workloads of cluster us-west at once; at most 20 of its 100 may be.',
    ]);
    const small = inventory({ workloads: 6, workloadsBefore: 6 });
    expect(said({ world: small, run: run(5) })).toEqual([]);
    expect(said({ world: small, run: run(6) })).toHaveLength(2);
    const large = inventory({ workloads: 5000, workloadsBefore: 5000 });
    expect(said({ world: large, run: run(101) })).toHaveLength(1);
  });

  it('counts what was taken within the day', () => {
    expect(said({ run: run(1, 60) })).toEqual([]);
    expect(said({ run: run(1, 61) })).toEqual([
      'blast-radius: Capacity would be taken from 61 workloads of cluster us-west within 24 hours; at most 60 of its 100 may be.',
    ]);
  });

  it('never keeps anything from waking or from being put back', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.constantFrom('up' as const, 'restore' as const),
        (taken, today, direction) => {
          expect(
            ask({
              asked: guarded({ direction }),
              run: run(taken, today),
              engine: engine({
                writesLastHour: new Map([[KEY, today]]),
              }),
            }),
          ).toEqual([]);
        },
      ),
    );
  });

  it('lets through no more of a fleet than the percentage, or a few', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (workloads, taken) => {
          const isFree =
            ask({
              world: inventory({ workloads, workloadsBefore: workloads }),
              run: run(taken),
            }).length === 0;
          expect(isFree).toBe(
            taken <= 5 || (taken <= 100 && taken * 100 <= workloads * 20),
          );
        },
      ),
    );
  });
});

describe('freeze windows', () => {
  const window = {
    title: 'Sale',
    from: '2026-11-28T20:00:00Z',
    to: '2026-11-30T00:00:00Z',
  };
  const frozen = (over: object, now = NOW, asked = guarded()) =>
    said({
      world: world({ freezeWindows: [{ ...window, ...over }] }),
      engine: engine({ now }),
      asked,
    });

  it('hold from their first instant to the one before their end', () => {
    expect(frozen({})).toEqual([
      'freeze-window: Sale: nothing is changed until 2026-11-30T00:00:00Z.',
    ]);
    expect(frozen({}, '2026-11-28T19:59:59.999Z')).toEqual([]);
    expect(frozen({}, '2026-11-30T00:00:00.000Z')).toEqual([]);
  });

  it('are of some clusters and namespaces', () => {
    expect(frozen({ clusters: ['eu'] })).toEqual([]);
    expect(frozen({ namespaces: ['shop'] })).toHaveLength(1);
  });

  it('let sleepers wake unless they say all', () => {
    expect(frozen({}, NOW, guarded(UP))).toEqual([]);
    expect(frozen({ all: true }, NOW, guarded(UP))).toHaveLength(1);
  });
});

describe('what is known of the target', () => {
  it('is a budget that Kubernetes would not ask', () => {
    const facts = known({
      disruptionBudgets: [{ name: 'web', leastAvailable: 2 }],
    });
    expect(
      said({ world: facts, asked: guarded({ replicasAfter: 1 }) }),
    ).toEqual([
      'disruption-budget: PodDisruptionBudget web wants 2 pods available, and 1 would be left.',
    ]);
    expect(
      said({ world: facts, asked: guarded({ replicasAfter: 2 }) }),
    ).toEqual([]);
    expect(
      said({ world: facts, asked: guarded({ ...UP, replicasAfter: 1 }) }),
    ).toEqual([]);
  });

  it('is a budget over pods that would be evicted', () => {
    const facts = known({
      evicts: true,
      disruptionBudgets: [{ name: 'web', leastAvailable: 1 }],
    });
    expect(said({ world: facts })[0]).toContain('evicted');
  });

  it('is how many must run', () => {
    const facts = known({
      minimumReplicas: { replicas: 2, because: { message: 'It is critical.' } },
    });
    expect(
      said({ world: facts, asked: guarded({ replicasAfter: 1 }) }),
    ).toEqual([
      'minimum-replicas: 1 replicas would be left, and at least 2 must run. It is critical.',
    ]);
  });

  it('is a hold, until it is over', () => {
    const until = '2026-11-28T20:00:00Z';
    const held = { by: 'anna', reason: 'Load test' };
    expect(said({ world: known({ holds: [{ ...held, until }] }) })).toEqual([]);
    expect(said({ world: known({ holds: [held] }) })).toEqual([
      'hold: anna wants it to be left alone: Load test',
    ]);
    const later = '2026-12-24T20:00:00Z';
    expect(
      said({
        world: known({ holds: [{ by: 'anna' }, { by: 'bo', until: later }] }),
      }),
    ).toEqual([
      'hold: anna wants it to be left alone.',
      'hold: bo wants it to be left alone until 2026-12-24T20:00:00Z.',
    ]);
    expect(
      said({
        world: known({ holds: [held] }),
        asked: guarded({ direction: 'restore' }),
      }),
    ).toEqual([]);
  });

  it('is who writes the field from Git, with the line that mends it', () => {
    const owner = {
      manager: 'argocd-controller',
      gitops: true,
      mend: 'ignoreDifferences',
    };
    const vetoes = (path: string[], gitops = true) =>
      ask({ world: known({ fieldManagers: [{ ...owner, path, gitops }] }) });
    expect(vetoes(['spec'])).toMatchObject([
      { guard: 'gitops', mend: 'ignoreDifferences' },
    ]);
    expect(vetoes(['spec', 'maxReplicas'])).toEqual([]);
    expect(vetoes(['spec', 'minReplicas'], false)).toEqual([]);
  });
});

describe('one at a time', () => {
  const effect = (over: object) =>
    engine({
      inEffect: new Map([
        [
          KEY,
          [
            {
              actionId: 'a1',
              controller: 'rightsizing',
              policyId: 'other',
              policyTitle: 'Other',
              open: false,
              paths: [['spec', 'minReplicas']],
              ...over,
            },
          ],
        ],
      ]),
    });

  it('leaves alone what nobody knows the outcome of, whatever the field', () => {
    expect(
      said({ engine: effect({ open: true, paths: [['spec', 'x']] }) }),
    ).toEqual([
      'overlap: Nobody knows yet what became of what was done to it for Other.',
    ]);
  });

  it('waits for what another policy did to the same field, not for its own', () => {
    expect(said({ engine: effect({}) })).toHaveLength(1);
    for (const direction of ['up', 'restore'] as const) {
      // Nothing keeps a workload from waking.
      expect(
        said({ engine: effect({}), asked: guarded({ direction }) }),
      ).toEqual([]);
    }
    expect(said({ engine: effect({ paths: [['spec', 'x']] }) })).toEqual([]);
    expect(
      said({ engine: effect({ controller: 'schedules', policyId: 'nights' }) }),
    ).toEqual([]);
    expect(
      said({ engine: effect({}), asked: guarded({}, { id: 'a1' }) }),
    ).toEqual([]);
  });

  it('lets the first of two policies have the field', () => {
    expect(
      said({ run: { ...run(1), wantedBefore: [{ policyTitle: 'First' }] } }),
    ).toEqual(['overlap: First wants to change the same field.']);
  });

  it('does not flap', () => {
    const often = engine({ writesLastHour: new Map([[KEY, 6]]) });
    expect(said({ engine: often })).toEqual([
      'rate: It was written to 6 times in the last hour; at most 6 times are allowed.',
    ]);
  });
});

it('leaves a contested target to who contests it, also for later wishes of the policy', () => {
  const contests = [
    {
      policyId: 'nights',
      targetKey: KEY,
      subject: 'Deployment shop/web',
      manager: 'argocd-controller',
      reverts: 2,
      contestedAt: NOW,
    },
  ];
  expect(said({ engine: engine({ contests }) })).toEqual([
    'contested: argocd-controller took back what was written 2 times in a row.',
  ]);
  expect(
    said({
      engine: engine({ contests }),
      asked: guarded({}, { policyId: 'days' }),
    }),
  ).toEqual([]);
});
