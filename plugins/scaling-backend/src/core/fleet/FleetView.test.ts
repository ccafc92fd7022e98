import { ActingMode } from '@headroom/common';
import {
  Policy,
  readAnnotationPolicy,
  readPolicy,
  ScalingTarget,
} from '@headroom/plugin-scaling-common';
import { StoredOverride } from '../../database/OverrideStore';
import { FleetView } from './FleetView';
import { PolicyBook } from './PolicyBook';

const NOW = Date.UTC(2026, 5, 10, 12);
const NAME = {
  cluster: 'one',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'web',
};
const TARGET: ScalingTarget = {
  workload: {
    type: 'kubernetes',
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    uid: 'uid-web',
    resourceVersion: '7',
    annotations: {},
    fieldOwners: [],
    ...NAME,
  },
  labels: {},
  namespaceLabels: {},
  createdAt: '2026-01-01T00:00:00.000Z',
  replicas: 3,
  budgets: [],
};

const always = (mode: ActingMode, outside: object): Policy =>
  readPolicy(
    {
      id: 'shop',
      title: 'The shop',
      scope: { type: 'namespace', namespace: 'shop' },
      mode,
      outside,
    },
    { nowMs: NOW },
  ).policy!;

const FIVE = { type: 'bounds', floor: 5 };
const KEEP_DOWN = {
  'headroom.io/keep-down':
    'until 2026-06-11T00:00:00Z by user:default/eve because it is fun',
};
const EXCLUDED = { 'headroom.io/schedule-exclude': 'true' };

function viewOf(
  policies: Policy[],
  annotations: Record<string, string>,
  upTo: ActingMode,
  overrides: StoredOverride[] = [],
  {
    pauses = new Map<string, string>(),
    ended = [] as StoredOverride[],
    isBlind = false,
  } = {},
): FleetView {
  return FleetView.create({
    atMs: NOW,
    clusters: [],
    book: PolicyBook.create({
      policies,
      pauses,
      config: { upTo: 'enforce', clustersUpTo: new Map() },
    }),
    links: { entities: new Map() } as unknown as FleetView['links'],
    overrides,
    ended,
    annotated: new Map([
      [
        'uid-web',
        {
          ...readAnnotationPolicy(
            annotations,
            { on: 'workload', ...NAME },
            { nowMs: NOW },
          ),
          upTo,
        },
      ],
    ]),
    issues: new Map(),
    calendars: {},
    clocks: new Map(),
    isBlind,
  });
}

const wantedOf = (view: FleetView) => {
  const { plan, mode } = view.decide(TARGET);
  return [mode, plan.changes.map(({ changes }) => changes[0].after)];
};

describe('an annotation beside a policy', () => {
  it.each<[ActingMode, ActingMode]>([
    ['observe', 'enforce'],
    ['observe', 'propose'],
    ['propose', 'enforce'],
  ])(
    'that may %s changes nothing of one that does %s, and that is said',
    (upTo, mode) => {
      for (const annotations of [KEEP_DOWN, EXCLUDED]) {
        const view = viewOf([always(mode, FIVE)], annotations, upTo);
        expect(wantedOf(view)).toEqual([mode, [5]]);
        expect(view.tooWeakOf(TARGET)).toBe(upTo);
      }
    },
  );

  it.each<[ActingMode, ActingMode]>([
    ['enforce', 'enforce'],
    ['enforce', 'propose'],
    ['propose', 'propose'],
  ])('that may %s counts with one that does %s', (upTo, mode) => {
    const policies = [always(mode, FIVE)];
    const view = viewOf(policies, KEEP_DOWN, upTo);
    expect(wantedOf(view)).toEqual([mode, [0]]);
    expect(view.tooWeakOf(TARGET)).toBeUndefined();
    expect(wantedOf(viewOf(policies, EXCLUDED, upTo))).toEqual([mode, []]);
  });

  it('goes as far as it may where there is none', () => {
    expect(wantedOf(viewOf([], KEEP_DOWN, 'propose'))).toEqual([
      'propose',
      [0],
    ]);
    expect(viewOf([], KEEP_DOWN, 'observe').tooWeakOf(TARGET)).toBeUndefined();
  });

  it('takes nothing from what a person wants for a while', () => {
    const up: StoredOverride = {
      id: '1',
      ...NAME,
      direction: 'up',
      reason: 'A test',
      by: 'user:default/ada',
      from: '2026-06-10T11:00:00.000Z',
      until: '2026-06-10T13:00:00.000Z',
    };
    const asleep = [always('observe', { type: 'zero' })];
    const view = viewOf(asleep, EXCLUDED, 'observe', [up]);
    expect(view.tooWeakOf(TARGET)).toBe('observe');
    expect(wantedOf(view)).toEqual(['enforce', []]);
  });
});

describe('a workload that a person had taken down while its policy is paused', () => {
  const down: StoredOverride = {
    id: '1',
    ...NAME,
    direction: 'down',
    reason: 'A move',
    by: 'user:default/ada',
    from: '2026-06-10T09:00:00.000Z',
    until: '2026-06-10T11:00:00.000Z',
  };
  const decided = (writtenAt: string, ended: StoredOverride[]) => {
    const view = viewOf(
      [always('enforce', { type: 'zero' })],
      {},
      'observe',
      [],
      {
        pauses: new Map([['shop', '2026-06-11T00:00:00.000Z']]),
        ended,
      },
    );
    const { plan, mode, restores } = view.decide({
      ...TARGET,
      replicas: 0,
      workload: {
        ...TARGET.workload,
        restore: {
          v: 1,
          policy: 'shop',
          at: writtenAt,
          uid: 'uid-web',
          fields: { 'spec.replicas': { was: 3, set: 0 } },
        },
      },
    });
    return [
      mode,
      restores,
      plan.changes.map(({ changes }) => changes[0].after),
    ];
  };

  it('is put back when the while is over', () => {
    expect(decided('2026-06-10T09:00:05.000Z', [down])).toEqual([
      'enforce',
      'shop',
      [3],
    ]);
  });

  it.each([
    ['before it', '2026-06-09T19:00:00.000Z', [down]],
    ['after it', '2026-06-10T11:30:00.000Z', [down]],
    ['by the policy', '2026-06-10T09:00:05.000Z', []],
  ])('stays as it is where it was written %s', (_when, at, ended) => {
    expect(decided(at, ended)).toEqual(['observe', undefined, []]);
  });
});

describe('while nobody knows whose workloads are', () => {
  const decided = (outside: object | undefined, replicas: number, was = 3) => {
    const view = viewOf(
      outside ? [always('enforce', outside)] : [],
      {},
      'observe',
      [],
      { isBlind: true },
    );
    const { plan } = view.decide({
      ...TARGET,
      replicas,
      workload: {
        ...TARGET.workload,
        ...(replicas !== was && {
          restore: {
            v: 1,
            policy: 'nights',
            at: '2026-06-09T19:00:00.000Z',
            uid: 'uid-web',
            fields: { 'spec.replicas': { was, set: replicas } },
          },
        }),
      },
    });
    return [
      plan.changes.map(({ changes }) => changes[0].after),
      plan.withheld.map(({ code }) => code),
    ];
  };

  it('nothing is taken, as the policy of a service may want it otherwise', () => {
    expect(decided({ type: 'zero' }, 3)).toEqual([[], ['links-unread']]);
  });

  it('nothing is let go, as the policy that wrote it may be a service’s', () => {
    expect(decided(undefined, 0)).toEqual([[], ['links-unread']]);
    expect(decided(undefined, 6)).toEqual([[], ['links-unread']]);
  });

  it('what a policy gives, or puts back, is done', () => {
    expect(decided(FIVE, 3)).toEqual([[5], []]);
    expect(decided({ type: 'untouched' }, 0)).toEqual([[3], []]);
  });

  it('a person is done as told', () => {
    const down: StoredOverride = {
      id: '1',
      ...NAME,
      direction: 'down',
      reason: 'A move',
      by: 'user:default/ada',
      from: '2026-06-10T11:00:00.000Z',
      until: '2026-06-10T13:00:00.000Z',
    };
    const view = viewOf([], {}, 'observe', [down], { isBlind: true });
    expect(wantedOf(view)).toEqual(['enforce', [0]]);
  });
});
