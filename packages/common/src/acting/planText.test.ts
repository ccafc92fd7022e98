import fc from 'fast-check';
import { formatFieldPath, Json } from './FieldChange';
import { KubernetesTarget } from './ActionTarget';
import { PlannedAction } from './Plan';
import { canonicalJson, planText } from './planText';

const action = (over: Partial<PlannedAction> = {}): PlannedAction => ({
  key: 'k',
  target: {
    type: 'kubernetes',
    cluster: 'c',
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    resource: 'horizontalpodautoscalers',
    namespace: 'shop',
    name: 'web',
    uid: 'u1',
    resourceVersion: '7',
  },
  subject: 'Deployment shop/web',
  changes: [{ path: ['spec', 'minReplicas'], before: 3, after: 1 }],
  direction: 'down',
  reason: { message: 'Night.' },
  evidence: [],
  expected: { text: { message: 'Less.' }, settleSeconds: 60 },
  undo: { message: 'Back to 3.' },
  ...over,
});

const text = (...actions: PlannedAction[]) =>
  planText({ controller: 'schedules', policyId: 'p', actions });

describe('the text of a plan', () => {
  it('stays when only versions and sentences change, and in any order', () => {
    const { target } = action();
    const later = action({
      target: { ...target, resourceVersion: '8' } as PlannedAction['target'],
      reason: { message: 'Still night.' },
    });
    const other = action({ key: 'other' });
    expect(text(later, other)).toBe(text(other, action()));
  });

  it.each([
    ['key', { key: 'other' }],
    [
      'what it waits for',
      {
        waitsFor: {
          target: action().target as KubernetesTarget,
          fields: [{ path: ['spec', 'minReplicas'], value: 1 }],
        },
      },
    ],
    [
      'uid',
      {
        target: { ...action().target, uid: 'u2' } as PlannedAction['target'],
      },
    ],
    [
      'wish',
      { changes: [{ path: ['spec', 'minReplicas'], before: 3, after: 2 }] },
    ],
    [
      'state it was planned on',
      { changes: [{ path: ['spec', 'minReplicas'], before: 4, after: 1 }] },
    ],
  ] as Array<[string, Partial<PlannedAction>]>)(
    'changes with the %s',
    (_, over) => {
      expect(text(action(over))).not.toBe(text(action()));
    },
  );

  it('has keys in order, whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
        expect(canonicalJson(reversed(json))).toBe(canonicalJson(json));
      }),
    );
  });
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, reversed(each)]),
      )
    : value;
}

it('writes paths as people do', () => {
  expect(formatFieldPath(['spec', 'minReplicas'])).toBe('spec.minReplicas');
  expect(
    formatFieldPath(['metadata', 'annotations', 'headroom.io/restore']),
  ).toBe('metadata.annotations["headroom.io/restore"]');
  expect(
    formatFieldPath(['spec', 'containers', '[name=web]', 'resources']),
  ).toBe('spec.containers[name=web].resources');
});
