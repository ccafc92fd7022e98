import fc from 'fast-check';
import {
  axisEnd,
  chartLines,
  evenBuckets,
  niceTicks,
  thinned,
} from './chartLines';

describe('chartLines', () => {
  it('has no line for a limit that is left off', () => {
    expect(
      chartLines({
        status: 'change',
        current: { request: 1, limit: 2 },
        proposed: { request: 0.5, limit: null },
        reasons: [],
      }),
    ).toEqual([
      { id: 'request', value: 1 },
      { id: 'proposedRequest', value: 0.5 },
      { id: 'limit', value: 2 },
    ]);
  });

  it('says that what is held back is held back', () => {
    expect(
      chartLines({
        status: 'withheld',
        current: {},
        held: { request: 3, limit: 3 },
        reasons: [],
      }).map(({ id }) => id),
    ).toEqual(['heldRequest', 'heldLimit']);
  });
});

describe('axisEnd', () => {
  it('leaves a limit far above everything out', () => {
    const request = { id: 'request', value: 1 } as const;
    expect(axisEnd(0.5, [request, { id: 'limit', value: 2 }])).toBeCloseTo(
      2.16,
    );
    expect(axisEnd(0.5, [request, { id: 'limit', value: 8 }])).toBeCloseTo(
      1.08,
    );
  });
});

describe('niceTicks', () => {
  it('are round, in powers of two for bytes', () => {
    expect(niceTicks(4.32, 'cpu', 4)).toEqual([0, 2, 4]);
    expect(niceTicks(0.86, 'cpu', 4)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(niceTicks(4.32 * 1024 ** 3, 'memory', 4)).toEqual(
      [0, 2, 4].map(gib => gib * 1024 ** 3),
    );
    expect(niceTicks(300 * 1024 ** 2, 'memory', 4)).toEqual(
      [0, 128, 256].map(mib => mib * 1024 ** 2),
    );
  });
});

describe('evenBuckets', () => {
  it('keeps the sum of shares, whatever the buckets', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            from: fc.double({ min: 0, max: 9, noNaN: true }),
            span: fc.double({ min: 0, max: 4, noNaN: true }),
            share: fc.double({ min: 0, max: 1, noNaN: true }),
          }),
          { maxLength: 20 },
        ),
        fc.integer({ min: 1, max: 60 }),
        (items, count) => {
          const buckets = items.map(({ from, span, share }) => ({
            from,
            upTo: from + span,
            share,
          }));
          const sum = (list: Array<{ share: number }>) =>
            list.reduce((total, { share }) => total + share, 0);
          expect(sum(evenBuckets(buckets, 10, count))).toBeCloseTo(
            sum(buckets),
            6,
          );
        },
      ),
    );
  });
});

describe('thinned', () => {
  it('never loses a peak, and leaves gaps open', () => {
    expect(thinned([1, 9, null, null, null, 2, 3], 4)).toEqual({
      step: 2,
      values: [9, null, 2, 3],
    });
  });
});
