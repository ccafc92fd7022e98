import { formatFieldPath, Json } from '@headroom/common';
import { makePolicy, makeSchedule, weekly } from '../__testUtils__/makePolicy';
import {
  makeCronJob,
  makeHpa,
  makeObject,
  makeRecord,
  makeScaledObject,
  makeTarget,
} from '../__testUtils__/makeTarget';
import { writeChanges, writeField } from '../__testUtils__/writeChanges';
import { Policy, PolicyOverride } from '../policies/Policy';
import { Wish } from '../policies/Wish';
import { ScalingTarget } from '../targets/ScalingTarget';
import { SchedulePlan } from './planning/SchedulePlan';
import { planSchedule } from './planSchedule';
import { stateAt } from './stateAt';
import { WantedState } from './types';

const NOW = Date.parse('2026-06-12T18:00:00.000Z');

const UNTOUCHED: Wish = { type: 'untouched' };
const ZERO: Wish = { type: 'zero' };
const bounds = (floor?: number, ceiling?: number): Wish => ({
  type: 'bounds',
  ...(floor !== undefined && { floor }),
  ...(ceiling !== undefined && { ceiling }),
});
const fixed = (replicas: number): Wish => ({ type: 'fixed', replicas });

function plan(
  target: ScalingTarget,
  wish: WantedState['wish'],
  policy: Partial<Policy> = {},
  over: Partial<WantedState> = {},
): SchedulePlan {
  return planSchedule({
    target,
    nowMs: NOW,
    wanted: {
      policy: makePolicy(policy),
      state: {
        wish,
        because: 'recurring-window',
        sources: [],
        lead: false,
        conflicts: [],
        reason: { message: 'Night.', wording: { key: 'test.night' } },
        ...over,
      },
    },
  });
}

const text = (value: Json) => JSON.stringify(value);

/** `spec.replicas: 3 → 0` of each change, by the kind of its object. */
function told({ changes }: SchedulePlan): string[] {
  return changes.flatMap(({ object, changes: fields }) =>
    fields.map(
      ({ path, before, after }) =>
        `${object.kind} ${formatFieldPath(path)}: ${text(before)} → ${text(
          after,
        )}`,
    ),
  );
}
const codes = ({ withheld }: SchedulePlan) => withheld.map(({ code }) => code);
const after = (target: ScalingTarget, wish: Wish) =>
  writeChanges(target, plan(target, wish).changes);

const PAUSE = 'metadata.annotations["autoscaling.keda.sh/paused-replicas"]';
const NOTE = 'metadata.annotations["headroom.io/restore"]';

describe('who had set a field', () => {
  const owned = (manager: string) =>
    makeObject({ fieldOwners: [{ path: ['spec', 'replicas'], manager }] });
  const setters = (target: ScalingTarget, wish: Wish) =>
    plan(target, wish).changes.flatMap(({ changes }) =>
      changes.map(({ setBy }) => setBy),
    );

  it('is said when it is first taken, kept meanwhile, and no part of what is put back', () => {
    const theirs = makeTarget({ workload: owned('kubectl-edit') });
    expect(setters(theirs, ZERO)).toEqual(['kubectl-edit']);
    const asleep = after(theirs, ZERO);
    // Headroom's write has taken the field from them.
    const ours = {
      ...asleep,
      workload: {
        ...asleep.workload,
        fieldOwners: owned('headroom').fieldOwners,
      },
    };
    expect(setters(ours, fixed(5))).toEqual(['kubectl-edit']);
    expect(setters(after(ours, fixed(5)), ZERO)).toEqual(['kubectl-edit']);
    expect(setters(ours, UNTOUCHED)).toEqual([undefined]);
  });

  it('is not said where nobody is noted', () => {
    expect(setters(makeTarget(), ZERO)).toEqual([undefined]);
    const unknown = makeTarget({ workload: owned('headroom') });
    expect(setters(unknown, ZERO)).toEqual([undefined]);
  });
});

describe('S6, S15 what is written', () => {
  it.each([
    [
      'a Deployment to zero',
      makeTarget(),
      ZERO,
      ['Deployment spec.replicas: 3 → 0'],
    ],
    [
      'a Deployment, fixed',
      makeTarget(),
      fixed(5),
      ['Deployment spec.replicas: 3 → 5'],
    ],
    [
      'a Deployment below its floor',
      makeTarget(),
      bounds(4),
      ['Deployment spec.replicas: 3 → 4'],
    ],
    [
      'a Deployment above its ceiling',
      makeTarget(),
      bounds(1, 2),
      ['Deployment spec.replicas: 3 → 2'],
    ],
    ['a Deployment inside its bounds', makeTarget(), bounds(1, 4), []],
    ['a Deployment that is left', makeTarget(), UNTOUCHED, []],
    [
      'a Rollout that doesn’t say',
      makeTarget({
        workload: makeObject({ kind: 'Rollout' }),
        replicas: undefined,
      }),
      fixed(2),
      ['Rollout spec.replicas: null → 2'],
    ],
    [
      'a CronJob, suspended',
      makeCronJob(),
      ZERO,
      ['CronJob spec.suspend: null → true'],
    ],
    ['a CronJob with a floor', makeCronJob(), bounds(2), []],
    [
      'an HPA with bounds',
      makeTarget({ autoscaler: makeHpa() }),
      bounds(4, 6),
      [
        'HorizontalPodAutoscaler spec.minReplicas: 2 → 4',
        'HorizontalPodAutoscaler spec.maxReplicas: 10 → 6',
      ],
    ],
    [
      'an HPA with a lower floor',
      makeTarget({ autoscaler: makeHpa({ minReplicas: 5 }) }),
      bounds(1),
      ['HorizontalPodAutoscaler spec.minReplicas: 5 → 1'],
    ],
    [
      'an HPA with a ceiling below its minimum',
      makeTarget({ autoscaler: makeHpa({ minReplicas: 5 }) }),
      bounds(undefined, 3),
      [
        'HorizontalPodAutoscaler spec.minReplicas: 5 → 3',
        'HorizontalPodAutoscaler spec.maxReplicas: 10 → 3',
      ],
    ],
    [
      'an HPA, fixed',
      makeTarget({ autoscaler: makeHpa() }),
      fixed(4),
      [
        'HorizontalPodAutoscaler spec.minReplicas: 2 → 4',
        'HorizontalPodAutoscaler spec.maxReplicas: 10 → 4',
      ],
    ],
    [
      'an HPA’s workload to zero',
      makeTarget({ autoscaler: makeHpa() }),
      ZERO,
      ['Deployment spec.replicas: 3 → 0'],
    ],
    [
      'a ScaledObject to zero',
      makeTarget({ autoscaler: makeScaledObject() }),
      ZERO,
      [`ScaledObject ${PAUSE}: null → "0"`],
    ],
    [
      'a ScaledObject, fixed',
      makeTarget({ autoscaler: makeScaledObject() }),
      fixed(3),
      [`ScaledObject ${PAUSE}: null → "3"`],
    ],
    [
      'a ScaledObject with bounds',
      makeTarget({
        autoscaler: makeScaledObject({ maxReplicaCount: undefined }),
      }),
      bounds(0, 5),
      [
        'ScaledObject spec.minReplicaCount: 1 → 0',
        'ScaledObject spec.maxReplicaCount: null → 5',
      ],
    ],
    [
      'a ScaledObject that idles at 0',
      makeTarget({
        autoscaler: makeScaledObject({
          minReplicaCount: 3,
          idleReplicaCount: 0,
        }),
      }),
      bounds(0),
      ['ScaledObject spec.minReplicaCount: 3 → 1'],
    ],
  ] as Array<[string, ScalingTarget, Wish, string[]]>)(
    '%s',
    (_, target, wish, expected) => {
      expect(told(plan(target, wish))).toEqual(expected);
    },
  );

  it('says why, what it does to capacity and how it is undone', () => {
    const [change] = plan(makeTarget({ autoscaler: makeHpa() }), ZERO).changes;
    expect(change).toMatchObject({
      object: { uid: 'uid-web', resourceVersion: '7' },
      subject: 'Deployment shop/web',
      direction: 'down',
      replicasAfter: 0,
      reason: {
        message: 'Night. spec.replicas of Deployment web goes from 3 to 0.',
      },
      undo: { message: 'Set spec.replicas of Deployment web to 3.' },
    });
    expect(change.object).not.toHaveProperty('annotations');
  });

  it('takes the maximum of an HPA where a floor is above it, and says so', () => {
    const target = makeTarget({ autoscaler: makeHpa() });
    const planned = plan(target, bounds(12));
    expect(told(planned)).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 2 → 10',
    ]);
    expect(planned.withheld).toMatchObject([
      {
        code: 'floor-above-maximum',
        text: {
          message:
            'A floor of 12 is above the maximum of HorizontalPodAutoscaler web, 10; the maximum is taken. Raise the maximum, or set a ceiling, too.',
        },
      },
    ]);
  });

  it('takes 1 where an HPA has a floor of 0, and says so', () => {
    const target = makeTarget({ autoscaler: makeHpa() });
    const planned = plan(target, bounds(0));
    expect(told(planned)).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 2 → 1',
    ]);
    expect(codes(planned)).toEqual(['floor-of-autoscaler']);
  });

  it('the kill switch writes nothing, not even what was', () => {
    const asleep = after(makeTarget(), ZERO);
    expect(plan(asleep, { type: 'leave' })).toEqual({
      changes: [],
      withheld: [],
    });
  });
});

describe('S15 waking', () => {
  it('scales the workload of an HPA to its floor, after the HPA, and lets go of it', () => {
    const asleep = after(makeTarget({ autoscaler: makeHpa() }), ZERO);
    const woken = plan(asleep, bounds(4));
    expect(told(woken)).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 2 → 4',
      'Deployment spec.replicas: 0 → 4',
      expect.stringContaining(`Deployment ${NOTE}: "{`),
    ]);
    expect(woken.changes[1].direction).toBe('up');
    const awake = writeChanges(asleep, woken.changes);
    expect(awake.workload.restore).toBeUndefined();
    // The HPA scales it from there, which is nobody's change.
    expect(plan({ ...awake, replicas: 7 }, bounds(4))).toEqual({
      changes: [],
      withheld: [],
    });
  });

  it('takes the HPA’s own minimum where nothing else is wanted', () => {
    const asleep = after(makeTarget({ autoscaler: makeHpa() }), ZERO);
    expect(told(plan(asleep, UNTOUCHED))[0]).toBe(
      'Deployment spec.replicas: 0 → 2',
    );
  });

  it('leaves what somebody else has switched off, but for an explicit floor', () => {
    const off = makeTarget({ autoscaler: makeHpa(), replicas: 0 });
    expect(told(plan(off, bounds(undefined, 5)))).toEqual([
      'HorizontalPodAutoscaler spec.maxReplicas: 10 → 5',
    ]);
    expect(codes(plan(off, bounds(undefined, 5)))).toEqual(['switched-off']);
    expect(told(plan(off, bounds(3)))).toContain(
      'Deployment spec.replicas: 0 → 3',
    );
  });

  it('leaves an HPA alone that may go to 0 itself', () => {
    const idle = makeTarget({
      autoscaler: makeHpa({ minReplicas: 0 }),
      replicas: 0,
    });
    expect(plan(idle, bounds(0))).toEqual({ changes: [], withheld: [] });
    expect(codes(plan(idle, bounds(undefined, 5)))).toEqual([]);
  });

  it('takes the pause of KEDA away, and asks whether it resumed (keda#6982)', () => {
    const asleep = after(makeTarget({ autoscaler: makeScaledObject() }), ZERO);
    const woken = plan(asleep, UNTOUCHED);
    expect(told(woken)).toEqual([`ScaledObject ${PAUSE}: "0" → null`]);
    expect(woken.changes[0].direction).toBe('restore');
    const stuck = writeChanges(asleep, woken.changes);
    expect(
      codes(
        plan(
          {
            ...stuck,
            autoscaler: {
              ...(stuck.autoscaler as ReturnType<typeof makeScaledObject>),
              pausedInStatus: true,
            },
          },
          UNTOUCHED,
        ),
      ),
    ).toEqual(['keda-still-paused']);
  });

  it('never writes an HPA’s workload but from or to 0', () => {
    const target = makeTarget({ autoscaler: makeHpa() });
    for (const wish of [bounds(1, 2), bounds(8), fixed(5), UNTOUCHED]) {
      expect(told(plan(target, wish)).join()).not.toContain('spec.replicas');
    }
  });
});

describe('what only adds takes nothing from what the owner has', () => {
  const raised: Wish = { type: 'bounds', floor: 3, raises: true };

  it.each([
    ['an HPA', makeTarget({ autoscaler: makeHpa({ minReplicas: 5 }) })],
    [
      'a ScaledObject',
      makeTarget({ autoscaler: makeScaledObject({ minReplicaCount: 5 }) }),
    ],
    ['a Deployment', makeTarget({ replicas: 5 })],
  ])('%s with more', (_, target) => {
    expect(told(plan(target, raised))).toEqual([]);
  });

  it('an HPA with less', () => {
    expect(told(plan(makeTarget({ autoscaler: makeHpa() }), raised))).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 2 → 3',
    ]);
  });

  it('a person or a lead that adds to what the owner has', () => {
    const up: PolicyOverride = {
      id: 'o1',
      direction: 'up',
      floor: 3,
      owner: 'user:default/ada',
      reason: 'Demo',
      from: '2026-06-12T17:00:00.000Z',
      until: '2026-06-12T20:00:00.000Z',
    };
    const lead = makePolicy({
      lead: { type: 'fixed', seconds: 1800 },
      schedules: [
        makeSchedule([weekly('daily', '18:15-22:00', fixed(1))], {
          zone: 'UTC',
        }),
      ],
    });
    const target = makeTarget({ autoscaler: makeHpa({ minReplicas: 5 }) });
    const policies = [
      makePolicy({ overrides: [up] }),
      makePolicy({
        overrides: [{ ...up, floor: undefined }],
        outside: fixed(4),
      }),
      lead,
    ];
    for (const policy of policies) {
      const state = stateAt(policy, NOW, target);
      expect(
        planSchedule({ target, nowMs: NOW, wanted: { policy, state } }).changes,
      ).toEqual([]);
    }
  });
});

describe('what sleeps isn’t left asleep', () => {
  it.each([
    ['two autoscalers', { contestedBy: ['HPA a', 'HPA b'] }],
    [
      'a note on its autoscaler that nobody can read',
      { autoscaler: makeHpa({}, { restore: 'unreadable' }) },
    ],
  ])('by %s', (_, over: Partial<ScalingTarget>) => {
    const asleep = { ...after(makeTarget(), ZERO), ...over };
    const woken = ['Deployment spec.replicas: 0 → 3'];
    expect(told(plan(asleep, UNTOUCHED))).toEqual(woken);
    expect(told(planSchedule({ target: asleep, nowMs: NOW }))).toEqual(woken);
    expect(told(plan(asleep, ZERO))).toEqual([]);
    const awake = after(asleep, UNTOUCHED);
    expect(awake.workload.restore).toBeUndefined();
    expect(told(plan(awake, UNTOUCHED))).toEqual([]);
  });

  it.each<[string, Partial<ScalingTarget>, Wish, string]>([
    ['to fewer', {}, fixed(2), '0 → 2'],
    ['to no more than was', {}, fixed(9), '0 → 3'],
    ['below an HPA', { autoscaler: makeHpa() }, UNTOUCHED, '0 → 2'],
  ])('by Git, which has come to keep it: %s', (_, over, wish, replicas) => {
    const { workload, ...rest } = after(makeTarget(over), ZERO);
    const kept = {
      ...rest,
      workload: {
        ...workload,
        fieldOwners: [
          {
            path: ['spec', 'replicas'],
            manager: 'argocd-controller',
            gitOps: 'argocd' as const,
          },
        ],
      },
    };
    const planned = plan(kept, wish);
    expect(told(planned)).toContain(`Deployment spec.replicas: ${replicas}`);
    // As what is put back it isn't vetoed.
    expect(planned.changes.map(({ direction }) => direction)).toEqual([
      'restore',
    ]);
    expect(codes(planned)).toEqual(['gitops']);
  });
});

describe('S14 restoring', () => {
  it.each([
    ['a Deployment', makeTarget()],
    ['a CronJob', makeCronJob()],
    ['a CronJob that says it isn’t suspended', makeCronJob({ suspend: false })],
    ['a ScaledObject', makeTarget({ autoscaler: makeScaledObject() })],
  ])('%s is as it was, without a note', (_, target) => {
    const asleep = after(target, ZERO);
    const [change] = plan(asleep, UNTOUCHED).changes;
    expect(change.direction).toBe('restore');
    const awake = after(asleep, UNTOUCHED);
    expect({
      ...awake,
      workload: { ...awake.workload, resourceVersion: '7' },
      ...(awake.autoscaler && {
        autoscaler: {
          ...awake.autoscaler,
          object: { ...awake.autoscaler.object, resourceVersion: '7' },
        },
      }),
    }).toEqual(target);
  });

  it('remembers what was before all windows, not what one of them set', () => {
    const night = after(makeTarget({ autoscaler: makeHpa() }), bounds(1, 2));
    const morning = after(night, bounds(6));
    expect(morning.autoscaler).toMatchObject({
      minReplicas: 6,
      maxReplicas: 10,
      object: {
        restore: { fields: { 'spec.minReplicas': { was: 2, set: 6 } } },
      },
    });
    expect(told(plan(morning, UNTOUCHED))).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 6 → 2',
    ]);
  });

  it('bounds of a Deployment are of what it was, whatever they made of it', () => {
    const night = after(makeTarget({ replicas: 8 }), bounds(undefined, 2));
    expect(night.replicas).toBe(2);
    expect(told(plan(night, bounds(undefined, 5)))).toEqual([
      'Deployment spec.replicas: 2 → 5',
    ]);
  });

  it('leaves what somebody has changed meanwhile, says so, and forgets', () => {
    const asleep = after(makeTarget(), ZERO);
    const changed = writeField(asleep, {
      path: ['spec', 'replicas'],
      after: 1,
    });
    const during = plan(changed, ZERO);
    expect([told(during), codes(during)]).toEqual([[], ['changed-since']]);
    const morning = plan(changed, UNTOUCHED);
    expect(told(morning)).toEqual([
      expect.stringMatching(/^Deployment metadata.*restore"\]: ".*" → null$/),
    ]);
    expect(morning.changes[0].direction).toBe('neutral');
    expect(morning.withheld).toMatchObject([
      {
        code: 'changed-by-others',
        text: {
          message:
            'spec.replicas of Deployment web isn’t put back to 3: Headroom had set it to 0, and somebody has made it 1 since.',
        },
      },
    ]);
    const next = writeChanges(changed, morning.changes);
    expect(next.workload.restore).toBeUndefined();
    // The next night begins from what they have.
    expect(after(next, ZERO).workload.restore).toMatchObject({
      fields: { 'spec.replicas': { was: 1, set: 0 } },
    });
  });

  it('a window that wants something else begins from what somebody has made it', () => {
    const asleep = after(makeTarget(), fixed(1));
    const changed = writeField(asleep, {
      path: ['spec', 'replicas'],
      after: 2,
    });
    expect(after(changed, fixed(4)).workload.restore).toMatchObject({
      fields: { 'spec.replicas': { was: 2, set: 4 } },
    });
  });

  it('forgets a note that came with another object', () => {
    const copied = makeTarget({
      workload: makeObject({
        restore: makeRecord(
          { 'spec.replicas': { was: 9, set: 3 } },
          { uid: 'uid-of-another' },
        ),
      }),
    });
    expect(told(plan(copied, UNTOUCHED))).toEqual([
      expect.stringContaining(`Deployment ${NOTE}`),
    ]);
    expect(after(copied, ZERO).workload.restore).toMatchObject({
      uid: 'uid-web',
      fields: { 'spec.replicas': { was: 3, set: 0 } },
    });
  });

  it('puts back what was where no policy is for it any more', () => {
    const asleep = after(makeTarget(), ZERO);
    const planned = planSchedule({ target: asleep, nowMs: NOW });
    expect(told(planned)).toEqual(['Deployment spec.replicas: 0 → 3']);
    expect(planned.changes[0].reason.message).toBe(
      'No policy is for it any more. spec.replicas of Deployment web is put back to 3, as it was before Headroom set it to 0.',
    );
  });

  it('leaves notes of others alone', () => {
    const target = makeTarget({
      workload: makeObject({
        restore: makeRecord({ 'spec.template.x': { was: 1, set: 2 } }),
      }),
    });
    expect(told(plan(target, UNTOUCHED))).toEqual([]);
    expect(after(target, ZERO).workload.restore).toMatchObject({
      fields: {
        'spec.replicas': { was: 3, set: 0 },
        'spec.template.x': { was: 1, set: 2 },
      },
    });
  });

  it('leaves an object whose note can’t be read', () => {
    const target = makeTarget({
      workload: makeObject({ restore: 'unreadable' }),
    });
    expect(codes(plan(target, ZERO))).toEqual(['restore-unreadable']);
    expect(plan(target, ZERO).changes).toEqual([]);
  });

  it('lets an autoscaler be that a workload has got meanwhile', () => {
    const asleep = after(makeTarget(), fixed(1));
    const steered = { ...asleep, autoscaler: makeHpa(), replicas: 4 };
    const planned = plan(steered, UNTOUCHED);
    expect(told(planned)).toEqual([
      expect.stringContaining(`Deployment ${NOTE}`),
    ]);
    expect(planned.withheld).toEqual([]);
  });
});

describe('S12 grace', () => {
  const young = makeTarget({ lastRolloutAt: '2026-06-12T17:50:00.000Z' });

  it('keeps what is new from being scaled down, and says until when', () => {
    const planned = plan(young, ZERO);
    expect(planned.changes).toEqual([]);
    expect(planned.withheld).toMatchObject([
      {
        code: 'grace',
        text: {
          message:
            'Deployment shop/web was created, rolled out or changed less than 15 minutes ago; it isn’t scaled down before 2026-06-12T18:05:00.000Z.',
        },
      },
    ]);
  });

  it('is over at its end, and isn’t for going up', () => {
    expect(told(plan(young, ZERO, { graceMinutes: 10 }))).toHaveLength(1);
    expect(told(plan(young, fixed(5)))).toHaveLength(1);
  });
});

describe('what is left alone', () => {
  it.each([
    [
      'made by another object',
      makeTarget({ controlledBy: { kind: 'Prometheus', name: 'k8s' } }),
      'controlled',
    ],
    [
      'steered by two',
      makeTarget({
        contestedBy: ['HorizontalPodAutoscaler a', 'ScaledObject b'],
      }),
      'contested-autoscalers',
    ],
    [
      'a DaemonSet',
      makeTarget({ workload: makeObject({ kind: 'DaemonSet' }) }),
      'kind',
    ],
    [
      'paused by a person',
      makeTarget({ autoscaler: makeScaledObject({ pausedReplicas: '2' }) }),
      'paused-by-others',
    ],
    [
      'paused where it is',
      makeTarget({ autoscaler: makeScaledObject({ paused: 'yes' }) }),
      'paused-by-others',
    ],
    [
      'kept available',
      makeTarget({ budgets: [{ name: 'web', minAvailable: 1 }] }),
      'budget',
    ],
    [
      'kept whole',
      makeTarget({ budgets: [{ name: 'web', maxUnavailable: '0%' }] }),
      'budget',
    ],
  ] as Array<[string, ScalingTarget, string]>)('%s', (_, target, code) => {
    const planned = plan(target, ZERO);
    expect([planned.changes, codes(planned)]).toEqual([[], [code]]);
  });

  it('a budget keeps a ceiling from going below what it wants', () => {
    const target = makeTarget({ budgets: [{ name: 'web', minAvailable: 2 }] });
    expect(codes(plan(target, fixed(1)))).toEqual(['budget']);
    expect(codes(plan(target, fixed(2)))).toEqual([]);
  });

  it('a budget in per cent lets it go to zero', () => {
    const target = makeTarget({
      budgets: [{ name: 'web', minAvailable: '50%', maxUnavailable: 1 }],
    });
    expect(told(plan(target, ZERO))).toHaveLength(1);
  });
});

describe('what Git keeps', () => {
  const owned = (path: string, gitOps: 'argocd' | 'flux' | 'helm') => ({
    fieldOwners: [
      { path: ['spec', path], manager: `${gitOps}-controller`, gitOps },
    ],
  });

  it('is left, with the lines for Argo CD', () => {
    const target = makeTarget({
      workload: makeObject(owned('replicas', 'argocd')),
    });
    const planned = plan(target, ZERO);
    expect(planned.changes).toEqual([]);
    expect(planned.withheld).toMatchObject([
      { code: 'gitops', manager: 'argocd-controller' },
    ]);
    expect(planned.withheld[0].mend).toBe(
      `# In the Application:
spec:
  ignoreDifferences:
    - group: apps
      kind: Deployment
      name: web
      namespace: shop
      jsonPointers:
        - /spec/replicas
  syncPolicy:
    syncOptions:
      - RespectIgnoreDifferences=true
---
# In Deployment web:
metadata:
  annotations:
    headroom.io/may-write: 'spec.replicas'`,
    );
  });

  it.each([
    ['argocd', { 'headroom.io/may-write': 'spec.minReplicas, spec.replicas' }],
    ['flux', { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }],
  ] as Array<['argocd' | 'flux', Record<string, string>]>)(
    'is written where %s is told to leave it',
    (tool, annotations) => {
      const workload = makeObject(owned('replicas', tool));
      expect(codes(plan(makeTarget({ workload }), ZERO))).toEqual(['gitops']);
      expect(
        told(
          plan(makeTarget({ workload: { ...workload, annotations } }), ZERO),
        ),
      ).toHaveLength(1);
    },
  );

  it('is gone round by a field that Git doesn’t keep: the pause of KEDA', () => {
    const target = makeTarget({
      workload: makeObject(owned('replicas', 'flux')),
      autoscaler: makeScaledObject({}, owned('minReplicaCount', 'flux')),
    });
    expect(told(plan(target, ZERO))).toEqual([
      `ScaledObject ${PAUSE}: null → "0"`,
    ]);
  });

  it('is gone round by the minimum of an HPA', () => {
    const target = makeTarget({
      workload: makeObject(owned('replicas', 'flux')),
      autoscaler: makeHpa(),
    });
    expect(told(plan(target, bounds(5)))).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 2 → 5',
    ]);
  });

  it('keeps the other bound from being set against it', () => {
    const target = makeTarget({
      autoscaler: makeHpa({}, owned('minReplicas', 'helm')),
    });
    const planned = plan(target, bounds(1, 1));
    expect(planned.changes).toEqual([]);
    expect(codes(planned)).toEqual(['gitops', 'bounds-inconsistent']);
  });
});

describe('S16 a wake that is late', () => {
  const started = { windowStartMs: NOW - 60_000 };
  const target = makeTarget({ readyReplicas: 1, startUpSeconds: 120 });

  it('is said once the window has begun with its lead', () => {
    const planned = plan(
      target,
      bounds(3),
      { lead: { type: 'measured' } },
      started,
    );
    expect(planned.withheld).toMatchObject([
      {
        code: 'late',
        text: {
          message:
            'Deployment shop/web should have 3 ready since 2026-06-12T17:59:00.000Z and has 1.',
        },
      },
    ]);
  });

  it('is said, too, of what is only left as its owner has it', () => {
    const none = makeTarget({ readyReplicas: 0, startUpSeconds: 30 });
    expect(codes(plan(none, UNTOUCHED, {}, started))).toEqual(['late']);
    expect(
      codes(plan({ ...none, replicas: 0 }, UNTOUCHED, {}, started)),
    ).toEqual([]);
  });

  it('isn’t before it can be there, nor where nobody knows when that is', () => {
    expect(plan(target, bounds(3), {}, started).withheld).toEqual([]);
    expect(
      plan(
        makeTarget({ readyReplicas: 1 }),
        bounds(3),
        { lead: { type: 'measured' } },
        started,
      ).withheld,
    ).toEqual([]);
  });
});

describe('what other tools do otherwise', () => {
  it('the maximum of an HPA is given back (cronhpa widens it for good)', () => {
    const target = makeTarget({ autoscaler: makeHpa() });
    const widened = after(target, bounds(12, 20));
    expect(widened.autoscaler).toMatchObject({
      minReplicas: 12,
      maxReplicas: 20,
    });
    expect(told(plan(widened, UNTOUCHED))).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 12 → 2',
      'HorizontalPodAutoscaler spec.maxReplicas: 20 → 10',
    ]);
  });

  it('a floor holds although more ran when it began (cronhpa#87)', () => {
    const busy = makeTarget({ autoscaler: makeHpa(), replicas: 9 });
    expect(told(plan(busy, bounds(5)))).toEqual([
      'HorizontalPodAutoscaler spec.minReplicas: 2 → 5',
    ]);
  });

  it('a second scale-down, or one by a restarted controller, notes nothing new (kube-downscaler#44, #56)', () => {
    const asleep = after(makeTarget({ replicas: 4 }), ZERO);
    // Nothing is known but what is on the object.
    expect(plan(asleep, ZERO)).toEqual({ changes: [], withheld: [] });
    expect(after(after(asleep, ZERO), UNTOUCHED).replicas).toBe(4);
  });

  it('setting replicas doesn’t take the elasticity of a window (py-kube-downscaler#131)', () => {
    const steered = makeTarget({ autoscaler: makeHpa({ minReplicas: 6 }) });
    const night = after(steered, bounds(1));
    expect(night.replicas).toBe(steered.replicas);
    expect(night.autoscaler).toMatchObject({ minReplicas: 1, maxReplicas: 10 });
  });

  it('a pause of KEDA that nobody asks for any more is taken away, not set to another value', () => {
    const asleep = after(makeTarget({ autoscaler: makeScaledObject() }), ZERO);
    expect(told(plan(asleep, bounds(3)))).toEqual([
      'ScaledObject spec.minReplicaCount: 1 → 3',
      `ScaledObject ${PAUSE}: "0" → null`,
    ]);
  });
});
