import fc from 'fast-check';
import { countsOfBuckets, latencyQuantile } from './latency';
import { LatencyCounts } from './serviceLevels';

const BOUNDS = ['0.05', '0.1', '0.25', '0.5', '1', '2.5', '+Inf'];

describe('a quantile of latencies', () => {
  it('is interpolated within its bucket', () => {
    // 100 requests: the 95th is half-way through the ten between 0.1 and 0.25 s.
    const counts = { '0.05': 60, '0.1': 30, '0.25': 10 };
    expect(latencyQuantile(counts, 0.95)?.seconds).toBeCloseTo(0.175, 9);
    expect(latencyQuantile(counts, 0.5)?.seconds).toBeCloseTo(0.05 * (50 / 60));
  });

  it('begins at the end of the bucket before, though that is empty', () => {
    expect(latencyQuantile({ '0.05': 0, '0.1': 10 }, 0.5)?.seconds).toBeCloseTo(
      0.075,
      9,
    );
  });

  it('says only how much it is at least, beyond the last bucket', () => {
    expect(latencyQuantile({ '0.5': 90, '+Inf': 10 }, 0.95)).toEqual({
      atLeastSeconds: 0.5,
    });
  });

  it.each([
    ['no requests', { '0.5': 0 }],
    ['no buckets', {}],
    ['no bucket with an end', { '+Inf': 5 }],
  ])('is not known of %s', (_, counts: LatencyCounts) => {
    expect(latencyQuantile(counts, 0.95)).toBeUndefined();
  });

  const anyCounts = fc.dictionary(
    fc.constantFrom(...BOUNDS),
    fc.integer({ min: 0, max: 1e6 }),
  );

  it('lies in the bucket of the request that it is of, and never falls as the share rises', () => {
    fc.assert(
      fc.property(anyCounts, counts => {
        const total = Object.values(counts).reduce((a, b) => a + b, 0);
        const upTo = (seconds: number) =>
          Object.entries(counts)
            .filter(([bound]) => Number(bound) <= seconds)
            .reduce((sum, [, count]) => sum + count, 0);
        const ends = Object.keys(counts).map(Number);
        const values = [0.5, 0.9, 0.95, 0.99].flatMap(share => {
          const found = latencyQuantile(counts, share);
          return found ? [{ share, ...found }] : [];
        });
        const seconds = values.map(each => each.seconds ?? each.atLeastSeconds);
        expect(seconds).toEqual([...seconds].sort((a, b) => a! - b!));
        const outside = values.filter(each => {
          const { share, seconds: value } = each;
          const end = Math.min(...ends.filter(bound => bound >= value! - 1e-9));
          return value !== undefined && upTo(end) < share * total - 1e-6;
        });
        expect(outside).toEqual([]);
      }),
    );
  });
});

describe('counts of buckets', () => {
  it('are those of each bucket, whatever the order of the bounds', () => {
    expect(countsOfBuckets({ '+Inf': 10, '0.5': 9, '0.05': 4 })).toEqual({
      '0.05': 4,
      '0.5': 5,
      '+Inf': 1,
    });
  });

  it('are never below nothing, and sum to the most that was counted', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...BOUNDS),
          fc.integer({ min: 0, max: 1e6 }),
        ),
        upTo => {
          const counts = Object.values(countsOfBuckets(upTo));
          expect(counts.every(count => count >= 0)).toBe(true);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(
            Math.max(0, ...Object.values(upTo)),
          );
        },
      ),
    );
  });
});
