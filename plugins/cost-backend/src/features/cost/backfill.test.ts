import { backfillAhead, backfillOf } from './backfill';

const RUNNING = {
  backfillFrom: '2026-06-01T00:00:00.000Z',
  backfillStart: '2026-06-03T00:00:00.000Z',
  backfillCursor: '2026-06-02T12:00:00.000Z',
};

describe('backfillOf', () => {
  it('counts hours from the start backwards', () => {
    expect(backfillOf(RUNNING)).toEqual({
      from: RUNNING.backfillFrom,
      doneHours: 12,
      totalHours: 48,
      finished: false,
    });
  });

  it('is finished at the hour it goes back to', () => {
    const state = { ...RUNNING, backfillCursor: RUNNING.backfillFrom };
    expect(backfillOf(state)).toMatchObject({ doneHours: 48, finished: true });
    expect(backfillAhead(state)).toBeUndefined();
  });

  it('is nothing of a cluster that was never read', () => {
    expect(backfillOf({})).toBeUndefined();
    expect(backfillAhead({})).toBeUndefined();
  });
});

describe('backfillAhead', () => {
  it('spans what is still to be read', () => {
    expect(backfillAhead(RUNNING)).toEqual({
      from: new Date(RUNNING.backfillFrom),
      until: new Date(RUNNING.backfillCursor),
    });
  });
});
