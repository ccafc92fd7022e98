import { FieldChange } from '@headroom/common';
import fc from 'fast-check';
import { makeRecord } from '../__testUtils__/makeTarget';
import { RestoreRecord } from './RestoreRecord';
import {
  RESTORE_PATH,
  readRestoreRecord,
  restoreRecordAfter,
  writeRestoreRecord,
} from './restoreRecords';

const by = { policy: 'p2', at: '2026-06-13T05:00:00.000Z', uid: 'u1' };
const change = (
  before: FieldChange['before'],
  after: FieldChange['after'],
): FieldChange => ({ path: ['spec', 'replicas'], before, after });
const noted = (was: number | null, set: number) =>
  makeRecord({ 'spec.replicas': { was, set } }, { uid: 'u1' });

describe('restoreRecordAfter', () => {
  it.each([
    [
      'is what was before the first change',
      undefined,
      [change(3, 0)],
      noted(3, 0),
    ],
    [
      'stays what was before the first of several',
      noted(3, 1),
      [change(1, 5)],
      noted(3, 5),
    ],
    ['is gone once all is as it was', noted(3, 0), [change(0, 3)], undefined],
    [
      'is of what somebody else has made it meanwhile',
      noted(3, 0),
      [change(2, 5)],
      noted(2, 5),
    ],
    ['knows what wasn’t there', undefined, [change(null, 2)], noted(null, 2)],
    [
      'is gone once it isn’t there again',
      noted(null, 2),
      [change(2, null)],
      undefined,
    ],
    [
      'says who had set it, and goes on saying it',
      makeRecord(
        { 'spec.replicas': { was: 3, set: 0, by: 'kubectl-edit' } },
        { uid: 'u1' },
      ),
      [change(0, 1)],
      makeRecord(
        { 'spec.replicas': { was: 3, set: 1, by: 'kubectl-edit' } },
        { uid: 'u1' },
      ),
    ],
    [
      'says who has set it since',
      makeRecord(
        { 'spec.replicas': { was: 3, set: 0, by: 'kubectl-edit' } },
        { uid: 'u1' },
      ),
      [{ ...change(4, 1), setBy: 'ci' }],
      makeRecord(
        { 'spec.replicas': { was: 4, set: 1, by: 'ci' } },
        { uid: 'u1' },
      ),
    ],
    [
      'of another object is nothing',
      { ...noted(9, 1), uid: 'u0' },
      [change(1, 0)],
      noted(1, 0),
    ],
  ] as Array<[string, RestoreRecord | undefined, FieldChange[], RestoreRecord | undefined]>)(
    '%s',
    (_, current, changes, expected) => {
      expect(restoreRecordAfter(current, changes, by)).toEqual(
        expected && { ...expected, policy: by.policy, at: by.at },
      );
    },
  );

  it('gives up what the annotation no longer has, and writes no new note of it', () => {
    const current = makeRecord(
      {
        'spec.replicas': { was: 3, set: 0 },
        'spec.minReplicas': { was: 1, set: 2 },
      },
      { uid: 'u1' },
    );
    const { 'spec.minReplicas': min } = current.fields;
    const rest = { ...current, fields: { 'spec.minReplicas': min } };
    const givenUp: FieldChange = {
      path: RESTORE_PATH,
      before: writeRestoreRecord(current),
      after: writeRestoreRecord(rest),
    };
    expect(restoreRecordAfter(current, [change(0, 4), givenUp], by)).toEqual({
      ...rest,
      policy: by.policy,
      at: by.at,
    });
    // Without another change it keeps who wrote it and when.
    expect(restoreRecordAfter(current, [givenUp], by)).toEqual(rest);
    expect(
      restoreRecordAfter(current, [{ ...givenUp, after: null }], by),
    ).toBeUndefined();
  });
});

describe('the annotation', () => {
  it('is read as it is written', () => {
    const record = makeRecord({
      'spec.replicas': { was: null, set: 0 },
      'metadata.annotations["a/b"]': { was: 'x', set: '0' },
    });
    expect(readRestoreRecord(writeRestoreRecord(record))).toEqual(record);
    expect(readRestoreRecord(undefined)).toBeUndefined();
  });

  it('of anything else is unreadable, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        expect(readRestoreRecord(text)).toBe('unreadable');
      }),
    );
    for (const text of [
      '{"v":2,"policy":"p","at":"t","fields":{}}',
      '{"v":1,"policy":"p","at":"t","fields":{"spec.replicas":{"was":1}}}',
      '{"v":1,"policy":"p","at":"t","fields":[]}',
    ]) {
      expect(readRestoreRecord(text)).toBe('unreadable');
    }
  });
});
