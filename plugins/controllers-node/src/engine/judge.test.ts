import { Json } from '@headroom/common';
import fc from 'fast-check';
import { judge, standingOf, takenBack } from './judge';

const ACTION = 'a1';
/** What may happen to an object, in any order. */
type Step = 'ours' | 'ours late' | 'fence' | 'touch' | 'human' | 'planned back';

/** An object with a version: a write that was prepared on another one is refused. */
function play(steps: readonly Step[]) {
  const object = {
    version: 1,
    value: 3,
    marker: undefined as string | undefined,
  };
  let landed = false;
  const write = () => {
    if (object.version === 1) {
      Object.assign(object, { version: 2, value: 1, marker: ACTION });
      landed = true;
    }
  };
  for (const step of steps) {
    if (step === 'ours' || step === 'ours late') {
      write();
    } else {
      object.version += 1;
      if (step === 'human') {
        object.value = 9;
      } else if (step === 'planned back') {
        object.value = 3;
      }
    }
  }
  return { object, landed };
}

const find = (object: ReturnType<typeof play>['object']) =>
  judge(
    {
      actionId: ACTION,
      version: '1',
      changes: [{ path: ['spec', 'minReplicas'], before: 3, after: 1 }],
    },
    {
      version: String(object.version),
      values: [object.value],
      ...(object.marker && { marker: object.marker }),
    },
  );

const steps = fc.array(
  fc.constantFrom<Step>(
    'ours',
    'ours late',
    'fence',
    'touch',
    'human',
    'planned back',
  ),
  { maxLength: 6 },
);

it('is right about what became of a write, whatever happened around it', () => {
  fc.assert(
    fc.property(steps, all => {
      const { object, landed } = play(all);
      const after = {
        nothing: play([...all, 'ours late']).landed,
        fence: play([...all, 'fence', 'ours late']).landed,
      };
      // What is told, and whether a late write lands then: after nothing, after a fence.
      expect({ finding: find(object), ...after }).toEqual(
        landed
          ? { finding: 'done', nothing: true, fence: true }
          : {
              finding: object.version === 1 ? 'mayLand' : 'notDone',
              nothing: object.version === 1,
              fence: false,
            },
      );
    }),
  );
});

it('asks where the value is there and nothing says by whom', () => {
  expect(find({ version: 2, value: 1, marker: undefined })).toBe('unknown');
  expect(find({ version: 2, value: 1, marker: 'another' })).toBe('unknown');
});

it('takes what is made once under its id for possible until that is taken', () => {
  const intent = {
    actionId: ACTION,
    version: '1',
    changes: [{ path: ['x'], before: 1, after: 2 }],
  };
  const seen = { version: '7', values: [1] };
  expect(judge(intent, seen, 'action')).toBe('mayLand');
  expect(judge(intent, { ...seen, fenced: true }, 'action')).toBe('notDone');
});

it('compares values as JSON', () => {
  const changes = [{ path: ['a'], before: { x: 1, y: [2] }, after: null }];
  expect(standingOf(changes, { values: [{ y: [2], x: 1 }] })).toEqual({
    is: 'asPlanned',
  });
  expect(standingOf(changes, { values: [null] })).toEqual({ is: 'asWanted' });
  expect(standingOf(changes, { values: [{ x: 2 }] })).toEqual({
    is: 'other',
    change: changes[0],
  });
});

it('knows a write of its own by who set the fields, where the target says no more', () => {
  const changes = [{ path: ['cpu'], before: '2', after: '1' }];
  const intent = { actionId: ACTION, version: '1', changes };
  const seen = { version: '2', values: ['1'] };
  expect(judge(intent, { ...seen, ours: true })).toBe('done');
  expect(judge(intent, { ...seen, ours: false })).toBe('unknown');
  expect(judge(intent, { ...seen, version: '1', ours: true })).toBe('mayLand');
  expect(judge(intent, { ...seen, values: ['2'], ours: false })).toBe(
    'notDone',
  );
});

describe('What was written is taken back', () => {
  const isBack = (before: Json, after: Json, now: Json) =>
    takenBack([{ path: ['spec', 'replicas'], before, after }], {
      values: [now],
    }) !== undefined;

  it.each([
    [0, 2, 2, false],
    [0, 2, 5, false], // the autoscaler that was woken
    [0, 2, 1, true],
    [0, 2, 0, true],
    [5, 2, 0, false],
    [5, 2, 3, true],
    [null, '0', null, true],
    ['500m', '1', '2', true],
  ])('from %j to %j, now %j: %j', (before, after, now, expected) => {
    expect(isBack(before, after, now)).toBe(expected);
  });
});
