import { RepositoryTarget } from '@headroom/common';
import fc from 'fast-check';
import { wordRightsizing } from '../rightsizing/sentences';
import { EffectLine, EffectsInLedger } from './EffectsInLedger';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2);

const line = (
  hour: number,
  before: number | null,
  after: number | null,
  over: Partial<EffectLine> = {},
): EffectLine => ({
  at: new Date(START + hour * HOUR).toISOString(),
  event: 'applied',
  controller: 'schedules',
  policyId: 'nights',
  subject: 'Deployment shop/web',
  target: {
    type: 'kubernetes',
    cluster: 'c',
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    resource: 'horizontalpodautoscalers',
    namespace: 'shop',
    name: 'web',
    uid: 'u',
    resourceVersion: '1',
  },
  changes: [{ path: ['spec', 'minReplicas'], before, after }],
  text: { message: '' },
  ...over,
});

/** A line about a pull request that changes the same field where it is declared. */
const merged = (
  hour: number,
  before: number | null,
  after: number | null,
  over: Partial<EffectLine> = {},
): EffectLine => {
  const { target, changes } = line(hour, before, after);
  const named = { subject: 'Deployment shop/web', url: 'https://forge/1' };
  return line(hour, before, after, {
    event: 'verified',
    controller: 'rightsizing',
    policyId: 'advice',
    text: wordRightsizing('runs', named),
    target: {
      type: 'repository',
      repository: 'https://forge/shop',
      branch: 'main',
      revision: 'r',
      path: 'web.yaml',
      document: 0,
      ...(target.type === 'kubernetes' && { runs: { target, changes } }),
    },
    changes: [{ path: ['spec', 'replicas'], before: 'x', after: 'y' }],
    ...over,
  });
};

const effectsOf = (lines: EffectLine[], end: number) => {
  const effects = EffectsInLedger.create();
  lines.forEach(each => effects.add(each));
  return [...effects.until(START + end * HOUR)].flatMap(workload =>
    workload.effects.map(effect => ({
      ...effect,
      stretches: workload.stretchesOf(effect),
    })),
  );
};

const hours = (lines: EffectLine[], end = 100) =>
  effectsOf(lines, end).map(effect => ({
    policyId: effect.policyId,
    actions: effect.actions,
    inEffect: effect.inEffect,
    stretches: effect.stretches.map(({ from, to }) => [
      (from - START) / HOUR,
      (to - START) / HOUR,
    ]),
  }));

it('holds from the first write until all is as it was, night by night', () => {
  expect(
    hours([line(20, 3, 1), line(30, 1, 3), line(44, 3, 1), line(54, 1, 3)]),
  ).toEqual([
    {
      policyId: 'nights',
      actions: 4,
      inEffect: false,
      stretches: [
        [20, 30],
        [44, 54],
      ],
    },
  ]);
});

it('goes on through steps between, and to the end where it is not put back', () => {
  expect(hours([line(20, 3, 1), line(22, 1, 0)], 30)).toMatchObject([
    { inEffect: true, stretches: [[20, 30]] },
  ]);
});

it('begins with the first write, not with what was refused before', () => {
  const lines = [line(10, 3, 1, { event: 'refused' }), line(20, 3, 1)];
  expect(effectsOf(lines, 30)).toMatchObject([{ since: START + 20 * HOUR }]);
});

it('ends when another takes it back for good', () => {
  expect(
    hours([line(20, 3, 1), line(25, 3, 1, { event: 'contested' })]),
  ).toMatchObject([{ inEffect: false, stretches: [[20, 25]] }]);
});

it('takes what somebody set meanwhile for what it would be without us', () => {
  expect(hours([line(20, 3, 1), line(30, 5, 1), line(40, 1, 5)])).toMatchObject(
    [{ inEffect: false, stretches: [[20, 40]] }],
  );
});

it('counts an hour of two policies once, for the one that held first', () => {
  const other = { policyId: 'advice' };
  expect(
    hours([
      line(20, 3, 1),
      line(25, 3, 2, {
        ...other,
        changes: [{ path: ['spec', 'maxReplicas'], before: 9, after: 4 }],
      }),
      line(30, 1, 3),
    ]),
  ).toEqual([
    { policyId: 'nights', actions: 2, inEffect: false, stretches: [[20, 30]] },
    { policyId: 'advice', actions: 1, inEffect: true, stretches: [[30, 100]] },
  ]);
});

it.each(['refused', 'unresolved', 'verified', 'undone'] as const)(
  'is not begun by a line that says %s',
  event => {
    expect(hours([line(20, 3, 1, { event })])).toEqual([]);
  },
);

it('ends when another has put it back', () => {
  expect(
    hours([line(20, 3, 1), line(25, 1, 3, { event: 'undone' })]),
  ).toMatchObject([{ inEffect: false, stretches: [[20, 25]] }]);
  // What was written on top of it stays.
  expect(
    hours([
      line(20, 3, 1),
      line(22, 1, 0),
      line(25, 1, 3, { event: 'undone' }),
    ]),
  ).toMatchObject([{ inEffect: true, stretches: [[20, 100]] }]);
});

it('ends when the note of what was before is given up', () => {
  const note = (fields: object) =>
    JSON.stringify({ v: 1, policy: 'nights', at: '', uid: 'u', fields });
  const replicas = (before: number, after: number) => ({
    path: ['spec', 'replicas'],
    before,
    after,
  });
  const givenUp = {
    path: ['metadata', 'annotations', 'headroom.io/restore'],
    before: note({ 'spec.replicas': { was: 5, set: 0 } }),
    after: null,
  };
  const asleep = line(20, 0, 0, { changes: [replicas(5, 0)] });
  // Woken to what its HPA wants at least, which decides from there.
  const woken = line(30, 0, 0, { changes: [replicas(0, 2), givenUp] });
  // Somebody has woken it, and it is left.
  const left = line(30, 0, 0, { changes: [givenUp] });
  for (const end of [woken, left]) {
    expect(hours([asleep, end])).toMatchObject([
      { inEffect: false, stretches: [[20, 30]] },
    ]);
  }
});

it('ends on an object that is gone when another of its name is written', () => {
  const uid = (of: string): Partial<EffectLine> => {
    const { target } = line(0, 0, 0);
    return target.type === 'kubernetes'
      ? { target: { ...target, uid: of } }
      : {};
  };
  const lines = [
    line(20, 3, 1),
    line(44, 3, 1, uid('v')),
    line(54, 1, 3, uid('v')),
  ];
  expect(hours(lines)).toMatchObject([
    { inEffect: false, stretches: [[20, 54]] },
  ]);
  expect(effectsOf(lines.slice(0, 2), 50)).toMatchObject([{ objects: ['v'] }]);
});

it('leaves notes of what was before out', () => {
  const path = ['metadata', 'annotations', 'headroom.io/restore'];
  expect(
    hours([line(20, 3, 1, { changes: [{ path, before: null, after: '{}' }] })]),
  ).toMatchObject([{ stretches: [], inEffect: false }]);
});

describe('what was merged', () => {
  it('holds from when the cluster runs it, not from when it was asked for', () => {
    const asked = merged(10, 9, 4, {
      event: 'applied',
      text: { message: 'Pull request opened.' },
    });
    expect(hours([asked, merged(30, 9, 4)])).toEqual([
      {
        policyId: 'advice',
        actions: 1,
        inEffect: true,
        stretches: [[30, 100]],
      },
    ]);
    expect(effectsOf([merged(30, 9, 4)], 50)).toMatchObject([
      { cluster: 'c', objects: ['u'] },
    ]);
  });

  it('holds nothing while it waits, when it was closed, or was never seen to run', () => {
    const url = 'https://forge/1';
    for (const state of ['closed', 'merged'] as const) {
      const over = { text: wordRightsizing(state, { url }) };
      expect(hours([merged(30, 9, 4, over)])).toEqual([]);
    }
    const { target } = merged(0, 0, 0);
    const { runs, ...unknown } = target as RepositoryTarget;
    expect(runs).toBeDefined();
    expect(hours([merged(30, 9, 4, { target: unknown })])).toEqual([]);
  });

  it('counts an hour once, whatever was done on the cluster meanwhile', () => {
    expect(
      hours([
        line(20, 9, 4, { policyId: 'nights' }),
        merged(25, 9, 4),
        line(30, 4, 9, { policyId: 'nights' }),
      ]),
    ).toMatchObject([
      { policyId: 'nights', stretches: [[20, 30]] },
      { policyId: 'advice', stretches: [[30, 100]] },
    ]);
  });
});

it('never holds longer than there is time, whatever is written', () => {
  const write = fc.record({
    hour: fc.integer({ min: 0, max: 99 }),
    value: fc.integer({ min: 0, max: 3 }),
    policyId: fc.constantFrom('a', 'b'),
    how: fc.constantFrom(line, line, merged),
    event: fc.constantFrom<EffectLine['event'][]>('applied', 'undone'),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), writes => {
      let now = 3;
      const lines = [...writes]
        .sort((a, b) => a.hour - b.hour)
        .map(({ hour, value, policyId, how, event }) => {
          const made = how(hour, now, value, {
            policyId,
            ...(how === line && { event }),
          });
          now = value;
          return made;
        });
      const held = hours(lines)
        .flatMap(({ stretches }) => stretches)
        .sort(([a], [b]) => a - b);
      held.forEach(([from, to], index) => {
        expect(from).toBeLessThan(to);
        expect(from).toBeGreaterThanOrEqual(
          index === 0 ? 0 : held[index - 1][1],
        );
        expect(to).toBeLessThanOrEqual(100);
      });
    }),
  );
});
